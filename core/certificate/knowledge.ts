import type { Digest } from "../ports/digest.ts";
import type { SignatureVerifier } from "../ports/signature-verifier.ts";
import type { Certificate } from "./certificate.ts";
import type { CertificateList } from "./certificate-list.ts";
import type { SignatureMemory } from "./path/signature-memory.ts";
import type { Anchor } from "./path/trust-anchor.ts";

export interface TrustMaterial {
  readonly anchors: readonly Anchor[];
  /** Unordered and untrusted. */
  readonly intermediates: readonly Certificate[];
  readonly lists: readonly CertificateList[];
}

export interface ValidatorPorts {
  readonly signatures: SignatureVerifier;
  readonly sha1: Digest;
  readonly sha256: Digest;
}

/** What an examination knows, the same for every leaf. */
export interface Knowledge extends TrustMaterial {
  readonly ports: ValidatorPorts;
  readonly signatures: SignatureMemory;
  issuersNamed(name: string): readonly Certificate[];
  listsOf(issuer: string): readonly CertificateList[];
}
