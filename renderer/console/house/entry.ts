/** An entry as the configuration file writes it. */
export type Entry = Readonly<Record<string, unknown>>;

/** What stands in an entry under a path of members. */
export function memberOf(entry: Entry, [first = "", ...rest]: readonly string[]): unknown {
  const inner = entry[first];
  if (rest.length === 0) return inner;
  return isEntry(inner) ? memberOf(inner, rest) : undefined;
}

/** The same entry with another value there; `undefined` takes the member out. */
export function withMember(entry: Entry, [first = "", ...rest]: readonly string[], value: unknown): Entry {
  if (rest.length === 0) {
    const { [first]: _before, ...others } = entry;
    if (value === undefined) return others;
    return first in entry ? { ...entry, [first]: value } : { ...others, [first]: value };
  }
  const inner = entry[first];
  return { ...entry, [first]: withMember(isEntry(inner) ? inner : {}, rest, value) };
}

export function entryText(entry: Entry): string {
  return JSON.stringify(entry, undefined, 2);
}

/** `undefined` while the text is no JSON object. */
export function readEntry(text: string): Entry | undefined {
  try {
    const written: unknown = JSON.parse(text);
    return isEntry(written) ? written : undefined;
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is Entry {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
