import type { KeyObject } from "node:crypto";
import { concatBytes } from "../../../../core/bytes/bytes.ts";
import { findValue, readDataObjects } from "../../../../core/card/ber-tlv.ts";
import type { SigningCommand } from "../../../../core/card/pkcs15/sign-with.ts";
import { signBlock, signDigest } from "../card-key.ts";
import { type ParsedCommand, parseCommand } from "../parse-command.ts";
import type { PullMoment, SimulatedCard } from "../simulated-card.ts";
import type { CardPin } from "./card-pin.ts";
import { controlParameters } from "./control-parameters.ts";
import { type CardFolder, findNamed, foldersOf, follow, type Place } from "./file-tree.ts";
import { paddedDigestInfo } from "./padded-digest-info.ts";

/** A key of the chip. */
export interface FileCardKey {
  readonly reference: number;
  readonly key: KeyObject;
  /** Absent: signs for everybody. */
  readonly pin?: CardPin;
  readonly signsBy: SigningCommand;
  /** Which algorithm MSE SET has to name; a key that only deciphers is asked for without. */
  readonly algorithm: number | undefined;
}

export interface FileCardContent {
  readonly master: CardFolder;
  readonly pin: CardPin | undefined;
  readonly keys: readonly FileCardKey[];
  /** T=0: what answers a command with data waits for GET RESPONSE. */
  readonly protocol: "T=0" | "T=1";
  /** Whether commands and answers of extended length are taken and given (ISO 7816-4, 5.2). */
  readonly extendedLength?: boolean;
  /** How a new PIN is set by the old one. */
  readonly changesBy?: "old-and-new" | "verify-then-new";
  /** Answers GET DATA (3FFF) by what stands in its data, or refuses with a status word; `undefined`: not found. */
  securityData?(wanted: Uint8Array): Uint8Array | number | undefined;
}

const templates: Readonly<Record<SigningCommand, number>> = {
  "internal-authenticate": 0xa4,
  "digital-signature": 0xb6,
  decipher: 0xb8,
};
const status = (word: number) => Uint8Array.of(word >> 8, word & 0xff);
const done = 0x9000;

/** A chip with files, a PIN and keys, by ISO 7816-4 and 7816-8. Its PIN state and its place go with the power. */
export class FileCard implements SimulatedCard {
  readonly #content: FileCardContent;
  #place: Place;
  #environment: { readonly template: number; readonly key: number; readonly algorithm: number | undefined } | undefined;
  #chained = new Uint8Array();
  #waiting = new Uint8Array();

  constructor(content: FileCardContent) {
    this.#content = content;
    this.#place = [content.master];
  }

  get triesLeft(): number {
    return this.#content.pin?.triesLeft ?? 0;
  }

  reset(): void {
    this.#place = [this.#content.master];
    this.#environment = undefined;
    this.#chained = new Uint8Array();
    this.#waiting = new Uint8Array();
    this.#content.pin?.forget();
  }

  block(): void {
    this.#content.pin?.block();
  }

  asksFor(command: Uint8Array): PullMoment | undefined {
    // A VERIFY without a body only asks for the counter.
    if (command[1] === 0x20 && command.length > 5) return "verify";
    return command[1] === 0x88 || command[1] === 0x2a ? "sign" : undefined;
  }

