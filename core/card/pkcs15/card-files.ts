import { concatBytes, equalBytes } from "../../bytes/bytes.ts";
import { Failure } from "../../errors/failure.ts";
import type { CardTransport } from "../card-transport.ts";
import { exchange } from "../exchange.ts";
import { refusal, success } from "../status-word.ts";
import type { FilePath } from "./file-path.ts";

/** How a family wants its files named and read. */
export interface FileHabits {
  /** SELECT by path with 3F00 inside it (P1 = 09), or from the MF without it (P1 = 08). */
  readonly pathsKeepMaster: boolean;
  /** P2 of SELECT: 04 answers the file's control parameters, 0C nothing. */
  readonly selectP2: 0x04 | 0x0c;
  /** Most bytes of one READ BINARY. */
  readonly mostRead: number;
}

const masterFile = Uint8Array.of(0x3f, 0x00);
const endOfFile = 0x6282;
const notFound: ReadonlySet<number> = new Set([0x6a82, 0x6a88, 0x6a87]);
const beyondTheEnd: ReadonlySet<number> = new Set([0x6b00, 0x6a86]);
const longestFile = 0x7fff;

/** Files of a card, ISO 7816-4 section 11. */
export class CardFiles {
  readonly #transport: CardTransport;
  readonly #habits: FileHabits;

  constructor(transport: CardTransport, habits: FileHabits) {
    this.#transport = transport;
    this.#habits = habits;
  }

  /** Selects an application by its identifier; false where the card has none of that name. */
  async selectApplication(identifier: Uint8Array): Promise<boolean> {
    return (await this.#select(0x04, identifier)) === success;
  }

  /** The part of a transparent file; `undefined` where there is no such file. */
  async read({ path, index, length }: FilePath): Promise<Uint8Array | undefined> {
    const status = await this.#selectPath(path);
    if (notFound.has(status)) return undefined;
    if (status !== success) throw refusal(status, "SELECT of a file");
    return this.#readSelected(index, length);
  }

  #selectPath(path: Uint8Array): Promise<number> {
    const isAbsolute = equalBytes(path.subarray(0, 2), masterFile);
    if (!isAbsolute) return this.#select(path.length === 2 ? 0x02 : 0x09, path);
    return this.#habits.pathsKeepMaster ? this.#select(0x09, path) : this.#select(0x08, path.subarray(2));
  }

  async #select(p1: number, data: Uint8Array): Promise<number> {
    const { selectP2: p2 } = this.#habits;
    const command = { cla: 0, ins: 0xa4, p1, p2, data };
    const answer = await exchange(this.#transport, p2 === 0x0c ? command : { ...command, expected: 256 }, false);
    return answer.status;
  }

  /** Reads until the wanted length, or until the card gives less than it was asked for. */
  async #readSelected(index: number, length: number | undefined): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    const end = Math.min(index + (length ?? longestFile), longestFile);
    let at = index;
    while (at < end) {
      const expected = Math.min(this.#habits.mostRead, end - at);
      const command = { cla: 0, ins: 0xb0, p1: at >> 8, p2: at & 0xff, expected };
      const { data, status } = await exchange(this.#transport, command, false);
      if (beyondTheEnd.has(status) && parts.length > 0 && length === undefined) break;
      if (status !== success && status !== endOfFile) throw refusal(status, "READ BINARY");
      if (data.length > expected) throw new Failure("card-answer-malformed", { detail: "more than was asked for" });
      parts.push(data);
      at += data.length;
      if (data.length < expected || status === endOfFile) break;
    }
    const content = concatBytes(...parts);
    if (length !== undefined && content.length < length)
      throw new Failure("card-answer-malformed", { detail: "the file is shorter than the card's directory says" });
    return content;
  }
}
