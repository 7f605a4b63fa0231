import { concatBytes } from "../../../core/bytes/bytes.ts";
import { fromHex } from "../../../core/bytes/hex.ts";
import type { DemonstrationKeys } from "../authority/demonstration-authority.ts";
import type { DemonstrationCard } from "../authority/demonstration-cards.ts";
import { CardPin } from "./files/card-pin.ts";
import { FileCard } from "./files/file-card.ts";
import { file, folder } from "./files/file-tree.ts";
import {
  directoryAt,
  writeCertificateEntry,
  writeKeyEntry,
  writePasswordEntry,
  writeTokenInformation,
} from "./files/write-directory.ts";
import type { PullMoment, SimulatedCard } from "./simulated-card.ts";

export const cps4Atr: Uint8Array = bytes("3b9b188001001225006480040100009044");

const application = "8025000001ff0100";
const path = "3f000100";
const text = new TextEncoder();

/**
 * The fourth generation of the French health professionals' card as far as it is known: on channel 0 the second generation's
 * volet, on channel 1, which has to be opened, an application whose key deciphers.
 */
export class Cps4Card implements SimulatedCard {
  readonly #chip: FileCard;
  #isOpen = false;

  constructor(chip: FileCard) {
    this.#chip = chip;
  }

  get triesLeft(): number {
    return this.#chip.triesLeft;
  }

  reset(): void {
    this.#isOpen = false;
    this.#chip.reset();
  }

  block(): void {
    this.#chip.block();
  }

  asksFor(command: Uint8Array): PullMoment | undefined {
    return this.#chip.asksFor(command);
  }

  answer(command: Uint8Array): Uint8Array {
    const [cla = 0, ins, p1, p2] = command;
    if (cla === 0xa0) return volet(command);
    if (ins === 0x70 && cla === 0) {
      this.#isOpen = p1 === 0 && p2 === 1;
      return status(this.#isOpen ? 0x9000 : 0x6a86);
    }
    if ((cla & 0x03) !== 1) return status(ins === 0xa4 ? 0x6a82 : 0x6e00);
    if (!this.#isOpen) return status(0x6881);
    return this.#chip.answer(Uint8Array.from([cla & 0xfc, ...command.subarray(1)]));
  }
}

/** The older volet knows SELECT by file identifier, and answers 9Fxx. */
function volet(command: Uint8Array): Uint8Array {
  if (command[1] !== 0xa4) return status(0x6d00);
  const known = command[5] === 0x3f || command[5] === 0x7f || command[5] === 0x40;
  return status(known ? 0x9f0f : 0x9404);
}

export function makeCps4(card: DemonstrationCard, keys: DemonstrationKeys): Cps4Card {
  const pin = new CardPin(0x01, text.encode(card.pin), text.encode(card.unblockingCode));
  const { certificate, key } = keys.authentication;
  const id = `${application}20`;
  const files = [
    file(
      0x5031,
      concatBytes(directoryAt(0, `${path}4401`), directoryAt(4, `${path}4404`), directoryAt(8, `${path}4408`)),
    ),
    file(0x5032, writeTokenInformation(bytes(card.chip.slice(-8)), "NXP", "ChipDoc", 0)),
    file(
      0x4401,
      writeKeyEntry({
        label: "CPS_PRIV_AUT",
        id,
        kind: "rsa",
        reference: 0x20,
        pin: "01",
        usage: [1, 2],
        path,
        bits: 2048,
      }),
    ),
    file(0x4404, writeCertificateEntry("Certificat d'Authentification CPS", id, `${path}4420`, certificate.length)),
    file(
      0x4408,
      writePasswordEntry({
        label: "CPS_PIN",
        id: "01",
        reference: 0x01,
        flags: [0, 4],
        type: 1,
        minimum: 4,
        stored: 4,
        maximum: 4,
      }),
    ),
    file(0x4420, certificate),
  ];
  return new Cps4Card(
    new FileCard({
      protocol: "T=1",
      master: folder(0x3f00, [folder(0x0100, files, bytes(application))]),
      pin,
      keys: [{ reference: 0x20, key, pin, signsBy: "decipher", algorithm: undefined }],
      changesBy: "verify-then-new",
    }),
  );
}

const status = (word: number) => Uint8Array.of(word >> 8, word & 0xff);

function bytes(hex: string): Uint8Array {
  const read = fromHex(hex);
  if (read === undefined) throw new Error(`not hexadecimal: ${hex}`);
  return read;
}
