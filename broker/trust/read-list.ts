import { readCertificateList } from "../../core/certificate/certificate-list.ts";
import { DerProblem } from "../../core/certificate/der-reader.ts";
import { nodeSignatureVerifier } from "./node-signature-verifier.ts";

const deltaIndicator = "2.5.29.27";

/** Who may have signed a list: an authority of the trust domain. */
export interface Authority {
  /** The key of its name, as `DistinguishedName.key`. */
  readonly name: string;
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
}

export interface ListRequest {
  readonly der: Uint8Array<ArrayBuffer>;
  readonly authorities: readonly Authority[];
}

/** A list that one of our authorities signed, ready for verdicts. Times are milliseconds since 1970. */
export interface PreparedList {
  readonly der: Uint8Array<ArrayBuffer>;
  readonly issuer: string;
  readonly thisUpdate: number;
  readonly nextUpdate: number;
  readonly isDelta: boolean;
}

export type ListAnswer = { readonly list: PreparedList } | { readonly problem: string };

const signatures = nodeSignatureVerifier();

/** Reads a list (DER, or PEM as authorities publish it too) and checks that one of the authorities signed it. */
export function readList({ der: sent, authorities }: ListRequest): ListAnswer {
  const der = derOf(sent);
  try {
    const { issuer, thisUpdate, nextUpdate, extensions, ...signed } = readCertificateList(der);
    const scheme = signed.signatureScheme;
    // It would never be asked for again, and never grow old.
    if (nextUpdate === undefined)
      return { problem: `a list of ${issuer.key} that does not say when the next one comes` };
    const known = authorities.filter(authority => authority.name === issuer.key);
    if (known.length === 0) return { problem: `a list of ${issuer.key}, which is no authority of the domain` };
    const isSigned =
      scheme !== undefined &&
      known.some(({ publicKey }) => signatures.verify(scheme, publicKey, signed.signedBytes, signed.signature));
    if (!isSigned) return { problem: `a list in the name of ${issuer.key} that its key did not sign` };
    const isDelta = extensions.has(deltaIndicator);
    return { list: { der, issuer: issuer.key, thisUpdate, nextUpdate, isDelta } };
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
