import { equalBytes } from "../bytes/bytes.ts";
import type { SignatureScheme } from "../ports/signature-verifier.ts";

import { DerProblem, DerReader } from "./der-reader.ts";
import { readBytesOfBits, readInteger, readSmallInteger, readTime } from "./der-values.ts";
import { type DistinguishedName, readName } from "./distinguished-name.ts";
import { type ReadExtension, readExtensions } from "./extensions.ts";
import { readSignatureAlgorithm } from "./signature-algorithm.ts";

/** A CRL taken apart (RFC 5280, 5.1); nothing of it is verified yet. */
export interface CertificateList {
  readonly signedBytes: Uint8Array;
  readonly signature: Uint8Array;
  readonly signatureScheme: SignatureScheme | undefined;
  readonly issuer: DistinguishedName;
  /** Milliseconds since 1970. */
  readonly thisUpdate: number;
  readonly nextUpdate: number;
  readonly extensions: ReadonlyMap<string, ReadExtension>;
  isRevoked(serial: Uint8Array): boolean;
}

/** Reads a complete CRL strictly. Throws `DerProblem`; a list without nextUpdate is refused, as it would never grow old. */
export function readCertificateList(der: Uint8Array): CertificateList {
  const outer = new DerReader(DerReader.single(der, 0x30).content);
  const signed = outer.read(0x30);
  const algorithm = outer.read(0x30);
  const signature = readBytesOfBits(outer.read(0x03));
  outer.end();

  const tbs = new DerReader(signed.content);
  if (readSmallInteger(tbs.read(0x02)) !== 1) throw new DerProblem("not a version 2 list");
  if (!equalBytes(tbs.read(0x30).whole, algorithm.whole)) throw new DerProblem("two different signature algorithms");
  const issuer = readName(tbs.read(0x30));
  const thisUpdate = readTime(tbs.read());
  const nextUpdate = readTime(tbs.read());
  const revoked = tbs.optional(0x30);
  const serials = revoked === undefined ? new Set<string>() : readSerials(revoked.content);
  const extensions = readExtensions(tbs.optional(0xa0));
  tbs.end();
  return {
    signedBytes: signed.whole,
    signature,
    signatureScheme: readSignatureAlgorithm(algorithm),
    issuer,
    thisUpdate,
    nextUpdate,
    extensions,
    isRevoked: serial => serials.has(keyOf(serial)),
  };
}

function readSerials(content: Uint8Array): ReadonlySet<string> {
  const serials = new Set<string>();
  const list = new DerReader(content);
  while (!list.atEnd) {
    const entry = new DerReader(list.read(0x30).content);
    serials.add(keyOf(readInteger(entry.read(0x02))));
    readTime(entry.read());
    const extensions = entry.optional(0x30);
    entry.end();
    if (extensions !== undefined) refuseCriticalEntry(extensions.content);
  }
  return serials;
}

/** A critical entry extension can change whose certificate an entry means (certificateIssuer): such lists are not read yet. */
function refuseCriticalEntry(content: Uint8Array): void {
  const list = new DerReader(content);
  while (!list.atEnd) {
    const one = new DerReader(list.read(0x30).content);
    one.read(0x06);
    if (one.nextTag === 0x01) throw new DerProblem("critical extension of an entry");
  }
}

function keyOf(serial: Uint8Array): string {
  return String.fromCharCode(...serial);
}
