import type { SearchEntry } from "ldapts";

const longestValue = 4_096;

/** An entry of a directory with its attributes by name in lower case, since servers answer in their own spelling. */
export class LdapEntry {
  readonly name: string;
  readonly #values = new Map<string, readonly Buffer[]>();

  constructor(entry: SearchEntry) {
    // An extended name (extended-name-control.ts) has the plain one at its end.
    this.name = entry.name.replace(/^(?:<[^>]*>;)+/, "");
    for (const { type, parsedBuffers } of entry.attributes) this.#values.set(type.toLowerCase(), parsedBuffers);
  }

  /** Empty where the entry has no such attribute. */
  bytes(attribute: string): readonly Buffer[] {
    return this.#values.get(attribute.toLowerCase()) ?? [];
  }

  /** Throws where a value is no UTF-8 or is far too long. */
  texts(attribute: string): readonly string[] {
    return this.bytes(attribute).map(value => textOf(attribute, value));
  }

  /** Throws, too, where there are several values and no telling which counts. */
  text(attribute: string): string | undefined {
    const [first, second] = this.texts(attribute);
    if (second !== undefined) throw new Error(`${attribute} has several values`);
    return first === "" ? undefined : first;
  }

  /** The first of a name that several servers and people write many of, `cn` and `mail` being examples. */
  firstText(attribute: string): string | undefined {
    const [first] = this.texts(attribute);
    return first === "" ? undefined : first;
  }

  /** Values of an attribute that came in part (`member;range=0-1499`), with the place of the last one; `end` where no more come. */
  range(attribute: string): { readonly values: readonly Buffer[]; readonly last: number | "end" } | undefined {
    const start = `${attribute.toLowerCase()};range=`;
    for (const [name, values] of this.#values) {
      if (!name.startsWith(start)) continue;
      const last = name.slice(start.length).split("-")[1] ?? "*";
      return { values, last: last === "*" ? "end" : Number(last) };
    }
    return undefined;
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

export function textOf(attribute: string, value: Uint8Array): string {
  if (value.length > longestValue) throw new Error(`${attribute} has ${value.length} bytes`);
  try {
    return utf8.decode(value);
  } catch {
    throw new Error(`${attribute} is no UTF-8`);
  }
}