  answer(bytes: Uint8Array): Uint8Array {
    const command = parseCommand(bytes);
    if (command === undefined || (isExtended(bytes) && this.#content.extendedLength !== true)) return status(0x6700);
    if (command.ins === 0xc0) return this.#hand(command.expected ?? 256);
    this.#waiting = new Uint8Array();
    if ((command.cla & 0xef) !== 0) return status(0x6e00);
    if ((command.cla & 0x10) !== 0) {
      this.#chained = concatBytes(this.#chained, command.data);
      return status(this.#chained.length > 4096 ? 0x6700 : done);
    }
    const data = concatBytes(this.#chained, command.data);
    this.#chained = new Uint8Array();
    return this.#perform({ ...command, data });
  }

  #perform(command: ParsedCommand): Uint8Array {
    switch (command.ins) {
      case 0xa4:
        return this.#select(command);
      case 0xb0:
        return this.#readBinary(command);
      case 0xcb:
        return this.#getData(command);
      case 0x20:
        return this.#onPin(command, (pin, data) => (data.length === 0 ? pin.state() : pin.verify(data)));
      case 0x24:
        return this.#change(command);
      case 0x2c:
        return this.#onPin(command, (pin, data) => pin.unblock(data));
      case 0x22:
        return this.#setEnvironment(command);
      case 0x88:
        return this.#sign(command, 0xa4);
      case 0x2a:
        if (command.p1 === 0x80 && command.p2 === 0x86) return this.#sign(command, 0xb8);
        return command.p1 === 0x9e && command.p2 === 0x9a ? this.#sign(command, 0xb6) : status(0x6a86);
      default:
        return status(0x6d00);
    }
  }

  #select(command: ParsedCommand): Uint8Array {
    const place = this.#find(command);
    if (place === undefined) return status(0x6a82);
    this.#place = place;
    const node = place.at(-1);
    if (command.p2 === 0x0c || node === undefined) return status(done);
    return this.#deliver(controlParameters(node), command);
  }

  #find({ p1, data }: ParsedCommand): Place | undefined {
    const { master } = this.#content;
    const ids = Array.from(
      { length: data.length >> 1 },
      (_, at) => ((data[2 * at] ?? 0) << 8) | (data[2 * at + 1] ?? 0),
    );
    const folders = foldersOf(this.#place);
    const isMaster = ids[0] === master.id;
    switch (p1) {
      case 0x00:
      case 0x01:
      case 0x02:
        if (ids.length === 0 || (isMaster && ids.length === 1)) return [master];
        return follow(folders, ids);
      case 0x03:
        return folders.length > 1 ? folders.slice(0, -1) : folders;
      case 0x04:
        return findNamed(master, data);
      case 0x08:
        return follow([master], isMaster ? ids.slice(1) : ids);
      case 0x09:
        return isMaster ? follow([master], ids.slice(1)) : follow(folders, ids);
      default:
        return undefined;
    }
  }

  #readBinary(command: ParsedCommand): Uint8Array {
    const isShort = (command.p1 & 0x80) !== 0;
    if (isShort && !this.#selectShortly(command.p1 & 0x1f)) return status(0x6a82);
    const node = this.#place.at(-1);
    if (node?.kind !== "file") return status(0x6986);
    const offset = isShort ? command.p2 : (command.p1 << 8) | command.p2;
    if (offset > node.content.length) return status(0x6b00);
    const data = node.content.subarray(offset, offset + (command.expected ?? 256));
    return concatBytes(data, status(done));
  }

  /** Makes the file of the current folder that has this short identifier the current one, where there is one. */
  #selectShortly(identifier: number): boolean {
    const folders = foldersOf(this.#place);
    const found = folders.at(-1)?.children.find(one => one.kind === "file" && one.shortIdentifier === identifier);
    if (found === undefined) return false;
    this.#place = [...folders, found];
    return true;
  }

  #getData(command: ParsedCommand): Uint8Array {
    const data = this.#content.securityData?.(command.data) ?? 0x6a88;
    return typeof data === "number" ? status(data) : this.#deliver(data, command);
  }

  #change(command: ParsedCommand): Uint8Array {
    if (this.#content.changesBy !== "verify-then-new") return this.#onPin(command, (pin, data) => pin.change(data));
    if (command.p1 !== 1) return status(0x6a86);
    return this.#onPin({ ...command, p1: 0 }, (pin, data) => pin.replace(data));
  }

  #onPin(command: ParsedCommand, act: (pin: CardPin, data: Uint8Array) => number): Uint8Array {
    const { pin } = this.#content;
    if (pin === undefined || command.p2 !== pin.reference || command.p1 !== 0) return status(0x6a88);
    return status(act(pin, command.data));
  }

  /** MANAGE SECURITY ENVIRONMENT: SET (41 or 81), the tags in either order. */
  #setEnvironment({ p1, p2, data }: ParsedCommand): Uint8Array {
    if (p1 !== 0x41 && p1 !== 0x81) return status(0x6a86);
    try {
      const members = readDataObjects(data);
      const key = (findValue(members, 0x84) ?? findValue(members, 0x83))?.[0];
      const algorithm = findValue(members, 0x80)?.[0];
      if (key === undefined) return status(0x6a80);
      this.#environment = { template: p2, key, algorithm };
      return status(done);
    } catch {
      return status(0x6a80);
    }
  }

  #sign(command: ParsedCommand, template: number): Uint8Array {
    const { key, algorithm } = this.#environment ?? {};
    const used = this.#content.keys.find(one => one.reference === key && one.algorithm === algorithm);
    const fits = used !== undefined && this.#environment?.template === template;
    if (!fits || templates[used.signsBy] !== template) return status(0x6a88);
    if (used.pin?.isVerified === false) return status(0x6982);
    if (used.key.asymmetricKeyType !== "rsa") {
      const digest = command.data;
      return digest.length === 0 ? status(0x6a80) : this.#deliver(signDigest(used.key, digest), command);
    }
    const size = (used.key.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
    // A block that is padded already is deciphered as it is.
    const isWhole = used.signsBy === "decipher" && command.data.length === size;
    const block = isWhole ? command.data : paddedDigestInfo(command.data, size);
    return block === undefined ? status(0x6a80) : this.#deliver(signBlock(used.key, block), command);
  }

  /** Gives as much as the command asked for; over T=0, a command with data gets the number of bytes that wait. */
  #deliver(data: Uint8Array, command: ParsedCommand): Uint8Array {
    this.#waiting = data.slice();
    return this.#content.protocol === "T=0" && command.data.length > 0
      ? status(0x6100 | this.#waitingByte)
      : this.#hand(command.expected ?? 256);
  }

  #hand(most: number): Uint8Array {
    if (this.#waiting.length === 0) return status(0x6985);
    const given = this.#waiting.subarray(0, most);
    this.#waiting = this.#waiting.slice(given.length);
    return concatBytes(given, status(this.#waiting.length === 0 ? done : 0x6100 | this.#waitingByte));
  }

  /** How many bytes wait, as 61xx tells it: 00 for 256 and more. */
  get #waitingByte(): number {
    return this.#waiting.length > 255 ? 0 : this.#waiting.length;
  }
}

/** Whether a command is written in extended length: a zero where the length of the data, or the wanted one, would stand. */
function isExtended(command: Uint8Array): boolean {
  return command.length > 5 && command[4] === 0;
}
