import { readCertificateList } from "../../core/certificate/certificate-list.ts";
import { DerProblem } from "../../core/certificate/der-reader.ts";
import type { SignatureFinding } from "../../core/certificate/path/signature-memory.ts";
import type { RevocationIndex } from "../../core/certificate/revocation-index.ts";
import { nodeSignatureVerifier } from "./node-signature-verifier.ts";

/** Who may have signed a list: an authority of the trust domain. */
export interface Authority {
  /** The key of its name, as `DistinguishedName.key`. */
  readonly name: string;
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
}

export interface ListRequest {
  /** DER or PEM. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly authorities: readonly Authority[];
}

/** A list that one of our authorities signed, as plain data that one thread hands to another. */
export interface ReadList {
  readonly der: Uint8Array<ArrayBuffer>;
  readonly index: RevocationIndex;
  /** Milliseconds since 1970. */
  readonly nextUpdate: number;
  /** Of each authority in whose name the list is, whether its key signed it. */
  readonly signatures: readonly SignatureFinding[];
}

export type ListAnswer = { readonly list: ReadList } | { readonly problem: string };

const signatures = nodeSignatureVerifier();

/** Reads a list (DER, or PEM as authorities publish it too) and checks that one of the authorities signed it. */
export function readList({ bytes, authorities }: ListRequest): ListAnswer {
  const der = derOf(bytes);
  try {
    const { issuer, nextUpdate, signatureScheme, signedBytes, signature, entries } = readCertificateList(der);
    // It would never be asked for again, and never grow old.
    if (nextUpdate === undefined)
      return { problem: `a list of ${issuer.key} that does not say when the next one comes` };
    const known = authorities.filter(({ name }) => name === issuer.key);
    if (known.length === 0) return { problem: `a list of ${issuer.key}, which is no authority of the domain` };
    const findings = known.map(({ publicKey }) => ({
      publicKey,
      isGood: signatureScheme !== undefined && signatures.verify(signatureScheme, publicKey, signedBytes, signature),
    }));
    if (!findings.some(({ isGood }) => isGood))
      return { problem: `a list in the name of ${issuer.key} that its key did not sign` };
    return { list: { der, index: entries.index, nextUpdate, signatures: findings } };
  } catch (error) {
    if (error instanceof DerProblem) return { problem: `no list: ${error.message}` };
    throw error;
  }
}

function derOf(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.subarray(0, 10).toString("latin1") !== "-----BEGIN") return bytes;
  const body = /-----BEGIN X509 CRL-----([\s\S]+?)-----END X509 CRL-----/.exec(view.toString("latin1"))?.[1];
  return Uint8Array.from(Buffer.from(body ?? "", "base64"));
}
