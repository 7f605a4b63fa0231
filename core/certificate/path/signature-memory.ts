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

/**
 * Checks signatures once: things that are kept (authorities, lists) are known by what they are, not by their bytes, so nothing is
 * hashed again. What is thrown away is forgotten with it.
 */
export class SignatureMemory {
  readonly #verifier: SignatureVerifier;
  readonly #known = new WeakMap<SignedThing, WeakMap<Uint8Array, boolean>>();

  constructor(verifier: SignatureVerifier) {
    this.#verifier = verifier;
  }

  isSigned(thing: SignedThing, { publicKey, keyKind }: Certificate, budget: SearchBudget): boolean {
    const scheme = thing.signatureScheme;
    if (scheme === undefined || !fitsKey(scheme, keyKind)) return false;
    const ofThing = this.#known.get(thing) ?? new WeakMap<Uint8Array, boolean>();
    this.#known.set(thing, ofThing);
    const known = ofThing.get(publicKey);
    if (known !== undefined) return known;
    budget.spend("signatures");
    const good = this.#verifier.verify(scheme, publicKey, thing.signedBytes, thing.signature);
    ofThing.set(publicKey, good);
    return good;
  }
}
