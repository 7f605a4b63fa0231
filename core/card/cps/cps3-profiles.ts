import { fromHex } from "../../bytes/hex.ts";
import { type CardProfile, matchesAtr } from "../pkcs15/card-profile.ts";

const bytes = (hex: string) => fromHex(hex) ?? new Uint8Array();

/** IAS ECC as the French health professionals' third card speaks it (sources: ANS Cryptolib, OpenSC card-iasecc.c). */
const common = {
  hasAnyAtr: false,
  mustShowDirectory: false,
  chipNumber: { path: bytes("3f00d003"), index: 0, length: 12 },
  files: { pathsKeepMaster: true, selectP2: 0x04, mostRead: 0xe7, extendedLength: false },
  namesDirectoryShortly: false,
  triesBy: "security-data-object",
  signsBy: "internal-authenticate",
  changesBy: "old-and-new",
  algorithms: { rsa: 0x02, ec: 0x00 },
  // Eight digits on the letter that comes with the card.
  unblockingCode: { encoding: "ascii", minimumLength: 8, maximumLength: 8, storedLength: undefined, padding: 0xff },
} as const satisfies Partial<CardProfile>;

/** In a contact reader: T=0, everything behind the PIN. */
export const cps3Contact: CardProfile = {
  ...common,
  family: "cps3",
  recognises: atr => matchesAtr(atr, "3b .. .. .. .. .. 12 25 00 64 80 .. .. .. 00 90 00"),
  applications: [bytes("e828bd080f8025000001ff0010")],
};

/** On a contactless reader: the technical key alone, which needs no PIN. */
export const cps3Contactless: CardProfile = {
  ...common,
  family: "cps3-contactless",
  recognises: atr => matchesAtr(atr, "3b 8f 80 01 00 31 b8 64 .. .. ec .. 73 94 01 80 82 90 00 0e"),
  applications: [bytes("e828bd080f8025000001ff0020")],
};
