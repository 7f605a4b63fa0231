import type { TrailRecord } from "./trail-record.ts";

/** What stands for an identifier. */
export type PseudonymOf = (identifier: string) => string;

/**
 * National identifiers of professionals as people type them, RPPS (with or without its 8 before it) and ADELI (0 before it), which
 * is the form of a telephone number, too.
 */
const nationalIdentifier = /(?<![\p{L}\p{N}])(?:8?1\d{10}|8\d{11}|0\d{9})(?![\p{L}\p{N}])/gu;

/**
 * The record without a clear identifier: the holder, who did it and what the card shows are replaced whole; within its other texts
 * those three, `names`, and whatever has the form of a national identifier.
 */
export function keyedRecord(record: TrailRecord, names: readonly string[], pseudonymOf: PseudonymOf): TrailRecord {
  const { holder, by, shownAs } = record;
  const persons = { holder, by, shownAs };
  const known = [...Object.values(persons), ...names].filter(name => name !== undefined && name !== "") as string[];
  // The longest first: one may be the beginning of another.
  const sought = [...new Set(known)].sort((a, b) => b.length - a.length);
  const keyed = (text: string) =>
    sought
      .reduce((rest, name) => replaceName(rest, name, pseudonymOf(name)), text)
      .replace(nationalIdentifier, pseudonymOf);
  const members = Object.entries(record).map(([member, value]): [string, unknown] => {
    if (typeof value !== "string" || value === "") return [member, value];
    return [member, member in persons ? pseudonymOf(value) : keyed(value)];
  });
  return Object.fromEntries(members) as unknown as TrailRecord;
}

/** What a regular expression takes for more than itself (ECMA-262, SyntaxCharacter). */
const syntax = /[\^$\\.*+?()[\]{}|]/g;

/** As it is, and as it stands in JSON; not within a longer word. */
function replaceName(text: string, name: string, by: string): string {
  const inJson = JSON.stringify(name).slice(1, -1);
  return [name, inJson].reduce((rest, form) => {
    const word = new RegExp(`(?<![\\p{L}\\p{N}])${form.replace(syntax, "\\$&")}(?![\\p{L}\\p{N}])`, "gu");
    return rest.replace(word, by);
  }, text);
}
