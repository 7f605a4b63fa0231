import type { FailureCode } from "../errors/catalogue.ts";
import type { ProofAlgorithm } from "../proof/proof.ts";

/**
 * One stay of one card in one reader. A card taken out and put back is a new insertion, even when nobody looked in
 * between, and an answer for an older insertion changes nothing.
 */
export type Insertion = string;

/** What can be said of the readers as a whole. */
export type ReaderCondition =
  | { readonly kind: "ready"; readonly readers: readonly string[] }
  | { readonly kind: "no-reader" }
  | { readonly kind: "trouble"; readonly code: FailureCode };

export type CardReaderEvent =
  /** The first event tells the condition at start; a card already in follows as `card-inserted`. */
  | { readonly type: "condition-changed"; readonly condition: ReaderCondition }
  | { readonly type: "card-inserted"; readonly insertion: Insertion; readonly reader: string }
  | { readonly type: "card-removed"; readonly insertion: Insertion };

export interface IdentifiedCard {
  /** Stable identifier of the chip, where it tells one. */
  readonly cardId: string | undefined;
  readonly family: string;
  /** DER of the authentication certificate. */
  readonly certificate: Uint8Array;
  /** The JWS algorithm that this certificate's key makes. */
  readonly algorithm: ProofAlgorithm;
}

export interface PinState {
  readonly triesLeft: number;
  readonly minimumLength: number;
  readonly maximumLength: number;
  /** True where the holder can set a new PIN with an unblocking code (PUK). */
  readonly canUnblock: boolean;
  /** True where it is typed on the reader's own keys, and never reaches this computer. */
  readonly onReader: boolean;
}

/** A new PIN by the old one, or by the unblocking code where the PIN is blocked. */
export type PinRenewal = "change" | "unblock";

/** A key of the card with the certificate that goes with it. */
export interface CardKeyCertificate {
  readonly certificate: Uint8Array;
  readonly algorithm: ProofAlgorithm;
}

/**
 * The readers of this workstation, as the agent sees them. Every call names the insertion; a call for one that is over
 * rejects with `card-removed`. Rejections are `Failure`s.
 */
export interface CardReaders {
  /** Tells everything from now on, the present condition and cards first. Returns the way to stop. */
  subscribe(listener: (event: CardReaderEvent) => void): () => void;
  identify(insertion: Insertion): Promise<IdentifiedCard>;
  /** The presence key's certificate; `undefined` where the card has no key that signs without PIN. */
  presence(insertion: Insertion): Promise<CardKeyCertificate | undefined>;
  /** Costs no try; 0 tries left: blocked. */
  pinState(insertion: Insertion): Promise<PinState>;
  /**
   * Presents the PIN once, or has it typed on the reader, and signs with the authentication key, in one transaction. `pin` is
   * zeroed before this returns, whatever happens. `signingInput` is hashed as the key's algorithm says. Answers the JOSE form.
   */
  signWithPin(insertion: Insertion, pin: Uint8Array | "on-reader", signingInput: Uint8Array): Promise<Uint8Array>;
  /** Sets a new PIN by the old one, or by the unblocking code. Both are zeroed before this returns, whatever happens. */
  renewPin(insertion: Insertion, kind: PinRenewal, secret: Uint8Array, newPin: Uint8Array): Promise<void>;
  /** Signs with the presence key. */
  signPresence(insertion: Insertion, signingInput: Uint8Array): Promise<Uint8Array>;
  close(): Promise<void>;
}
