import {
  type CertificateExtension,
  encodeExtensions,
  encodeName,
  type Name,
  type Signer,
  signatureAlgorithm,
  signStructure,
} from "./build-certificate.ts";
import { explicit, integer, sequence, time } from "./der-writer.ts";

export interface RevokedEntry {
  readonly serial: Uint8Array;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly extensions?: readonly CertificateExtension[];
}

export interface CrlContent {
  readonly issuer: Name;
  /** Milliseconds since 1970. */
  readonly thisUpdate: number;
  readonly nextUpdate: number;
  readonly revoked: readonly RevokedEntry[];
  readonly extensions: readonly CertificateExtension[];
}

/** DER of an X.509 v2 CRL, RFC 5280 section 5.1. */
export function buildCrl(content: CrlContent, signer: Signer): Uint8Array<ArrayBuffer> {
  const entries = content.revoked.map(({ serial, at, extensions = [] }) =>
    sequence(integer(serial), time(at), ...(extensions.length === 0 ? [] : [encodeExtensions(extensions)])),
  );
  const tbs = sequence(
    integer(1),
    signatureAlgorithm(signer),
    encodeName(content.issuer),
    time(content.thisUpdate),
    time(content.nextUpdate),
    ...(entries.length === 0 ? [] : [sequence(...entries)]),
    explicit(0, encodeExtensions(content.extensions)),
  );
  return signStructure(tbs, signer);
}
