import { expect, test } from "vitest";
import { fromHex } from "../../../../../core/bytes/hex.ts";
import { readerFeature, readReaderFeatures } from "../../../../../core/card/pin/reader-features.ts";

const read = (hex: string) => [...readReaderFeatures(fromHex(hex) ?? new Uint8Array())];

test("each feature has its control code, big-endian", () => {
  expect(read("0604 42330006 0704 42330007")).toEqual([
    [readerFeature.verifyPinDirect, 0x42330006],
    [readerFeature.modifyPinDirect, 0x42330007],
  ]);
});

test.each([
  ["nothing", ""],
  ["a list cut short", "0604 423300"],
  ["another length", "0602 4233 0000"],
])("%s announces nothing", (_, hex) => {
  expect(read(hex)).toEqual([]);
});

test("what follows an entry that makes no sense is not used", () => {
  expect(read("1204 42330012 0605 42330006 00")).toEqual([[0x12, 0x42330012]]);
});
