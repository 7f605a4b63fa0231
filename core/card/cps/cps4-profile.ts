import { fromHex } from "../../bytes/hex.ts";
import { type CardProfile, matchesAtr } from "../pkcs15/card-profile.ts";

const atrs = [
  "3b 9b 18 80 01 00 12 25 00 64 80 04 01 00 00 90 44",
  "3b 9b 18 80 01 00 12 25 00 64 80 00 04 01 00 90 44",
  "3b dc 18 ff 00 00 12 25 00 64 80 00 04 01 00 90 00",
];

/**
 * The French health professionals' fourth card (NXP ChipDoc) in a contact reader (source: ANS Cryptolib): its application on
 * logical channel 1, beside the older one on channel 0; the authentication key deciphers a block that is padded here.
 * Uncertain until a physical card was tried: that it describes itself by ISO/IEC 7816-15, that DECIPHER takes the block without
 * a padding indicator, and the unblocking code's form.
 */
export const cps4: CardProfile = {
  family: "cps4",
  recognises: atr => atrs.some(pattern => matchesAtr(atr, pattern)),
  hasAnyAtr: false,
  mustShowDirectory: false,
  applications: [fromHex("8025000001ff0100") ?? new Uint8Array()],
  channel: 1,
  chipNumber: "token-information",
  files: { pathsKeepMaster: false, selectP2: 0x0c, mostRead: 0xe7, extendedLength: false },
  namesDirectoryShortly: false,
  triesBy: "empty-verify",
  signsBy: "decipher",
  changesBy: "verify-then-new",
  algorithms: { rsa: 0x00, ec: 0x00 },
  unblockingCode: { encoding: "ascii", minimumLength: 8, maximumLength: 8, storedLength: undefined, padding: 0xff },
};
