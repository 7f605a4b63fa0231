import { expect, test } from "vitest";
import { toHex } from "../../../../../core/bytes/hex.ts";
import type { PinFormat } from "../../../../../core/card/pin/pin-format.ts";
import { pinVerifyStructure } from "../../../../../core/card/pin/pin-verify-structure.ts";

const head = { cla: 0, ins: 0x20, p1: 0, p2: 0x80 };
const ascii: PinFormat = { encoding: "ascii", minimumLength: 6, maximumLength: 8, storedLength: 8, padding: 0xff };

// Time-outs, format string, block string, length format, most and least digits, validation, message, then zeros and the length.
test.each([
  ["eight bytes of ASCII", ascii, "1e0f 82 08 00 08 06 02 ff 0000 00 000000 0d000000 0020008008 ffffffffffffffff"],
  [
    "ASCII as long as it is typed",
    { ...ascii, minimumLength: 4, storedLength: undefined },
    "1e0f 82 00 00 08 04 02 ff 0000 00 000000 05000000 0020008000",
  ],
  [
    "BCD",
    { ...ascii, encoding: "bcd", storedLength: 4 },
    "1e0f 81 04 00 08 06 02 ff 0000 00 000000 09000000 0020008004 ffffffff",
  ],
  [
    "ISO 9564-1 format 2: a length of four bits at the fourth, the digits from the second byte",
    { ...ascii, encoding: "iso-9564-2", storedLength: undefined },
    "1e0f 89 47 04 08 06 02 ff 0000 00 000000 0d000000 0020008008 20ffffffffffffff",
  ],
] satisfies [string, PinFormat, string][])("%s", (_, format, structure) => {
  expect(toHex(pinVerifyStructure({ ...head, format }))).toBe(structure.replaceAll(" ", ""));
});
