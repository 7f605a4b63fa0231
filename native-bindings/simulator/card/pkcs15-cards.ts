import { concatBytes } from "../../../core/bytes/bytes.ts";
import { fromHex } from "../../../core/bytes/hex.ts";
import { writeDataObject } from "../../../core/card/ber-tlv.ts";
import { pinBlock } from "../../../core/card/pin/pin-block.ts";
import type { PinFormat } from "../../../core/card/pin/pin-format.ts";
import type { DemonstrationKeys } from "../authority/demonstration-authority.ts";
import type { DemonstrationCard } from "../authority/demonstration-cards.ts";
import { CardPin } from "./files/card-pin.ts";
import { FileCard } from "./files/file-card.ts";
import { type CardNode, file, folder } from "./files/file-tree.ts";
import {
  directoryAt,
  writeApplicationTemplate,
  writeCertificateEntry,
  writeKeyEntry,
  writePasswordEntry,
  writeTokenInformation,
} from "./files/write-directory.ts";

/** Cards that describe themselves by ISO/IEC 7816-15, each with the ATR that its family is known by. */

export const hbaAtr: Uint8Array = bytes("3bd097ff81b1fe451fc7eb");
export const cnsAtr: Uint8Array = bytes("3bff1800008131fe45006b0505912001f101434e5310318038");
/** Direct convention, T=1, no historical bytes that any family knows. */
export const generalAtr: Uint8Array = bytes("3bd611008131fe45574152444b45c2");

const pkcs15Application = "a000000063504b43532d3135";
const directoryApplication = "e828bd080fa000000167455349474e";
const signatureApplication = "a000000167455349474e";
const text = new TextEncoder();
const sign = 2;

interface Layout {
  /** Whether the directory has the short identifiers that ISO/IEC 7816-15 keeps for it. */
  readonly namesDirectoryShortly: boolean;
  readonly extendedLength: boolean;
  readonly pinReference: number;
  readonly pinFormat: PinFormat;
  readonly pinFlags: readonly number[];
  readonly pinType: 0 | 1 | 4;
  readonly keyReference: number;
  readonly algorithm: number;
  readonly codeFormat: PinFormat;
}

const padded: PinFormat = { encoding: "ascii", minimumLength: 5, maximumLength: 8, storedLength: 8, padding: 0xff };
const block: PinFormat = {
  encoding: "iso-9564-2",
  minimumLength: 6,
  maximumLength: 8,
  storedLength: 8,
  padding: 0xff,
};

/** Italian services and operators' cards: PIN reference 10, five to eight digits filled up with FF. */
const italian: Layout = {
  namesDirectoryShortly: false,
  extendedLength: false,
  pinReference: 0x10,
  pinFormat: padded,
  pinFlags: [0, 4, 5],
  pinType: 1,
  keyReference: 0x01,
  algorithm: 0x02,
  codeFormat: { ...padded, minimumLength: 8 },
};

/** German health professional card: PIN.CH in a block of ISO 9564-1 format 2. */
const german: Layout = {
  namesDirectoryShortly: true,
  extendedLength: true,
  pinReference: 0x01,
  pinFormat: block,
  pinFlags: [0, 4, 5],
  pinType: 4,
  keyReference: 0x06,
  algorithm: 0x00,
  codeFormat: { ...block, minimumLength: 8 },
};

export const makeCns = (card: DemonstrationCard, keys: DemonstrationKeys) => makeSingle(card, keys, italian);
/** A key on a curve, whose algorithm goes without a reference. */
export const makeGeneral = (card: DemonstrationCard, keys: DemonstrationKeys) =>
  makeSingle(card, keys, { ...italian, algorithm: 0x00, namesDirectoryShortly: true });

