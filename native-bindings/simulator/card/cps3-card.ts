import { concatBytes } from "../../../core/bytes/bytes.ts";
import { fromHex, toHex } from "../../../core/bytes/hex.ts";
import type { DemonstrationKeys } from "../authority/demonstration-authority.ts";
import type { DemonstrationCard } from "../authority/demonstration-cards.ts";
import { CardPin } from "./files/card-pin.ts";
import { FileCard } from "./files/file-card.ts";
import { file, folder } from "./files/file-tree.ts";
import { iccNumberFile } from "./files/icc-number.ts";
import {
  directoryAt,
  writeApplicationTemplate,
  writeCertificateEntry,
  writeKeyEntry,
  writePasswordEntry,
  writeTokenInformation,
} from "./files/write-directory.ts";

/** IAS ECC cards as the third generation of the French health professionals' card shows itself, in contact and without. */

export const cps3Atr: Uint8Array = bytes("3bac00402a001225006480000310009000");
export const cps3ContactlessAtr: Uint8Array = bytes("3b8f80010031b86404b0ecc1739401808290000e");

const rootName = "8025000001ff0100";
const contactApplication = "e828bd080f8025000001ff0010";
const contactlessApplication = "e828bd080f8025000001ff0020";
const pinId = "01";
const rsaPkcs = 0x02;
const text = new TextEncoder();
/** EF.ATR as a real card shows it: its first byte is no data object. */
const answerToResetFile = bytes(
  "804301b8460404b0ecc147039401804f088025000001ff0100e0100202010402020104020201000202010078080606" +
    "2b8122f8780282029000",
);

export function makeCps3(card: DemonstrationCard, keys: DemonstrationKeys): FileCard {
  const pin = new CardPin(0x01, text.encode(card.pin), text.encode(card.unblockingCode));
  const { certificate, key } = keys.authentication;
  const id = `${contactApplication}02`;
  const application = folder(
    0x0001,
    [
      file(
        0x5031,
        concatBytes(directoryAt(0, "3f0000017002"), directoryAt(4, "3f0000017003"), directoryAt(8, "3f0000017004")),
      ),
      file(0x5032, writeTokenInformation(serialOf(card), "ASIP", "IAS ECC", rsaPkcs)),
      // Readable in contact only: software tells the two interfaces apart by it.
      file(0x7001, Uint8Array.of(0)),
      file(
        0x7002,
        filled(
          writeKeyEntry({
            label: "CPS_PRIV_AUT",
            id,
            kind: "rsa",
            reference: 0x82,
            pin: pinId,
            usage: [1, 2],
            path: "3f000001",
            bits: 2048,
            algorithm: 1,
          }),
        ),
      ),
      file(
        0x7003,
        filled(writeCertificateEntry("Certificat d'Authentification CPS", id, "3f0000017010", certificate.length)),
      ),
      file(
        0x7004,
        filled(
          writePasswordEntry({
            label: "CPS_PIN",
            id: pinId,
            reference: 0x01,
            flags: [0, 4],
            type: 1,
            minimum: 4,
            stored: 4,
            maximum: 4,
            path: "3f00",
          }),
        ),
      ),
      file(0x7010, certificate),
    ],
    bytes(contactApplication),
  );
  return new FileCard({
    protocol: "T=0",
    master: master(card, application, contactApplication),
    pin,
    keys: [{ reference: 0x82, key, pin, signsBy: "internal-authenticate", algorithm: rsaPkcs }],
    securityData: wanted => securityData(toHex(wanted), pin),
  });
}

/** The same chip by its antenna: the technical key alone, which signs without PIN. */
export function makeCps3Contactless(card: DemonstrationCard, keys: DemonstrationKeys): FileCard {
  const { certificate, key } = keys.presence;
  const id = `${contactlessApplication}03`;
  const application = folder(
    0x0002,
    [
      file(0x5031, concatBytes(directoryAt(0, "3f0000027002"), directoryAt(4, "3f0000027003"))),
      file(0x5032, writeTokenInformation(serialOf(card), "ASIP", "IAS ECC", rsaPkcs)),
      file(
        0x7002,
        filled(
          writeKeyEntry({
            label: "CPS_PRIV_TECH_AUT",
            id,
            kind: "rsa",
            reference: 0x83,
            usage: [2],
            path: "3f000002",
            bits: 2048,
            algorithm: 1,
          }),
        ),
      ),
      file(0x7003, filled(writeCertificateEntry("Certificat Technique CPS", id, "3f0000027010", certificate.length))),
      file(0x7010, certificate),
    ],
    bytes(contactlessApplication),
  );
  return new FileCard({
    protocol: "T=1",
    master: master(card, application, contactlessApplication),
    pin: undefined,
    keys: [{ reference: 0x83, key, signsBy: "internal-authenticate", algorithm: rsaPkcs }],
  });
}

function master(card: DemonstrationCard, application: ReturnType<typeof folder>, identifier: string) {
  const path = application.id === 1 ? "3f000001" : "3f000002";
  return folder(
    0x3f00,
    [
      file(0x2f00, writeApplicationTemplate(identifier, "CPS", path)),
      file(0x2f01, answerToResetFile),
      file(0xd003, iccNumberFile(card.chip.slice(-8))),
      application,
    ],
    bytes(rootName),
  );
}

/** What IAS ECC answers of security data objects: a PIN's rules and counters, a key's access rules; public parts of keys never. */
function securityData(wanted: string, pin: CardPin): Uint8Array | number | undefined {
  switch (wanted) {
    case "4d087006bf810102a080":
      return bytes(`7016bf810112a0109a01039b01${toHex(Uint8Array.of(pin.triesLeft))}a1088c06f3000013ff00`);
    case "4d097007bf8101037f4180":
      return bytes("700dbf8101097f4106800108810104");
    default:
      if (wanted.endsWith("7f4880")) return 0x6a80;
      return /^4d087006bf90..02a080$/.test(wanted)
        ? bytes(`7014bf90${wanted.slice(12, 14)}10a00e800208008c08ff00000000000000`)
        : undefined;
  }
}

/** A directory file of fixed size, filled up. */
function filled(...entries: readonly Uint8Array[]): Uint8Array {
  const content = concatBytes(...entries);
  return concatBytes(content, new Uint8Array(32));
}

function serialOf(card: DemonstrationCard): Uint8Array {
  return bytes(card.chip.slice(-8));
}

function bytes(hex: string): Uint8Array {
  const read = fromHex(hex);
  if (read === undefined) throw new Error(`not hexadecimal: ${hex}`);
  return read;
}
