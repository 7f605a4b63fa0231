import { fromHex } from "../../bytes/hex.ts";
import { historicalBytes } from "../answer-to-reset.ts";
import type { PinFormat } from "../pin/pin-format.ts";
import { type CardProfile, matchesAtr } from "./card-profile.ts";
import { germanHealthProfessionalLayout } from "./german-health-professional-layout.ts";

const bytes = (hex: string) => fromHex(hex) ?? new Uint8Array();
const eightDigits: PinFormat = {
  encoding: "ascii",
  minimumLength: 8,
  maximumLength: 8,
  storedLength: 8,
  padding: 0xff,
};
const usual = {
  files: { pathsKeepMaster: false, selectP2: 0x0c, mostRead: 256, extendedLength: false },
  namesDirectoryShortly: false,
  triesBy: "empty-verify",
  signsBy: "digital-signature",
  changesBy: "old-and-new",
  mustShowDirectory: false,
} as const;

/**
 * German health professional card, generation 2: directory in DF.CIA.ESIGN, keys in DF.ESIGN, PIN in format 2, extended length
 * (sources: gemSpec_COS, gemSpec_HBA_ObjSys).
 */
export const germanHealthProfessional: CardProfile = {
  ...usual,
  family: "hba",
  recognises: atr =>
    matchesAtr(atr, "3b d0 97 ff 81 b1 fe 45 1f c7 eb") || matchesAtr(atr, "3b 88 80 01 50 ff ff 11 77 83 d5 00 69"),
  hasAnyAtr: false,
  applications: [bytes("e828bd080fa000000167455349474e")],
  keyApplication: bytes("a000000167455349474e"),
  files: { ...usual.files, extendedLength: true },
  namesDirectoryShortly: true,
  // EF.GDO.
  chipNumber: { path: bytes("3f002f02"), index: 0, length: undefined, shortIdentifier: 0x02 },
  layout: germanHealthProfessionalLayout,
  algorithms: { rsa: 0x02, ec: 0x00 },
  unblockingCode: { encoding: "iso-9564-2", minimumLength: 8, maximumLength: 8, storedLength: 8, padding: 0xff },
};

/** Italian national and operators' cards: "CNS" or "HPC" in the historical bytes. */
export const italianServices: CardProfile = {
  ...usual,
  family: "cns",
  recognises: atr => {
    const text = String.fromCharCode(...historicalBytes(atr));
    return text.includes("CNS") || text.includes("HPC");
  },
  hasAnyAtr: false,
  applications: [bytes("a000000063504b43532d3135")],
  chipNumber: "token-information",
  algorithms: { rsa: 0x02, ec: 0x00 },
  unblockingCode: eightDigits,
};

/** Any other card with the PKCS#15 application. */
export const general: CardProfile = {
  ...usual,
  family: "pkcs15",
  recognises: () => false,
  hasAnyAtr: true,
  // A card that says yes to everything is none of these.
  mustShowDirectory: true,
  namesDirectoryShortly: true,
  applications: [bytes("a000000063504b43532d3135")],
  chipNumber: "token-information",
  algorithms: { rsa: 0x02, ec: 0x00 },
  unblockingCode: eightDigits,
};