/** One application that holds directory, certificate and key. */
function makeSingle(card: DemonstrationCard, keys: DemonstrationKeys, layout: Layout): FileCard {
  const application = folder(0x5015, applicationFiles(card, keys, layout, "3f005015"), bytes(pkcs15Application));
  const directory = file(0x2f00, writeApplicationTemplate(pkcs15Application, "PKCS#15", "3f005015"));
  return assemble(card, keys, layout, [directory, application]);
}

/** The directory in an application of its own, certificate and key in another; the chip's number in EF.GDO. */
export function makeHba(card: DemonstrationCard, keys: DemonstrationKeys): FileCard {
  const number = writeDataObject(0x5a, bytes(`80276${card.chip.slice(-14)}0`));
  const { certificate } = keys.authentication;
  const directory = applicationFiles(card, keys, german, "3f00a101", "3f00a000c506");
  return assemble(card, keys, german, [
    file(0x2f02, number, 0x02),
    folder(0xa101, directory, bytes(directoryApplication)),
    folder(0xa000, [file(0xc506, certificate, 0x06)], bytes(signatureApplication)),
  ]);
}

function applicationFiles(
  card: DemonstrationCard,
  keys: DemonstrationKeys,
  layout: Layout,
  path: string,
  certificatePath = `${path}4301`,
): CardNode[] {
  const { certificate, key } = keys.authentication;
  const isRsa = key.asymmetricKeyType === "rsa";
  const { minimumLength, maximumLength, storedLength = maximumLength, padding } = layout.pinFormat;
  const keyEntry = writeKeyEntry({
    label: "Authentication",
    id: "45",
    kind: isRsa ? "rsa" : "ec",
    reference: layout.keyReference,
    pin: "01",
    usage: [sign],
    path,
    bits: 2048,
    // Describes RSA only.
    ...(isRsa ? { algorithm: 1 } : {}),
  });
  const pinEntry = writePasswordEntry({
    label: "PIN",
    id: "01",
    reference: layout.pinReference,
    flags: layout.pinFlags,
    type: layout.pinType,
    minimum: minimumLength,
    stored: storedLength,
    maximum: maximumLength,
    padding,
  });
  const files: CardNode[] = [
    file(
      0x5031,
      concatBytes(directoryAt(0, `${path}4401`), directoryAt(4, `${path}4404`), directoryAt(8, `${path}4408`)),
      layout.namesDirectoryShortly ? 0x11 : undefined,
    ),
    file(
      0x5032,
      writeTokenInformation(bytes(card.chip.slice(-16)), "Wardkey", "Demonstration", layout.algorithm),
      layout.namesDirectoryShortly ? 0x12 : undefined,
    ),
    file(0x4401, concatBytes(keyEntry, new Uint8Array(16))),
    // Filled up with FF, as some makers do.
    file(
      0x4404,
      concatBytes(writeCertificateEntry("Authentication", "45", certificatePath, certificate.length), filling(16)),
    ),
    file(0x4408, pinEntry),
  ];
  return certificatePath.startsWith(`${path}4301`) ? [...files, file(0x4301, certificate)] : files;
}

function assemble(
  card: DemonstrationCard,
  keys: DemonstrationKeys,
  layout: Layout,
  children: readonly CardNode[],
): FileCard {
  const { pinFormat, codeFormat, keyReference, algorithm, pinReference } = layout;
  const pin = new CardPin(
    pinReference,
    pinBlock(pinFormat, text.encode(card.pin)),
    pinBlock(codeFormat, text.encode(card.unblockingCode)),
  );
  const { key } = keys.authentication;
  return new FileCard({
    protocol: "T=1",
    extendedLength: layout.extendedLength,
    master: folder(0x3f00, children),
    pin,
    keys: [{ reference: keyReference, key, pin, signsBy: "digital-signature", algorithm }],
  });
}

const filling = (length: number) => new Uint8Array(length).fill(0xff);

function bytes(hex: string): Uint8Array {
  const read = fromHex(hex);
  if (read === undefined) throw new Error(`not hexadecimal: ${hex}`);
  return read;
}
