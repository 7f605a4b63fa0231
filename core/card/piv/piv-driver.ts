import { toHex } from "../../bytes/hex.ts";
import { Failure } from "../../errors/failure.ts";
import { readCapabilities } from "../answer-to-reset.ts";
import { findValue, readDataObjects, writeDataObject } from "../ber-tlv.ts";
import type { CardDriver, CardKey, DriverPinState, KeyAlgorithm } from "../card-driver.ts";
import type { CardTransport } from "../card-transport.ts";
import type { CardCommand } from "../command-apdu.ts";
import { joseSignature } from "../ecdsa-signature.ts";
import { type CardAnswer, exchange } from "../exchange.ts";
import { pkcs1SignatureBlock } from "../pkcs1-padding.ts";
import { refusal, success, triesLeftIn } from "../status-word.ts";
import { holderUniqueIdentifier, pivAlgorithms, pivApplication, pivKeys, pivPinReference } from "./piv-objects.ts";

const minimumLength = 6;
const maximumLength = 8;
const fileNotFound = 0x6a82;
const blocked = 0x6983;
const emptyGuid = "0".repeat(32);

/** PIV cards, NIST SP 800-73-4. */
export class PivDriver implements CardDriver {
  readonly family = "piv";
  readonly #transport: CardTransport;
  readonly #extended: boolean;

  private constructor(transport: CardTransport) {
    this.#transport = transport;
    this.#extended = transport.protocol === "T=1" && readCapabilities(transport.atr).extendedLength;
  }

  /** Selects the PIV application; `undefined` where the card has none. */
  static async select(transport: CardTransport): Promise<PivDriver | undefined> {
    const driver = new PivDriver(transport);
    const answer = await driver.#send({ cla: 0, ins: 0xa4, p1: 4, p2: 0, data: pivApplication, expected: 256 });
    // The application property template (61) tells a PIV application from a card that says yes to everything.
    if (answer.status !== success || answer.data[0] !== 0x61) return undefined;
    return driver;
  }

  async readCardId(): Promise<string | undefined> {
    const chuid = await this.#getData(holderUniqueIdentifier);
    if (chuid === undefined) return undefined;
    const fields = readDataObjects(chuid);
    const guid = toHex(findValue(fields, 0x34) ?? new Uint8Array());
    if (guid.length === emptyGuid.length && guid !== emptyGuid) return `piv:${guid}`;
    const fascN = findValue(fields, 0x30);
    return fascN === undefined ? undefined : `piv:${toHex(fascN)}`;
  }

  async readCertificate(key: CardKey): Promise<Uint8Array | undefined> {
    const object = await this.#getData(pivKeys[key].certificate);
    if (object === undefined) return undefined;
    const fields = readDataObjects(object);
    const information = findValue(fields, 0x71)?.[0] ?? 0;
    if ((information & 1) !== 0) throw new Failure("card-answer-malformed", { detail: "compressed certificate" });
    return findValue(fields, 0x70);
  }

  async readPinState(): Promise<DriverPinState> {
    const { status } = await this.#send({ cla: 0, ins: 0x20, p1: 0, p2: pivPinReference });
    const triesLeft = status === blocked ? 0 : triesLeftIn(status);
    if (triesLeft !== undefined) return { triesLeft, minimumLength, maximumLength };
    // 9000: somebody verified the PIN already and the card does not tell its counter. One is what is certain.
    if (status === success) return { triesLeft: 1, minimumLength, maximumLength };
    throw refusal(status, "PIN state");
  }

  async verifyPin(pin: Uint8Array): Promise<void> {
    await this.#present(0x20, [pin], "VERIFY");
  }

  /** SP 800-73-4 part 2, 3.2.1: VERIFY with P1 = FF sets the security status back. Cards of older versions refuse it. */
  async forgetPin(): Promise<boolean> {
    const { status } = await this.#send({ cla: 0, ins: 0x20, p1: 0xff, p2: pivPinReference });
    return status === success;
  }

  async changePin(pin: Uint8Array, newPin: Uint8Array): Promise<void> {
    await this.#present(0x24, [pin, newPin], "CHANGE REFERENCE DATA");
  }

  async unblockPin(unblockingCode: Uint8Array, newPin: Uint8Array): Promise<void> {
    await this.#present(0x2c, [unblockingCode, newPin], "RESET RETRY COUNTER");
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

  /** Sends secrets once, each padded to eight bytes, and wipes its own copy. */
  async #present(ins: number, secrets: readonly Uint8Array[], what: string): Promise<void> {
    for (const secret of secrets) {
      if (
        secret.length < minimumLength ||
        secret.length > maximumLength ||
        secret.some(byte => byte < 0x30 || byte > 0x39)
      ) {
        throw new Failure("pin-malformed");
      }
    }
    const data = new Uint8Array(secrets.length * maximumLength).fill(0xff);
    for (const [index, secret] of secrets.entries()) data.set(secret, index * maximumLength);
    const answer = await this.#send({ cla: 0, ins, p1: 0, p2: pivPinReference, data }).finally(() => data.fill(0));
    const triesLeft = triesLeftIn(answer.status);
    if (answer.status === blocked || triesLeft === 0) throw new Failure("pin-blocked", { triesLeft: 0 });
    if (triesLeft !== undefined) throw new Failure("pin-wrong", { triesLeft });
    if (answer.status !== success) throw refusal(answer.status, what);
  }
}
