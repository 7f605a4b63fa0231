import { equalBytes } from "../../bytes/bytes.ts";
import type { SignatureScheme, SignatureVerifier } from "../../ports/signature-verifier.ts";
import type { Certificate } from "../certificate.ts";
import { fitsKey } from "./algorithm-policy.ts";
import type { SearchBudget } from "./search-budget.ts";

/** A certificate, a list or an OCSP response: what was signed, and how. */
export interface SignedThing {
  readonly signedBytes: Uint8Array;
  readonly signature: Uint8Array;
  readonly signatureScheme: SignatureScheme | undefined;
}

/** Whether a key made the signature of something. */
export interface SignatureFinding {
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  readonly isGood: boolean;
}

/**
 * Checks signatures once: things that are kept (authorities, lists) are known by what they are, not by their bytes, so nothing is
 * hashed again. What is thrown away is forgotten with it.
 */
export class SignatureMemory {
  readonly #verifier: SignatureVerifier;
  readonly #known = new WeakMap<SignedThing, WeakMap<Uint8Array, boolean>>();
  readonly #told = new WeakMap<SignedThing, readonly SignatureFinding[]>();

  constructor(verifier: SignatureVerifier) {
    this.#verifier = verifier;
  }

  /** What was found out about this very thing elsewhere: by the thread that read a large list. */
  learn(thing: SignedThing, findings: readonly SignatureFinding[]): void {
    this.#told.set(thing, findings);
  }

  isSigned(thing: SignedThing, { publicKey, keyKind }: Certificate, budget: SearchBudget): boolean {
    const scheme = thing.signatureScheme;
    if (scheme === undefined || !fitsKey(scheme, keyKind)) return false;
    const ofThing = this.#known.get(thing) ?? new WeakMap<Uint8Array, boolean>();
    this.#known.set(thing, ofThing);
    const known = ofThing.get(publicKey);
    if (known !== undefined) return known;
    const isGood = this.#toldOf(thing, publicKey) ?? this.#verify(thing, scheme, publicKey, budget);
    ofThing.set(publicKey, isGood);
    return isGood;
  }

  #toldOf(thing: SignedThing, publicKey: Uint8Array): boolean | undefined {
    return this.#told.get(thing)?.find(finding => equalBytes(finding.publicKey, publicKey))?.isGood;
  }

  #verify(thing: SignedThing, scheme: SignatureScheme, publicKey: Uint8Array, budget: SearchBudget): boolean {
    budget.spend("signatures");
    return this.#verifier.verify(scheme, publicKey, thing.signedBytes, thing.signature);
  }
}
