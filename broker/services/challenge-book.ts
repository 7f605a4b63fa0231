import type { Clock } from "../../core/ports/clock.ts";
import { type Challenge, challengeLifetimeMs } from "../../core/proof/challenge.ts";
import type { SessionHolder } from "../../core/session/session.ts";
import type { CardRemarks } from "./certificate-judge.ts";

export interface GivenChallenge {
  readonly challenge: Challenge;
  readonly givenAt: number;
  /** The certificate that the challenge was given for, DER. */
  readonly certificate: Uint8Array;
  readonly holder: SessionHolder;
  /** That certificate's key, judged fit when the challenge was given; DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  readonly remarks: CardRemarks;
  /** The demand that it was given for, where its purpose is a step-up. */
  readonly stepUp?: string | undefined;
}

const mostGiven = 100_000;

/**
 * Challenges that were given and not answered, in memory: they live a minute, and after a restart the card is simply asked
 * again. A challenge can be taken once.
 */
export class ChallengeBook {
  readonly #clock: Clock;
  readonly #given = new Map<string, GivenChallenge>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  give(given: Omit<GivenChallenge, "givenAt">): void {
    this.#forgetOld();
    this.#given.set(given.challenge.nonce, { ...given, givenAt: this.#clock.now() });
  }

  /** `undefined`: never given, too old, or taken already. */
  take(nonce: string): GivenChallenge | undefined {
    const given = this.#given.get(nonce);
    this.#given.delete(nonce);
    return given !== undefined && this.#clock.now() - given.givenAt <= challengeLifetimeMs ? given : undefined;
  }

  /** The map keeps the order of giving: the oldest stand first. */
  #forgetOld(): void {
    const oldest = this.#clock.now() - challengeLifetimeMs;
    for (const [nonce, { givenAt }] of this.#given) {
      if (givenAt >= oldest && this.#given.size < mostGiven) return;
      this.#given.delete(nonce);
    }
  }
}
