import { concatBytes, equalBytes } from "../../bytes/bytes.ts";
import { Failure } from "../../errors/failure.ts";
import type { CardTransport } from "../card-transport.ts";
import { type CardAnswer, exchange } from "../exchange.ts";
import { refusal, success } from "../status-word.ts";
import type { FilePath } from "./file-path.ts";

/** How a family wants its files named and read. */
export interface FileHabits {
  /** SELECT by path with 3F00 inside it (P1 = 09), or from the MF without it (P1 = 08). */
  readonly pathsKeepMaster: boolean;
  /** P2 of SELECT: 04 answers the file's control parameters, 0C nothing. */
  readonly selectP2: 0x04 | 0x0c;
  /** Most bytes of one READ BINARY of short length. */
  readonly mostRead: number;
  /** True where the family's cards take extended length (ISO 7816-4, 5.2): a long file is then one READ BINARY over T=1. */
  readonly extendedLength: boolean;
}

const masterFile = Uint8Array.of(0x3f, 0x00);
const endOfFile = 0x6282;
const wrongLength = 0x6700;
const notFound: ReadonlySet<number> = new Set([0x6a82, 0x6a88, 0x6a87]);
const beyondTheEnd: ReadonlySet<number> = new Set([0x6b00, 0x6a86]);
const longestFile = 0x7fff;
const shortLimit = 256;
const extendedLimit = 65_536;

/** Tells from the first bytes of a file how many of them count; `undefined`: it cannot be told. */
export type Measure = (start: Uint8Array) => number | undefined;

/** Files of a card, ISO 7816-4 section 11. */
export class CardFiles {
  readonly #transport: CardTransport;
  readonly #habits: FileHabits;
  #takesExtended: boolean;

  constructor(transport: CardTransport, habits: FileHabits) {
    this.#transport = transport;
    this.#habits = habits;
    this.#takesExtended = habits.extendedLength && transport.protocol === "T=1";
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
    return this.#readFrom(index, length, at => at);
  }

  /**
   * A file of the folder that is current, from its start, without a SELECT: READ BINARY names it by its short identifier.
   * `undefined` where the card does not give it so.
   */
  async readByShortIdentifier(identifier: number, measure?: Measure): Promise<Uint8Array | undefined> {
    try {
      // The file is the current one from its first answer on.
      return await this.#readFrom(0, undefined, at => (at === 0 ? (0x80 | identifier) << 8 : at), measure);
    } catch (thrown) {
      if (thrown instanceof Failure && thrown.code === "card-refused-command") return undefined;
      throw thrown;
    }
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

  /** Reads until the wanted length, or the measured one, or until the card gives less than it was asked for. */
  async #readFrom(
    index: number,
    length: number | undefined,
    place: (at: number) => number,
    measure?: Measure,
  ): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let end = Math.min(index + (length ?? longestFile), longestFile);
    let isMeasured = length !== undefined;
    let at = index;
    while (at < end) {
      const { answer, expected } = await this.#readBinary(place(at), end - at, isMeasured, measure !== undefined);
      const { data, status } = answer;
      if (beyondTheEnd.has(status) && parts.length > 0 && length === undefined) break;
      if (status !== success && status !== endOfFile) throw refusal(status, "READ BINARY");
      if (data.length > expected) throw new Failure("card-answer-malformed", { detail: "more than was asked for" });
      const size = parts.length === 0 ? measure?.(data) : undefined;
      if (size !== undefined) {
        end = Math.min(index + size, longestFile);
        isMeasured = true;
      }
      parts.push(data);
      at += data.length;
      // A card may give less of an extended answer than was asked for, and more when it is asked again.
      const isAll = isMeasured && expected > shortLimit ? data.length === 0 : data.length < expected;
      if (isAll || status === endOfFile) break;
    }
    const content = concatBytes(...parts);
    if (length !== undefined && content.length < length)
      throw new Failure("card-answer-malformed", { detail: "the file is shorter than the card's directory says" });
    return content;
  }

  /** `most`: bytes there may be. Extended where the family has it and the file is a long one, until card or reader refuse it. */
  async #readBinary(
    place: number,
    most: number,
    isExact: boolean,
    isLong: boolean,
  ): Promise<{ answer: CardAnswer; expected: number }> {
    const command = { cla: 0, ins: 0xb0, p1: place >> 8, p2: place & 0xff };
    if (this.#takesExtended && (isExact ? most > shortLimit : isLong)) {
      const expected = isExact ? most : extendedLimit;
      const answer = await this.#extended({ ...command, expected });
      if (answer !== undefined) return { answer, expected };
      this.#takesExtended = false;
    }
    const expected = Math.min(this.#habits.mostRead, most);
    return { answer: await exchange(this.#transport, { ...command, expected }, false), expected };
  }

  /** `undefined`: the card does not take this length, or the reader does not pass it on. */
  async #extended(command: Parameters<typeof exchange>[1]): Promise<CardAnswer | undefined> {
    try {
      const answer = await exchange(this.#transport, command, true);
      return answer.status === wrongLength ? undefined : answer;
    } catch (thrown) {
      // PC/SC has no code of its own for a reader that cannot: what is said of the card is something else.
      if (thrown instanceof Failure && thrown.code === "reader-service-stopped") return undefined;
      this.#takesExtended = false;
      throw thrown;
    }
  }
}
