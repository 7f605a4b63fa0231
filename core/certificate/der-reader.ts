/** Bytes that are not the strict DER they should be. Never leaves core/certificate: callers turn it into a reason. */
export class DerProblem extends Error {
  override readonly name = "DerProblem";
}

/** One element: its tag, its content, and the whole of it with tag and length. */
export interface DerElement {
  readonly tag: number;
  readonly content: Uint8Array;
  readonly whole: Uint8Array;
}

/** Reads elements one after another. Single-byte tags, definite lengths in their shortest form (X.690, 10.1). */
export class DerReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Reads bytes that are one element from end to end. */
  static single(bytes: Uint8Array, tag?: number): DerElement {
    const reader = new DerReader(bytes);
    const element = reader.read(tag);
    reader.end();
    return element;
  }

  get atEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** The tag that comes next; `undefined` at the end. */
  get nextTag(): number | undefined {
    return this.#bytes[this.#at];
  }

  read(tag?: number): DerElement {
    const start = this.#at;
    const found = this.#byte();
    if ((found & 0x1f) === 0x1f) throw new DerProblem("tag of several bytes");
    if (tag !== undefined && found !== tag) throw new DerProblem(`tag ${found} where ${tag} belongs`);
    let length = this.#byte();
    if (length >= 0x80) {
      const count = length & 0x7f;
      if (count === 0 || count > 4) throw new DerProblem("length form");
      length = 0;
      for (let index = 0; index < count; index += 1) length = length * 256 + this.#byte();
      if (length < 0x80 || length < 256 ** (count - 1)) throw new DerProblem("length not in its shortest form");
    }
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new DerProblem("element longer than what holds it");
    const element = {
      tag: found,
      content: this.#bytes.subarray(this.#at, end),
      whole: this.#bytes.subarray(start, end),
    };
    this.#at = end;
    return element;
  }

  /** The next element if it has this tag. */
  optional(tag: number): DerElement | undefined {
    return this.nextTag === tag ? this.read(tag) : undefined;
  }

  end(): void {
    if (!this.atEnd) throw new DerProblem("trailing bytes");
  }

  #byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new DerProblem("cut short");
    this.#at += 1;
    return byte;
  }
}

/** The elements of a constructed element. */
export function membersOf(element: DerElement): DerElement[] {
  const reader = new DerReader(element.content);
  const members: DerElement[] = [];
  while (!reader.atEnd) members.push(reader.read());
  return members;
}
