import type { PinSource } from "./pin/pin-pad.ts";

/** The key behind the PIN that signs a holder in, and the key that only shows that the card is there. */
export type CardKey = "authentication" | "presence";

/** What a signature is asked for: the key's kind follows from its certificate. */
export type KeyAlgorithm = "rsa-2048" | "rsa-3072" | "p-256" | "p-384";

export interface DriverPinState {
  /** 0 means blocked. */
  readonly triesLeft: number;
  readonly minimumLength: number;
  readonly maximumLength: number;
  /** True where the holder can set a new PIN with an unblocking code (PUK). */
  readonly canUnblock: boolean;
}

/** A certificate that a card shows to everybody, for support to look at. */
export interface ShownCertificate {
  /** What the card or its standard calls it. */
  readonly label: string;
  /** DER X.509. */
  readonly certificate: Uint8Array;
}

/**
 * Speaks with one card of a family. Every call leaves the card selected as the driver needs it. Nothing here is ever repeated
 * by itself: VERIFY is sent once per call. Rejections are `Failure`s.
 */
export interface CardDriver {
  readonly family: string;
  /**
   * Selects the application anew, after a reset, after another program had the card, and before a PIN; what was read of the
   * card's own directory stays. Rejects with `card-refused-command` where it is not there any more.
   */
  reselect(): Promise<void>;
  /** Stable identifier of the chip; `undefined` where it has none. */
  readCardId(): Promise<string | undefined>;
  /** DER X.509, from the card or from what was kept of it; `undefined` where the card has no such key. */
  readCertificate(key: CardKey): Promise<Uint8Array | undefined>;
  /** Every certificate that can be read without PIN; takes its time. */
  listCertificates(): Promise<ShownCertificate[]>;
  /** Costs no try. */
  readPinState(): Promise<DriverPinState>;
  /** Rejects with `pin-wrong` (tries left), `pin-blocked`, `pin-malformed`, and what a PIN pad rejects with. */
  verifyPin(pin: PinSource): Promise<void>;
  /**
   * Takes back what a PIN has allowed, so that no other program can use it. False: this card cannot do that, and has to be
   * reset.
   */
  forgetPin(): Promise<boolean>;
  /** Both as ASCII digits, wiped by the caller; rejects as `verifyPin` does. */
  changePin(pin: Uint8Array, newPin: Uint8Array): Promise<void>;
  /** Rejects with `unblocking-code-wrong` (its tries left), `unblocking-code-blocked`, `pin-malformed`. */
  unblockPin(unblockingCode: Uint8Array, newPin: Uint8Array): Promise<void>;
  /** Signs a digest (SHA-256, SHA-384 for P-384). Answers PKCS#1 v1.5 bytes or r ‖ s, as JWS wants them (RFC 7518, 3.3 and 3.4). */
  sign(key: CardKey, algorithm: KeyAlgorithm, digest: Uint8Array): Promise<Uint8Array>;
}
