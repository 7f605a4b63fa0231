import { createHash, createVerify, type KeyObject, type Verify } from "node:crypto";
import { isContactlessAtr } from "../../core/card/answer-to-reset.ts";
import type { CardAccess } from "../../core/card/card-access.ts";
import type { CardDriver, CardKey } from "../../core/card/card-driver.ts";
import type { PinSource } from "../../core/card/pin/pin-pad.ts";
import { unlikeLayout } from "../../core/card/pkcs15/known-layout.ts";
import type { PublicObjects } from "../../core/card/public-objects.ts";
import { Failure } from "../../core/errors/failure.ts";
import type { PinRenewal } from "../../core/ports/card-readers.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { CardHostAnswer } from "../../protocol/card-host/messages.ts";
import { algorithmsOf, type KeyAlgorithms, publicKeyIn } from "./card-algorithms.ts";
import type { SeenChip } from "./card-faces.ts";
import { inspectCard } from "./inspect-card.ts";

interface KnownKey extends KeyAlgorithms {
  readonly certificate: Uint8Array;
  readonly publicKey: KeyObject;
}

/** By their certificates: one that is kept of a card is the same at its return, and parsed once. */
const knownKeys = new WeakMap<Uint8Array, KnownKey>();

interface CardSignature {
  readonly signature: Uint8Array;
  /** Has taken in what was to be signed. */
  readonly check: Verify;
}

/** What can be asked of the card of one insertion. */
export class CardWork {
  readonly #access: CardAccess;
  readonly #objects: PublicObjects;
  readonly #keys = new Map<CardKey, KnownKey>();
  #cardId: string | undefined;

  constructor(access: CardAccess, objects: PublicObjects) {
    this.#access = access;
    this.#objects = objects;
  }

  async identify(): Promise<CardHostAnswer> {
    return this.#access.repeatable(async driver => {
      this.#cardId = await driver.readCardId();
      const key = await this.#learn(driver, "authentication");
      if (key === undefined) throw new Failure("card-without-certificate");
      return {
        type: "identified",
        family: driver.family,
        certificate: key.certificate,
        algorithm: key.proof,
        ...(this.#cardId === undefined ? {} : { cardId: this.#cardId }),
      };
    });
  }

  /** `monotonic`: for durations. */
  async inspect(monotonic: Clock): Promise<CardHostAnswer> {
    return { type: "inspected", inspection: await inspectCard(this.#access, monotonic) };
  }

  /** Which interface the card is seen by, and its chip's number without the family, which differs between the two. */
  async face(answerToReset: () => Promise<Uint8Array>): Promise<SeenChip | undefined> {
    try {
      const isContactless = isContactlessAtr(await answerToReset());
      const id = this.#cardId ?? (await this.#access.repeatable(driver => driver.readCardId()));
      return id === undefined ? undefined : { isContactless, number: id.slice(id.indexOf(":") + 1) };
    } catch {
      // Who wants to use it learns why.
      return undefined;
    }
  }

  async presence(): Promise<CardHostAnswer> {
    const key = await this.#access.repeatable(driver => this.#learn(driver, "presence"));
    if (key === undefined) return { type: "no-presence" };
    return { type: "presence", certificate: key.certificate, algorithm: key.proof };
  }

  async pinState(): Promise<CardHostAnswer> {
    const state = await this.#access.repeatable(driver => driver.readPinState());
    return { type: "pin-state", ...state, onReader: this.#access.hasPinPad };
  }

  /** Zeroes both, whatever happens. */
  async renewPin(renewal: PinRenewal, secret: Uint8Array, newPin: Uint8Array): Promise<CardHostAnswer> {
    try {
      await this.#access.once(driver =>
        renewal === "change" ? driver.changePin(secret, newPin) : driver.unblockPin(secret, newPin),
      );
      return { type: "pin-renewed" };
    } finally {
      secret.fill(0);
      newPin.fill(0);
    }
  }

  /** Zeroes the PIN, whatever happens. */
  async signWithPin(pin: PinSource, signingInput: Uint8Array): Promise<CardHostAnswer> {
    try {
      const key = this.#known("authentication");
      const digest = digestOf(key, signingInput);
      const signed = await this.#access.once(async driver => {
        await driver.verifyPin(pin);
        return signAndHash(key, signingInput, () => driver.sign("authentication", key.card, digest));
      });
      return this.#answer(key, signed);
    } finally {
      if (pin !== "on-reader") pin.fill(0);
    }
  }

  async signPresence(signingInput: Uint8Array): Promise<CardHostAnswer> {
    const key = this.#known("presence");
    const digest = digestOf(key, signingInput);
    const signed = await this.#access.repeatable(driver =>
      signAndHash(key, signingInput, () => driver.sign("presence", key.card, digest)),
    );
    return this.#answer(key, signed);
  }

  async end(): Promise<void> {
    await this.#access.end();
  }

  async #learn(driver: CardDriver, key: CardKey): Promise<KnownKey | undefined> {
    const known = this.#keys.get(key);
    if (known !== undefined) return known;
    const certificate = await driver.readCertificate(key);
    if (certificate === undefined) return undefined;
    const learned = keyOf(certificate);
    this.#keys.set(key, learned);
    return learned;
  }

  #known(key: CardKey): KnownKey {
    const known = this.#keys.get(key);
    if (known === undefined) throw new Failure("card-without-certificate");
    return known;
  }

  /**
   * A card's "success" proves nothing by itself. What was kept of a card whose signature does not fit may be old, and what its
   * family's specification says may not hold for it: it is read anew, by its own directory, at the next insertion.
   */
  #answer({ publicKey }: KnownKey, { signature, check }: CardSignature): CardHostAnswer {
    if (check.verify({ key: publicKey, dsaEncoding: "ieee-p1363" }, signature)) return { type: "signed", signature };
    if (this.#cardId !== undefined) {
      this.#objects.forget(this.#cardId);
      this.#objects.keep(this.#cardId, unlikeLayout, new Uint8Array());
    }
    throw new Failure("card-signature-wrong");
  }
}

function keyOf(certificate: Uint8Array): KnownKey {
  const known = knownKeys.get(certificate);
  if (known !== undefined) return known;
  const publicKey = publicKeyIn(certificate);
  const key = { certificate, publicKey, ...algorithmsOf(publicKey) };
  knownKeys.set(certificate, key);
  return key;
}

/** The input is hashed for the check while the card is at work, so that only the signature is left to look at afterwards. */
async function signAndHash(
  { hash }: KnownKey,
  signingInput: Uint8Array,
  sign: () => Promise<Uint8Array>,
): Promise<CardSignature> {
  const signing = sign();
  const check = createVerify(hash).update(signingInput);
  return { signature: await signing, check };
}

function digestOf({ hash }: KnownKey, signingInput: Uint8Array): Uint8Array {
  return createHash(hash).update(signingInput).digest();
}
