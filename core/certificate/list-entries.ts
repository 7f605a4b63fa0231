import { DerProblem } from "./der-reader.ts";
import { newHashKey } from "./keyed-hash.ts";
import { findEntry, indexEntries, type ListEntry, type ListNature, type RevocationIndex } from "./revocation-index.ts";

/** The entries of a list. */
export interface ListEntries {
  readonly count: number;
  /** True where some entry has a critical extension that we do not honour: the list decides nothing then (RFC 5280, 5.3). */
  readonly hasUnknownCritical: boolean;
  /** For whoever reads the same bytes again. */
  readonly index: RevocationIndex;
  /** `serial`: two's complement bytes; `issuer`: the key of the certificate issuer's name, as `DistinguishedName.key`. */
  entryOf(serial: Uint8Array, issuer: string): ListEntry | undefined;
}

/**
 * Reads the content of revokedCertificates, `undefined` where the list has none. Throws `DerProblem`. With `known`, an index that
 * was made of these very bytes, nothing is read until it is asked for.
 */
export function readListEntries(
  content: Uint8Array | undefined,
  nature: ListNature,
  known?: RevocationIndex,
): ListEntries {
  if (content?.length === 0) throw new DerProblem("empty revokedCertificates");
  const bytes = content ?? new Uint8Array();
  const index = known ?? indexEntries(bytes, nature, newHashKey(Math.random));
  const numbers = new Map(index.issuers.map((name, number) => [name, number]));
  return {
    count: index.count,
    hasUnknownCritical: index.hasUnknownCritical,
    index,
    entryOf(serial, issuer) {
      const number = numbers.get(issuer);
      return number === undefined ? undefined : findEntry(index, bytes, number, serial);
    },
  };
}
