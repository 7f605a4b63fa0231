import { expect, test } from "vitest";
import { toHex } from "../../../../../core/bytes/hex.ts";
import { pinBlock } from "../../../../../core/card/pin/pin-block.ts";
import type { PinFormat } from "../../../../../core/card/pin/pin-format.ts";

const digits = (text: string) => new TextEncoder().encode(text);
const ascii: PinFormat = {
  encoding: "ascii",
  minimumLength: 4,
  maximumLength: 8,
  storedLength: undefined,
  padding: 0xff,
};

test.each([
  ["ascii as it is", ascii, "1234", "31323334"],
  ["ascii filled up", { ...ascii, storedLength: 8 }, "123456", "313233343536ffff"],
  ["ascii filled with zeros", { ...ascii, storedLength: 6, padding: 0 }, "1234", "313233340000"],
  ["bcd", { ...ascii, encoding: "bcd" }, "1234", "1234"],
  ["bcd with an odd digit", { ...ascii, encoding: "bcd", storedLength: 4 }, "12345", "12345fff"],
  ["ISO 9564-1 format 2", { ...ascii, encoding: "iso-9564-2" }, "123456", "26123456ffffffff"],
  ["ISO 9564-1 format 2, odd", { ...ascii, encoding: "iso-9564-2" }, "12345", "2512345fffffffff"],
] satisfies [string, PinFormat, string, string][])("%s", (_, format, pin, block) => {
  expect(toHex(pinBlock(format, digits(pin)))).toBe(block);
});

test.each([
  ["too short", ascii, "123"],
  ["too long", ascii, "123456789"],
  ["a letter", ascii, "12a4"],
  ["nothing", ascii, ""],
  ["longer than what the card stores", { ...ascii, storedLength: 4 }, "12345"],
  ["longer than what the card stores, bcd", { ...ascii, encoding: "bcd", storedLength: 2 }, "12345"],
  ["longer than the block", { ...ascii, encoding: "iso-9564-2", maximumLength: 14 }, "1234567890123"],
] satisfies [string, PinFormat, string][])("%s is refused before the card is asked", (_, format, pin) => {
  expect(() => pinBlock(format, digits(pin))).toThrow(expect.objectContaining({ code: "pin-malformed" }));
});
