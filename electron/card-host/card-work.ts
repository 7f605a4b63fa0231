import { createHash } from "node:crypto";
import type { CardKey } from "../../core/card/card-driver.ts";
import { Failure } from "../../core/errors/failure.ts";
import type { CardSession } from "../../native-bindings/pcsc/card-session.ts";
import type { CardHostAnswer } from "../../protocol/card-host/messages.ts";
import { algorithmsOf } from "./card-algorithms.ts";

type Certificates = { [Key in CardKey]?: Uint8Array | undefined };

const mostCards = 200;

/**
 * Public certificates by the chip's identifier, in memory only. Possession is proved by the signature, never by reading, so
 * a certificate need not be read twice.
 */
export class CertificateCache {
  readonly #cards = new Map<string, Certificates>();

  of(cardId: string | undefined): Certificates {
    if (cardId === undefined) return {};
    const known = this.#cards.get(cardId) ?? {};
    if (this.#cards.size >= mostCards) this.#cards.clear();
    this.#cards.set(cardId, known);
    return known;
  }
}

/** What can be asked of the card of one insertion. */
export class CardWork {
  readonly #session: CardSession;
  readonly #cache: CertificateCache;
  #certificates: Certificates = {};

  constructor(session: CardSession, cache: CertificateCache) {
    this.#session = session;
    this.#cache = cache;
  }

  async identify(): Promise<CardHostAnswer> {
    return this.#session.repeatable(async driver => {
      const cardId = await driver.readCardId();
      this.#certificates = this.#cache.of(cardId);
      this.#certificates.authentication ??= await driver.readCertificate("authentication");
      const certificate = this.#certificates.authentication;
      if (certificate === undefined) throw new Failure("card-without-certificate");
      const algorithm = algorithmsOf(certificate).proof;
      return {
        type: "identified",
        family: driver.family,
        certificate,
        algorithm,
        ...(cardId === undefined ? {} : { cardId }),
      };
    });
  }

  async presence(): Promise<CardHostAnswer> {
    this.#certificates.presence ??= await this.#session.repeatable(driver => driver.readCertificate("presence"));
    const certificate = this.#certificates.presence;
    if (certificate === undefined) return { type: "no-presence" };
    return { type: "presence", certificate, algorithm: algorithmsOf(certificate).proof };
  }

  async pinState(): Promise<CardHostAnswer> {
    const state = await this.#session.repeatable(driver => driver.readPinState());
    if (state.triesLeft === 0) throw new Failure("pin-blocked", { triesLeft: 0 });
    return { type: "pin-state", ...state };
  }

  /** Zeroes the PIN, whatever happens. */
  async signWithPin(pin: Uint8Array, signingInput: Uint8Array): Promise<CardHostAnswer> {
    try {
      const { card, digest } = this.#prepare("authentication", signingInput);
      const signature = await this.#session.once(async driver => {
        await driver.verifyPin(pin);
        return driver.sign("authentication", card, digest);
      });
      return { type: "signed", signature };
    } finally {
      pin.fill(0);
    }
  }

  async signPresence(signingInput: Uint8Array): Promise<CardHostAnswer> {
    const { card, digest } = this.#prepare("presence", signingInput);
    return {
      type: "signed",
      signature: await this.#session.repeatable(driver => driver.sign("presence", card, digest)),
    };
  }

  async end(): Promise<void> {
    await this.#session.end();
  }

  #prepare(key: CardKey, signingInput: Uint8Array) {
    const certificate = this.#certificates[key];
    if (certificate === undefined) throw new Failure("card-without-certificate");
    const { card, hash } = algorithmsOf(certificate);
    return { card, digest: createHash(hash).update(signingInput).digest() };
  }
}
