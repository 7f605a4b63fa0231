import { toHex } from "../../bytes/hex.ts";
import { Failure } from "../../errors/failure.ts";
import { readCapabilities } from "../answer-to-reset.ts";
import { type DataObject, findValue, readDataObjects, readLeadingObjects, writeDataObject } from "../ber-tlv.ts";
import type { CardDriver, CardKey, DriverPinState, KeyAlgorithm, ShownCertificate } from "../card-driver.ts";
import type { CardTransport } from "../card-transport.ts";
import type { CardCommand } from "../command-apdu.ts";
import type { DriverServices } from "../driver-services.ts";
import { joseSignature } from "../ecdsa-signature.ts";
import { type CardAnswer, exchange } from "../exchange.ts";
import type { PinFormat } from "../pin/pin-format.ts";
import type { PinSource } from "../pin/pin-pad.ts";
import { changePin, type PinReference, triesLeftByStatus, unblockPin, verifyPin } from "../pin/present-pin.ts";
import { pkcs1SignatureBlock } from "../pkcs1-padding.ts";
import { refusal, success } from "../status-word.ts";
import {
  discoveryObject,
  globalPinReference,
  holderUniqueIdentifier,
  pivAlgorithms,
  pivApplication,
  pivCertificates,
  pivKeys,
  pivPinReference,
} from "./piv-objects.ts";

/** SP 800-73-4 part 2, 2.4.3: six to eight digits, always sent as eight bytes. */
const pinFormat: PinFormat = {
  encoding: "ascii",
  minimumLength: 6,
  maximumLength: 8,
  storedLength: 8,
  padding: 0xff,
};
const fileNotFound = 0x6a82;
const emptyGuid = "0".repeat(32);
const longestCertificate = 16_384;
/**
 * The numbers in the holder's unique identifier stand within its first 82 bytes; what follows is its issuer's signature, of two
 * or three kilobytes, which nobody here asks for (SP 800-73-4 part 1, table 9).
 */
const enoughOfIdentifier = 96;

/** PIV cards, NIST SP 800-73-4. */
export class PivDriver implements CardDriver {
  readonly family = "piv";
  readonly #transport: CardTransport;
  readonly #extended: boolean;
  readonly #services: DriverServices;
  #cardId: string | undefined;
  /** Known for certain once the tries were asked for, as they are before any PIN. */
  #pinReference: number = pivPinReference;

  private constructor(transport: CardTransport, services: DriverServices) {
    this.#transport = transport;
    this.#services = services;
    this.#extended = transport.protocol === "T=1" && readCapabilities(transport.atr).extendedLength;
  }

