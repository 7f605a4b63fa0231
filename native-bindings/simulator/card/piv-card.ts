import type { KeyObject } from "node:crypto";
import { gzipSync } from "node:zlib";
import { concatBytes, equalBytes } from "../../../core/bytes/bytes.ts";
import { findValue, readDataObjects, writeDataObject } from "../../../core/card/ber-tlv.ts";
import type { KeyAlgorithm } from "../../../core/card/card-driver.ts";
import {
  globalPinReference,
  pivAlgorithms,
  pivApplication,
  pivPinReference,
} from "../../../core/card/piv/piv-objects.ts";
import { signBlock, signDigest } from "./card-key.ts";
import { type ParsedCommand, parseCommand } from "./parse-command.ts";
import type { PullMoment, SimulatedCard } from "./simulated-card.ts";

/** What cards of other makers, or of other versions of the standard, do otherwise. */
export interface PivVariant {
  /** The PIN is the card's global one, and the discovery object says so. */
  readonly hasGlobalPin?: boolean;
  /** Certificates stand compressed. */
  readonly compresses?: boolean;
  /** No discovery object, no holder's unique identifier, no way to take a verified PIN back: version 1 of the standard. */
  readonly isOld?: boolean;
}

export interface PivCardContent {
  readonly guid: Uint8Array;
  readonly authentication: { readonly key: KeyObject; readonly certificate: Uint8Array };
  readonly presence: { readonly key: KeyObject; readonly certificate: Uint8Array };
  readonly pin: string;
  readonly unblockingCode: string;
  readonly variant?: PivVariant;
}

const mostTries = 3;
const status = (word: number) => Uint8Array.of(word >> 8, word & 0xff);
const done = status(0x9000);

/** A PIV card as NIST SP 800-73-4 describes it: commands in, answers out. Its PIN state goes with the power. */
export class PivCard implements SimulatedCard {
  readonly #content: PivCardContent;
  readonly #variant: PivVariant;
  readonly #reference: number;
  #selected = false;
  #verified = false;
  #pin: Uint8Array;
  #triesLeft = mostTries;
  #unblocksLeft = mostTries;
  #chained = new Uint8Array();
  #waiting = new Uint8Array();

  constructor(content: PivCardContent) {
    this.#content = content;
    this.#variant = content.variant ?? {};
    this.#reference = this.#variant.hasGlobalPin === true ? globalPinReference : pivPinReference;
    this.#pin = padded(content.pin);
  }

  reset(): void {
    this.#selected = false;
    this.#verified = false;
    this.#chained = new Uint8Array();
    this.#waiting = new Uint8Array();
  }

  block(): void {
    this.#triesLeft = 0;
  }

  get triesLeft(): number {
    return this.#triesLeft;
  }

  answer(bytes: Uint8Array): Uint8Array {
    const command = parseCommand(bytes);
    if (command === undefined) return status(0x6700);
    if (command.ins === 0xc0) return this.#hand(command);
    this.#waiting = new Uint8Array();
    if ((command.cla & 0xef) !== 0) return status(0x6e00);
    if ((command.cla & 0x10) !== 0) {
      this.#chained = concatBytes(this.#chained, command.data);
      return this.#chained.length > 4096 ? status(0x6700) : done;
    }
    const data = concatBytes(this.#chained, command.data);
    this.#chained = new Uint8Array();
    return this.#perform({ ...command, data });
  }

  asksFor(command: Uint8Array): PullMoment | undefined {
    // A VERIFY without a body only asks for the counter.
    if (command.length <= 5) return undefined;
    return command[1] === 0x20 ? "verify" : command[1] === 0x87 ? "sign" : undefined;
  }

  #perform(command: ParsedCommand): Uint8Array {
    if (command.ins === 0xa4) return this.#select(command);
    if (!this.#selected) return status(command.ins === 0xcb ? 0x6a82 : 0x6d00);
    switch (command.ins) {
      case 0xcb:
        return this.#getData(command);
      case 0x20:
        return this.#verify(command);
      case 0x24:
        return this.#change(command);
      case 0x2c:
        return this.#unblock(command);
      case 0x87:
        return this.#authenticate(command);
      default:
        return status(0x6d00);
    }
  }

  #select(command: ParsedCommand): Uint8Array {
    const { data } = command;
    if (
      command.p1 !== 4 ||
      data.length < 5 ||
      !equalBytes(data, concatBytes(pivApplication, Uint8Array.of(1, 0)).subarray(0, data.length))
    ) {
      return status(0x6a82);
    }
    this.#selected = true;
    this.#verified = false;
    const template = writeDataObject(
      0x61,
      writeDataObject(0x4f, Uint8Array.of(0x00, 0x00, 0x10, 0x00, 0x01, 0x00)),
      writeDataObject(0x79, writeDataObject(0x4f, pivApplication.subarray(0, 5))),
    );
    return this.#deliver(template, command);
  }

