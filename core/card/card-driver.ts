/** The key behind the PIN that signs a holder in, and the key that only shows that the card is there. */
export type CardKey = "authentication" | "presence";

/** What a signature is asked for: the key's kind follows from its certificate. */
export type KeyAlgorithm = "rsa-2048" | "rsa-3072" | "p-256" | "p-384";

export interface DriverPinState {
  /** 0 means blocked. */
  readonly triesLeft: number;
  readonly minimumLength: number;
  readonly maximumLength: number;
}

/**
 * One family of cards. Every call leaves the card selected as the driver needs it; a driver is made anew after a reset.
 * Nothing here is ever repeated by itself: VERIFY is sent once per call. Rejections are `Failure`s.
 */
export interface CardDriver {
  readonly family: string;
  /** Stable identifier of the chip; `undefined` where it has none. */
  readCardId(): Promise<string | undefined>;
  /** DER X.509; `undefined` where the card has no such key. */
  readCertificate(key: CardKey): Promise<Uint8Array | undefined>;
  /** Costs no try. */
  readPinState(): Promise<DriverPinState>;
  /** `pin` holds ASCII digits; the caller wipes it. Rejects with `pin-wrong` (tries left), `pin-blocked`, `pin-malformed`. */
  verifyPin(pin: Uint8Array): Promise<void>;
  /**
   * Takes back what a PIN has allowed, so that no other program can use it. False: this card cannot do that, and has to be
   * reset.
   */
  forgetPin(): Promise<boolean>;
  changePin(pin: Uint8Array, newPin: Uint8Array): Promise<void>;
  /** Sets a new PIN by the unblocking code (PUK). */
  unblockPin(unblockingCode: Uint8Array, newPin: Uint8Array): Promise<void>;
  /** Signs a digest (SHA-256, SHA-384 for P-384). Answers PKCS#1 v1.5 bytes or r ‖ s, as JWS wants them (RFC 7518, 3.3 and 3.4). */
  sign(key: CardKey, algorithm: KeyAlgorithm, digest: Uint8Array): Promise<Uint8Array>;
}