  /** Selects the PIV application; `undefined` where the card has none. */
  static async select(transport: CardTransport, services: DriverServices): Promise<PivDriver | undefined> {
    const driver = new PivDriver(transport, services);
    return (await driver.#select()) ? driver : undefined;
  }

  async reselect(): Promise<void> {
    if (!(await this.#select())) throw new Failure("card-refused-command", { detail: "SELECT of the PIV application" });
  }

  async readCardId(): Promise<string | undefined> {
    const data = writeDataObject(0x5c, holderUniqueIdentifier);
    const command = { cla: 0, ins: 0xcb, p1: 0x3f, p2: 0xff, data, expected: enoughOfIdentifier };
    const answer = await exchange(this.#transport, command, false, enoughOfIdentifier);
    if (answer.status !== success && answer.status !== fileNotFound) throw refusal(answer.status, "GET DATA");
    // What was not cut short has to be whole.
    const read = answer.data.length < enoughOfIdentifier ? readDataObjects : readLeadingObjects;
    const chuid = findValue(read(answer.data), 0x53);
    if (chuid === undefined && answer.status === success)
      throw new Failure("card-answer-malformed", { detail: "GET DATA without its object" });
    this.#cardId = chuid === undefined ? undefined : cardIdIn(read(chuid));
    return this.#cardId;
  }

  async readCertificate(key: CardKey): Promise<Uint8Array | undefined> {
    return this.#keep(key, () => this.#fetchCertificate(pivKeys[key].certificate));
  }

  async listCertificates(): Promise<ShownCertificate[]> {
    const shown: ShownCertificate[] = [];
    for (const { label, object } of pivCertificates) {
      const certificate = await this.#fetchCertificate(object);
      if (certificate !== undefined) shown.push({ label, certificate });
    }
    return shown;
  }

  async readPinState(): Promise<DriverPinState> {
    const { minimumLength, maximumLength } = pinFormat;
    this.#pinReference = await this.#discover();
    const { status } = await this.#send({ cla: 0, ins: 0x20, p1: 0, p2: this.#pinReference });
    // 9000: somebody verified the PIN already and the card does not tell its counter. One is what is certain.
    const triesLeft = status === success ? 1 : triesLeftByStatus(status);
    if (triesLeft === undefined) throw refusal(status, "PIN state");
    return { triesLeft, minimumLength, maximumLength, canUnblock: true };
  }

  async verifyPin(pin: PinSource): Promise<void> {
    await verifyPin(this.#transport, this.#pin, pin);
  }

  /** SP 800-73-4 part 2, 3.2.1: VERIFY with P1 = FF sets the security status back. Cards of older versions refuse it. */
  async forgetPin(): Promise<boolean> {
    const { status } = await this.#send({ cla: 0, ins: 0x20, p1: 0xff, p2: this.#pinReference });
    return status === success;
  }

  async changePin(pin: Uint8Array, newPin: Uint8Array): Promise<void> {
    await changePin(this.#transport, this.#pin, pin, newPin);
  }

  async unblockPin(unblockingCode: Uint8Array, newPin: Uint8Array): Promise<void> {
    await unblockPin(this.#transport, this.#pin, [pinFormat, unblockingCode], newPin);
  }

  async sign(key: CardKey, algorithm: KeyAlgorithm, digest: Uint8Array): Promise<Uint8Array> {
    const { identifier, size } = pivAlgorithms[algorithm];
    const rsa = algorithm === "rsa-2048" || algorithm === "rsa-3072";
    const input = rsa ? pkcs1SignatureBlock(digest, size) : digest;
    const data = writeDataObject(0x7c, writeDataObject(0x82), writeDataObject(0x81, input));
    const answer = await this.#send({
      cla: 0,
      ins: 0x87,
      p1: identifier,
      p2: pivKeys[key].reference,
      data,
      expected: this.#all,
    });
    if (answer.status !== success) throw refusal(answer.status, "GENERAL AUTHENTICATE");
    const template = findValue(readDataObjects(answer.data), 0x7c);
    const signature = template === undefined ? undefined : findValue(readDataObjects(template), 0x82);
    if (signature === undefined) throw new Failure("card-answer-malformed", { detail: "success without a signature" });
    if (!rsa) return joseSignature(signature, size);
    if (signature.length !== size)
      throw new Failure("card-answer-malformed", { detail: "signature of another length" });
    return signature;
  }

  /** The application property template (61) tells a PIV application from a card that says yes to everything. */
  async #select(): Promise<boolean> {
    const answer = await this.#send({ cla: 0, ins: 0xa4, p1: 4, p2: 0, data: pivApplication, expected: 256 });
    return answer.status === success && answer.data[0] === 0x61;
  }

  async #fetchCertificate(name: Uint8Array): Promise<Uint8Array | undefined> {
    const object = await this.#getData(name, 0x53);
    if (object === undefined) return undefined;
    const fields = readDataObjects(object);
    const certificate = findValue(fields, 0x70);
    const isCompressed = ((findValue(fields, 0x71)?.[0] ?? 0) & 1) !== 0;
    if (certificate === undefined || !isCompressed) return certificate;
    try {
      return this.#services.gunzip(certificate, longestCertificate);
    } catch (error) {
      throw new Failure("card-answer-malformed", { detail: "compressed certificate", cause: error });
    }
  }

  get #pin(): PinReference {
    return { cla: 0, reference: this.#pinReference, format: pinFormat };
  }

  /** The PIN that the card prefers: its own, or the global one where the discovery object says so. */
  async #discover(): Promise<number> {
    const discovery = await this.#keep("discovery", () => this.#getData(discoveryObject, 0x7e));
    const policy = discovery === undefined ? undefined : findValue(readDataObjects(discovery), 0x5f2f);
    const [allowed = 0, preferred = 0] = policy ?? new Uint8Array();
    return (allowed & 0x20) !== 0 && preferred === 0x20 ? globalPinReference : pivPinReference;
  }

  /** What this chip showed before, or shows now. That it has no such object is asked each time. */
  async #keep(name: string, read: () => Promise<Uint8Array | undefined>): Promise<Uint8Array | undefined> {
    const { objects } = this.#services;
    const known = this.#cardId === undefined ? undefined : objects.recall(this.#cardId, name);
    if (known !== undefined) return known;
    const content = await read();
    if (this.#cardId !== undefined && content !== undefined) objects.keep(this.#cardId, name, content);
    return content;
  }

  get #all(): number {
    return this.#extended ? 65_536 : 256;
  }

  #send(command: CardCommand): Promise<CardAnswer> {
    const long = (command.data?.length ?? 0) > 255 || (command.expected ?? 0) > 256;
    return exchange(this.#transport, command, this.#extended && long);
  }

  /** The value of an object's outer tag; `undefined` where the card has none, or an empty one. */
  async #getData(tag: Uint8Array, outer: number): Promise<Uint8Array | undefined> {
    const data = writeDataObject(0x5c, tag);
    const answer = await this.#send({ cla: 0, ins: 0xcb, p1: 0x3f, p2: 0xff, data, expected: this.#all });
    if (answer.status === fileNotFound) return undefined;
    if (answer.status !== success) throw refusal(answer.status, "GET DATA");
    const content = findValue(readDataObjects(answer.data), outer);
    if (content === undefined) throw new Failure("card-answer-malformed", { detail: "GET DATA without its object" });
    return content.length === 0 ? undefined : content;
  }
}

/** The GUID of the holder's unique identifier (CHUID) where it has one, otherwise its FASC-N. */
function cardIdIn(fields: readonly DataObject[]): string | undefined {
  const guid = toHex(findValue(fields, 0x34) ?? new Uint8Array());
  if (guid.length === emptyGuid.length && guid !== emptyGuid) return `piv:${guid}`;
  const fascN = findValue(fields, 0x30);
  return fascN === undefined ? undefined : `piv:${toHex(fascN)}`;
}
