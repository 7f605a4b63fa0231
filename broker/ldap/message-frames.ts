import { checkNesting, endOfElement } from "./well-formed-ber.ts";

const sequence = 0x30;

/** Cuts what a server sends into LDAP messages (RFC 4511 4.1.1), each well-formed; pieces are put together once, however many come. */
export class MessageFrames {
  readonly #largest: number;
  #pieces: Buffer[] = [];
  #held = 0;
  #wanted = 2;

  /** `largest`: of a message, in bytes. */
  constructor(largest: number) {
    this.#largest = largest;
  }

  /** Bytes of a message that has begun. */
  get held(): number {
    return this.#held;
  }

  /** Throws on what is no LDAP message, or too large a one. */
  *take(piece: Buffer): Generator<Buffer> {
    this.#pieces.push(piece);
    this.#held += piece.length;
    while (this.#held >= this.#wanted) {
      const bytes = this.#pieces.length === 1 ? (this.#pieces[0] ?? piece) : Buffer.concat(this.#pieces);
      this.#pieces = [bytes];
      if (bytes[0] !== sequence) throw new Error("something that is no LDAP message");
      const end = endOfElement(bytes, 0);
      if (end !== undefined && end > this.#largest) throw new TooLarge(`a message of ${end} bytes`);
      if (end === undefined || end > bytes.length) {
        this.#wanted = end ?? bytes.length + 1;
        continue;
      }
      this.#pieces = end === bytes.length ? [] : [bytes.subarray(end)];
      this.#held = bytes.length - end;
      this.#wanted = 2;
      const message = bytes.subarray(0, end);
      checkNesting(message);
      yield message;
    }
  }
}

/** The other side sends, or announces, more than it may. */
export class TooLarge extends Error {}
