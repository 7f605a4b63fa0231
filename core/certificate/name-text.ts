import type { DistinguishedName } from "./distinguished-name.ts";

/** Short names of RFC 4514, section 3, and those that health cards use. */
const shortNames: Readonly<Record<string, string>> = {
  "2.5.4.3": "CN",
  "2.5.4.4": "SN",
  "2.5.4.5": "serialNumber",
  "2.5.4.6": "C",
  "2.5.4.7": "L",
  "2.5.4.8": "ST",
  "2.5.4.10": "O",
  "2.5.4.11": "OU",
  "2.5.4.12": "title",
  "2.5.4.42": "GN",
  "0.9.2342.19200300.100.1.25": "DC",
};
const longest = 300;

/** A name for people to read, in the order written. Two names may read alike: never compare by it. */
export function nameText(name: DistinguishedName): string {
  const text = name.rdns
    .map(rdn => rdn.map(({ type, value = "?" }) => `${shortNames[type] ?? type}=${value}`).join("+"))
    .join(", ");
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** The last common name in the text of a name, for people to read; the whole text where there is none. */
export function commonNameIn(text: string): string {
  const starts = [...text.matchAll(/(?:^|, |\+)CN=/g)];
  const last = starts.at(-1);
  if (last === undefined) return text;
  const value = text.slice(last.index + last[0].length);
  // Up to what looks like the next attribute; a comma may belong to the name.
  const next = value.search(/(?:, |\+)(?:[A-Za-z]+|\d+(?:\.\d+)+)=/);
  return (next < 0 ? value : value.slice(0, next)) || text;
}