  #getData(command: ParsedCommand): Uint8Array {
    if (command.p1 !== 0x3f || command.p2 !== 0xff) return status(0x6a86);
    const tag = command.data[0] === 0x5c ? command.data.subarray(2) : new Uint8Array();
    const object = this.#object(tag.reduce((number, byte) => number * 256 + byte, 0));
    return object === undefined ? status(0x6a82) : this.#deliver(object, command);
  }

  #object(tag: number): Uint8Array | undefined {
    const certificate = (value: Uint8Array) =>
      writeDataObject(
        0x53,
        writeDataObject(0x70, this.#variant.compresses === true ? gzipSync(value) : value),
        writeDataObject(0x71, Uint8Array.of(this.#variant.compresses === true ? 1 : 0)),
        writeDataObject(0xfe),
      );
    if (this.#variant.isOld === true && (tag === 0x5fc102 || tag === 0x7e)) return undefined;
    switch (tag) {
      case 0x5fc105:
        return certificate(this.#content.authentication.certificate);
      case 0x5fc101:
        return certificate(this.#content.presence.certificate);
      case 0x5fc102:
        return writeDataObject(
          0x53,
          // FASC-N of agency 9999: the GUID is the card's number.
          writeDataObject(0x30, Uint8Array.from([0xd4, 0xe7, 0x39, ...new Uint8Array(22)])),
          writeDataObject(0x34, this.#content.guid),
          writeDataObject(0x35, new TextEncoder().encode("20301231")),
          writeDataObject(0x3e),
          writeDataObject(0xfe),
        );
      case 0x7e:
        return writeDataObject(
          0x7e,
          writeDataObject(0x4f, concatBytes(pivApplication, Uint8Array.of(1, 0))),
          writeDataObject(
            0x5f2f,
            ...(this.#variant.hasGlobalPin === true ? [Uint8Array.of(0x60, 0x20)] : [Uint8Array.of(0x40, 0x00)]),
          ),
        );
      default:
        return undefined;
    }
  }

  #verify(command: ParsedCommand): Uint8Array {
    if (command.p2 !== this.#reference) return status(0x6a88);
    if (command.p1 === 0xff) {
      if (this.#variant.isOld === true) return status(0x6a86);
      this.#verified = false;
      return done;
    }
    if (command.data.length === 0) {
      if (this.#verified) return done;
      return this.#triesLeft === 0 ? status(0x6983) : status(0x63c0 | this.#triesLeft);
    }
    return this.#presentPin(command.data);
  }

  /** Compares, counts, and says so; the counter goes down before the comparison. */
  #presentPin(pin: Uint8Array): Uint8Array {
    this.#verified = false;
    if (this.#triesLeft === 0) return status(0x6983);
    if (pin.length !== 8) return status(0x6a80);
    this.#triesLeft -= 1;
    if (!equalBytes(pin, this.#pin)) return this.#triesLeft === 0 ? status(0x6983) : status(0x63c0 | this.#triesLeft);
    this.#triesLeft = mostTries;
    this.#verified = true;
    return done;
  }

  #change(command: ParsedCommand): Uint8Array {
    if (command.p2 !== this.#reference || command.data.length !== 16) return status(0x6a80);
    const verdict = this.#presentPin(command.data.subarray(0, 8));
    if (this.#verified) this.#pin = command.data.slice(8);
    return verdict;
  }

  #unblock(command: ParsedCommand): Uint8Array {
    if (command.p2 !== this.#reference || command.data.length !== 16) return status(0x6a80);
    if (this.#unblocksLeft === 0) return status(0x6983);
    this.#unblocksLeft -= 1;
    if (!equalBytes(command.data.subarray(0, 8), padded(this.#content.unblockingCode)))
      return status(0x63c0 | this.#unblocksLeft);
    this.#unblocksLeft = mostTries;
    this.#triesLeft = mostTries;
    this.#pin = command.data.slice(8);
    return done;
  }

  #authenticate(command: ParsedCommand): Uint8Array {
    const slot =
      command.p2 === 0x9a ? this.#content.authentication : command.p2 === 0x9e ? this.#content.presence : undefined;
    if (slot === undefined) return status(0x6a88);
    if (command.p2 === 0x9a && !this.#verified) return status(0x6982);
    const input = challengeIn(command.data);
    if (input === undefined) return status(0x6a80);
    const algorithm = algorithmOf(slot.key);
    const { identifier, size } = pivAlgorithms[algorithm];
    if (command.p1 !== identifier || input.length !== size) return status(0x6a80);
    const signature = algorithm.startsWith("rsa") ? signBlock(slot.key, input) : signDigest(slot.key, input);
    return this.#deliver(writeDataObject(0x7c, writeDataObject(0x82, signature)), command);
  }

  /** Gives as much as the command asked for; the rest waits for GET RESPONSE. */
  #deliver(data: Uint8Array, command: ParsedCommand): Uint8Array {
    const most = command.expected ?? 256;
    const given = data.subarray(0, most);
    this.#waiting = data.slice(given.length);
    const left = this.#waiting.length;
    return concatBytes(given, left === 0 ? done : status(0x6100 | (left > 255 ? 0 : left)));
  }

  #hand(command: ParsedCommand): Uint8Array {
    if (this.#waiting.length === 0) return status(0x6985);
    return this.#deliver(this.#waiting, command);
  }
}

function algorithmOf(key: KeyObject): KeyAlgorithm {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  if (modulusLength !== undefined) return modulusLength === 3072 ? "rsa-3072" : "rsa-2048";
  return namedCurve === "secp384r1" ? "p-384" : "p-256";
}

function padded(digits: string): Uint8Array {
  const bytes = new Uint8Array(8).fill(0xff);
  bytes.set(new TextEncoder().encode(digits));
  return bytes;
}

/** The value of tag 81 in the dynamic authentication template, where 82 asks for the response. */
function challengeIn(data: Uint8Array): Uint8Array | undefined {
  try {
    const fields = readDataObjects(findValue(readDataObjects(data), 0x7c) ?? new Uint8Array());
    return findValue(fields, 0x82)?.length === 0 ? findValue(fields, 0x81) : undefined;
  } catch {
    return undefined;
  }
}
