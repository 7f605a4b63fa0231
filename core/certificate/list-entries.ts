import { DerProblem, DerReader } from "./der-reader.ts";
import { readInteger, readTime } from "./der-values.ts";
import { type ReadExtensions, readExtensionList } from "./extensions.ts";
import { readGeneralNames } from "./general-name.ts";

/** CRLReason of RFC 5280, 5.3.1, where a verdict asks for it. */
export const crlReasons = { unspecified: 0, certificateHold: 6, removeFromCRL: 8 } as const;

/** What a list says of one certificate. */
export interface ListEntry {
  /** CRLReason; 0 where the entry gives none. */
  readonly reason: number;
  /** Of the revocation, milliseconds since 1970. */
  readonly at: number;
}

/** The entries of a list. */
export interface ListEntries {
  readonly count: number;
  /** True where some entry has a critical extension that we do not honour: the list decides nothing then (RFC 5280, 5.3). */
  readonly hasUnknownCritical: boolean;
  /** `serial`: two's complement bytes; `issuer`: the key of the certificate issuer's name, as `DistinguishedName.key`. */
  entryOf(serial: Uint8Array, issuer: string): ListEntry | undefined;
}

interface ListNature {
  /** The key of the list issuer's name. */
  readonly issuer: string;
  /** Entries may be about certificates of other issuers. */
  readonly isIndirect: boolean;
  /** False in lists of version 1. */
  readonly hasExtensions: boolean;
}

const reasonCode = "2.5.29.21";
const invalidityDate = "2.5.29.24";
const certificateIssuer = "2.5.29.29";

/** Reads the content of revokedCertificates, `undefined` where the list has none. Throws `DerProblem`. */
export function readListEntries(
  content: Uint8Array | undefined,
  { issuer, isIndirect, hasExtensions }: ListNature,
): ListEntries {
  const entries = new Map<string, ListEntry>();
  let hasUnknownCritical = false;
  let count = 0;
  let meant = issuer;
  const list = new DerReader(content ?? new Uint8Array());
  if (content !== undefined && list.atEnd) throw new DerProblem("empty revokedCertificates");
  while (!list.atEnd) {
    const entry = new DerReader(list.read(0x30).content);
    const serial = readInteger(entry.read(0x02));
    const at = readTime(entry.read());
    const wrapper = hasExtensions ? entry.optional(0x30) : undefined;
    entry.end();
    const extensions: ReadExtensions = wrapper === undefined ? new Map() : readExtensionList(wrapper.content);
    // An entry's certificateIssuer holds for those that follow, too (RFC 5280, 5.3.3).
    const named = extensions.get(certificateIssuer);
    if (named !== undefined && isIndirect) meant = readIssuer(named.value);
    hasUnknownCritical ||= criticalUnhonoured(extensions, isIndirect);
    const key = keyOf(serial, meant);
    // Of two entries about one certificate the one that revokes counts.
    const known = entries.get(key);
    if (known === undefined || known.reason === crlReasons.removeFromCRL)
      entries.set(key, { reason: readReason(extensions), at });
    count += 1;
  }
  return { count, hasUnknownCritical, entryOf: (serial, name) => entries.get(keyOf(serial, name)) };
}

function criticalUnhonoured(extensions: ReadExtensions, isIndirect: boolean): boolean {
  for (const [oid, { critical }] of extensions) {
    const honoured = oid === reasonCode || oid === invalidityDate || (oid === certificateIssuer && isIndirect);
    if (critical && !honoured) return true;
  }
  return false;
}

function readIssuer(value: Uint8Array): string {
  const names = readGeneralNames(DerReader.single(value, 0x30).content);
  const [name, ...others] = names.flatMap(one => (one.form === "directoryName" ? [one.name.key] : []));
  if (name === undefined || others.length > 0) throw new DerProblem("certificate issuer of an entry");
  return name;
}

function readReason(extensions: ReadExtensions): number {
  const extension = extensions.get(reasonCode);
  if (extension === undefined) return crlReasons.unspecified;
  const [reason, ...more] = DerReader.single(extension.value, 0x0a).content;
  if (reason === undefined || more.length > 0 || reason > 10 || reason === 7) throw new DerProblem("reason code");
  return reason;
}

function keyOf(serial: Uint8Array, issuer: string): string {
  return `${String.fromCharCode(...serial)}/${issuer}`;
}
