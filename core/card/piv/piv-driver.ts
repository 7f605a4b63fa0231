import { toHex } from "../../bytes/hex.ts";
import { Failure } from "../../errors/failure.ts";
import { readCapabilities } from "../answer-to-reset.ts";
import { type DataObject, findValue, readDataObjects, writeDataObject } from "../ber-tlv.ts";
import type { CardDriver, CardKey, DriverPinState, KeyAlgorithm } from "../card-driver.ts";
import type { CardTransport } from "../card-transport.ts";
import type { CardCommand } from "../command-apdu.ts";
import { joseSignature } from "../ecdsa-signature.ts";
import { type CardAnswer, exchange } from "../exchange.ts";
import type { PinFormat } from "../pin/pin-format.ts";
import type { PinSource } from "../pin/pin-pad.ts";
import { changePin, type PinReference, triesLeftByStatus, unblockPin, verifyPin } from "../pin/present-pin.ts";
import { pkcs1SignatureBlock } from "../pkcs1-padding.ts";
import type { PublicObjects } from "../public-objects.ts";
import { refusal, success } from "../status-word.ts";
import { holderUniqueIdentifier, pivAlgorithms, pivApplication, pivKeys, pivPinReference } from "./piv-objects.ts";

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
const pivPin: PinReference = { cla: 0, reference: pivPinReference, format: pinFormat };

/** PIV cards, NIST SP 800-73-4. */
export class PivDriver implements CardDriver {
  readonly family = "piv";
  readonly #transport: CardTransport;
  readonly #extended: boolean;
  readonly #objects: PublicObjects;
  #cardId: string | undefined;

  private constructor(transport: CardTransport, objects: PublicObjects) {
    this.#transport = transport;
    this.#objects = objects;
    this.#extended = transport.protocol === "T=1" && readCapabilities(transport.atr).extendedLength;
  }

  /** Selects the PIV application; `undefined` where the card has none. */
  static async select(transport: CardTransport, objects: PublicObjects): Promise<PivDriver | undefined> {
    const driver = new PivDriver(transport, objects);
    return (await driver.#select()) ? driver : undefined;
  }

  async reselect(): Promise<void> {
    if (!(await this.#select())) throw new Failure("card-refused-command", { detail: "SELECT of the PIV application" });
  }

  async readCardId(): Promise<string | undefined> {
    const chuid = await this.#getData(holderUniqueIdentifier);
    this.#cardId = chuid === undefined ? undefined : cardIdIn(readDataObjects(chuid));
    return this.#cardId;
  }

  async readCertificate(key: CardKey): Promise<Uint8Array | undefined> {
    const known = this.#cardId === undefined ? undefined : this.#objects.recall(this.#cardId, key);
    if (known !== undefined) return known;
    const certificate = await this.#fetchCertificate(key);
    if (this.#cardId !== undefined && certificate !== undefined) this.#objects.keep(this.#cardId, key, certificate);
    return certificate;
  }

  async readPinState(): Promise<DriverPinState> {
    const { minimumLength, maximumLength } = pinFormat;
    const { status } = await this.#send({ cla: 0, ins: 0x20, p1: 0, p2: pivPinReference });
    // 9000: somebody verified the PIN already and the card does not tell its counter. One is what is certain.
    const triesLeft = status === success ? 1 : triesLeftByStatus(status);
    if (triesLeft === undefined) throw refusal(status, "PIN state");
    return { triesLeft, minimumLength, maximumLength, canUnblock: true };
  }

  async verifyPin(pin: PinSource): Promise<void> {
    await verifyPin(this.#transport, pivPin, pin);
  }

  /** SP 800-73-4 part 2, 3.2.1: VERIFY with P1 = FF sets the security status back. Cards of older versions refuse it. */
  async forgetPin(): Promise<boolean> {
    const { status } = await this.#send({ cla: 0, ins: 0x20, p1: 0xff, p2: pivPinReference });
    return status === success;
  }

  async changePin(pin: Uint8Array, newPin: Uint8Array): Promise<void> {
    await changePin(this.#transport, pivPin, pin, newPin);
  }

  async unblockPin(unblockingCode: Uint8Array, newPin: Uint8Array): Promise<void> {
    await unblockPin(this.#transport, pivPin, [pinFormat, unblockingCode], newPin);
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

  async #fetchCertificate(key: CardKey): Promise<Uint8Array | undefined> {
    const object = await this.#getData(pivKeys[key].certificate);
    if (object === undefined) return undefined;
    const fields = readDataObjects(object);
    const information = findValue(fields, 0x71)?.[0] ?? 0;
    if ((information & 1) !== 0) throw new Failure("card-answer-malformed", { detail: "compressed certificate" });
    return findValue(fields, 0x70);
  }

  get #all(): number {
    return this.#extended ? 65_536 : 256;
  }

  #send(command: CardCommand): Promise<CardAnswer> {
    const long = (command.data?.length ?? 0) > 255 || (command.expected ?? 0) > 256;
    return exchange(this.#transport, command, this.#extended && long);
  }

  async #getData(tag: Uint8Array): Promise<Uint8Array | undefined> {
    const data = writeDataObject(0x5c, tag);
    const answer = await this.#send({ cla: 0, ins: 0xcb, p1: 0x3f, p2: 0xff, data, expected: this.#all });
    if (answer.status === fileNotFound) return undefined;
    if (answer.status !== success) throw refusal(answer.status, "GET DATA");
    const content = findValue(readDataObjects(answer.data), 0x53);
    if (content === undefined) throw new Failure("card-answer-malformed", { detail: "GET DATA without object 53" });
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
