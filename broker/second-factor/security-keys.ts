import { randomBytes } from "node:crypto";
import { isIP } from "node:net";
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { Failure } from "../../core/errors/failure.ts";
import type { KeyFactor } from "../store/second-factor-table.ts";

/** What a key has told at its registration. */
export type NewKey = Pick<KeyFactor, "credential" | "publicKey" | "counter" | "transports">;

const name = "Wardkey";

/**
 * WebAuthn Level 3 with the broker's web origin as relying party: a page of any other origin gets nothing that counts here. The key is
 * a second proof, so it need not know its user; it attests nothing, since any key may be brought.
 */
export class SecurityKeys {
  readonly #origin: string;
  readonly #domain: string;

  /** `origin`: of the web door, as browsers see it. */
  constructor(origin: string) {
    this.#origin = new URL(origin).origin;
    this.#domain = new URL(origin).hostname;
  }

  /** Keys belong to a domain: an address by number has none. */
  get possible(): boolean {
    return isIP(this.#domain.replace(/^\[|\]$/g, "")) === 0;
  }

  async registration(
    displayName: string,
    known: readonly KeyFactor[],
  ): Promise<PublicKeyCredentialCreationOptionsJSON> {
    if (!this.possible) throw new Failure("request-malformed", { detail: "the web origin has no domain" });
    return generateRegistrationOptions({
      rpName: name,
      rpID: this.#domain,
      userName: displayName,
      userDisplayName: displayName,
      // The key gets no identifier of the holder: it lies about, and this is a second proof only.
      userID: Uint8Array.from(randomBytes(16)),
      attestationType: "none",
      excludeCredentials: known.map(described),
      authenticatorSelection: { residentKey: "discouraged", userVerification: "preferred" },
    });
  }

  /** Rejects with `second-factor-key-refused`. */
  async registered(response: unknown, challenge: string): Promise<NewKey> {
    const { registrationInfo } = await orRefused(() =>
      verifyRegistrationResponse({
        response: response as RegistrationResponseJSON,
        ...this.#expected(challenge),
      }),
    );
    if (registrationInfo === undefined) throw new Failure("second-factor-key-refused", { detail: "not verified" });
    const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
    return { credential: id, publicKey: Buffer.from(publicKey).toString("base64url"), counter, transports };
  }

  question(known: readonly KeyFactor[]): Promise<PublicKeyCredentialRequestOptionsJSON> {
    const allowCredentials = known.map(described);
    return generateAuthenticationOptions({ rpID: this.#domain, allowCredentials, userVerification: "preferred" });
  }

  /** Which of the keys has answered, and its counter now. Rejects with `second-factor-key-refused`. */
  async answered(
    response: unknown,
    challenge: string,
    known: readonly KeyFactor[],
  ): Promise<{ readonly key: KeyFactor; readonly counter: number }> {
    const key = known.find(({ credential }) => credential === (response as { readonly id?: unknown }).id);
    if (key === undefined) throw new Failure("second-factor-key-refused", { detail: "not a key of the holder" });
    const { credential: id, counter, transports } = key;
    const publicKey = Uint8Array.from(Buffer.from(key.publicKey, "base64url"));
    const { verified, authenticationInfo } = await orRefused(() =>
      verifyAuthenticationResponse({
        response: response as AuthenticationResponseJSON,
        ...this.#expected(challenge),
        credential: { id, publicKey, counter, transports: [...transports] },
      }),
    );
    if (!verified) throw new Failure("second-factor-key-refused", { detail: "not verified" });
    return { key, counter: authenticationInfo.newCounter };
  }

  #expected(challenge: string) {
    return {
      expectedChallenge: challenge,
      expectedOrigin: this.#origin,
      expectedRPID: this.#domain,
      requireUserVerification: false,
    };
  }
}

function described({ credential: id, transports }: KeyFactor) {
  return { id, transports: [...transports] };
}

/** What the library throws is about what a browser sent: a counter that went back, another origin, no sense at all. */
async function orRefused<Verdict>(verify: () => Promise<Verdict>): Promise<Verdict> {
  try {
    return await verify();
  } catch (problem) {
    throw new Failure("second-factor-key-refused", { detail: String(problem), cause: problem });
  }
}
