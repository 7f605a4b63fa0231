import { equalBytes } from "../bytes/bytes.ts";
import type { SignatureScheme } from "../ports/signature-verifier.ts";

import { DerProblem, DerReader } from "./der-reader.ts";
import { readBytesOfBits, readInteger, readSmallInteger, readTime } from "./der-values.ts";
import { type DistinguishedName, readName } from "./distinguished-name.ts";
import { type IssuingDistributionPoint, readIssuingDistributionPoint } from "./distribution-points.ts";
import { extensionOids } from "./extension-oids.ts";
import { type ReadExtensions, readExtensions } from "./extensions.ts";
import { type ListEntries, readListEntries } from "./list-entries.ts";
import type { RevocationIndex } from "./revocation-index.ts";
import { readSignatureAlgorithm } from "./signature-algorithm.ts";
import { readAuthorityKeyIdentifier } from "./usage-extensions.ts";

/** A CRL taken apart (RFC 5280, 5.1); nothing of it is verified yet. `undefined`: the extension is absent. */
export interface CertificateList {
  readonly signedBytes: Uint8Array;
  readonly signature: Uint8Array;
  /** `undefined`: an algorithm that we do not read. */
  readonly signatureScheme: SignatureScheme | undefined;
  readonly issuer: DistinguishedName;
  /** Milliseconds since 1970. */
  readonly thisUpdate: number;
  /** `undefined`: the list never grows old by itself; it counts only where an age is set beyond which nothing does. */
  readonly nextUpdate: number | undefined;
  readonly extensions: ReadExtensions;
  readonly authorityKeyIdentifier: Uint8Array | undefined;
  readonly crlNumber: bigint | undefined;
  /** Present where the list is a delta: the number of the base that it adds to (RFC 5280, 5.2.4). */
  readonly deltaBase: bigint | undefined;
  readonly issuingDistributionPoint: IssuingDistributionPoint | undefined;
  readonly entries: ListEntries;
  /** Of the whole list. */
  readonly byteLength: number;
}

/** Reads a list strictly. Throws `DerProblem`. `index`: one that was made of these very bytes; its entries are then not read again. */
export function readCertificateList(der: Uint8Array, index?: RevocationIndex): CertificateList {
  const outer = new DerReader(DerReader.single(der, 0x30).content);
  const signed = outer.read(0x30);
  const algorithm = outer.read(0x30);
  const signature = readBytesOfBits(outer.read(0x03));
  outer.end();

  const tbs = new DerReader(signed.content);
  const version = tbs.optional(0x02);
  if (version !== undefined && readSmallInteger(version) !== 1) throw new DerProblem("version of a list");
  if (!equalBytes(tbs.read(0x30).whole, algorithm.whole)) throw new DerProblem("two different signature algorithms");
  const issuer = readName(tbs.read(0x30));
  const thisUpdate = readTime(tbs.read());
  const hasNextUpdate = tbs.nextTag === 0x17 || tbs.nextTag === 0x18;
  const nextUpdate = hasNextUpdate ? readTime(tbs.read()) : undefined;
  const revoked = tbs.optional(0x30);
  const wrapper = tbs.optional(0xa0);
  tbs.end();
  if (version === undefined && wrapper !== undefined) throw new DerProblem("extensions in a version 1 list");
  const extensions = readExtensions(wrapper);
  const meanings = readMeanings(extensions);
  const isIndirect = meanings.issuingDistributionPoint?.indirect ?? false;
  return {
    signedBytes: signed.whole,
    signature,
    signatureScheme: readSignatureAlgorithm(algorithm),
    issuer,
    thisUpdate,
    nextUpdate,
    extensions,
    ...meanings,
    entries: readListEntries(
      revoked?.content,
      { issuer: issuer.key, isIndirect, hasExtensions: version !== undefined },
      index,
    ),
    byteLength: der.length,
  };
}

function readMeanings(extensions: ReadExtensions) {
  const read = <Value>(oid: string, reader: (value: Uint8Array) => Value): Value | undefined => {
    const extension = extensions.get(oid);
    return extension === undefined ? undefined : reader(extension.value);
  };
  return {
    authorityKeyIdentifier: read(extensionOids.authorityKeyIdentifier, readAuthorityKeyIdentifier),
    crlNumber: read(extensionOids.cRLNumber, readListNumber),
    deltaBase: read(extensionOids.deltaCRLIndicator, readListNumber),
    issuingDistributionPoint: read(extensionOids.issuingDistributionPoint, readIssuingDistributionPoint),
  };
}

/** CRLNumber: not negative, at most 20 bytes (RFC 5280, 5.2.3). */
function readListNumber(value: Uint8Array): bigint {
  const bytes = readInteger(DerReader.single(value, 0x02));
  if ((bytes[0] ?? 0) > 0x7f || bytes.length > 20) throw new DerProblem("list number");
  return bytes.reduce((number, byte) => number * 256n + BigInt(byte), 0n);
}
