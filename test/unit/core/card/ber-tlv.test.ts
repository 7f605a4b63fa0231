import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromHex, toHex } from "../../../../core/bytes/hex.ts";
import { findValue, readDataObjects, readLeadingObjects, writeDataObject } from "../../../../core/card/ber-tlv.ts";
import { Failure } from "../../../../core/errors/failure.ts";

const hex = (text: string) => fromHex(text) ?? new Uint8Array();

/** Tags that ISO 7816-4 can write in one, two or three bytes. */
const tags = fc.oneof(
  fc.integer({ min: 0, max: 0xff }).filter(tag => (tag & 0x1f) !== 0x1f),
  fc.integer({ min: 0, max: 0x7f }).map(low => 0x5f00 | low),
  fc
    .tuple(fc.integer({ min: 0x80, max: 0xff }), fc.integer({ min: 0, max: 0x7f }))
    .map(([a, b]) => 0x7f0000 | (a << 8) | b),
);

describe("data objects", () => {
  test("what is written is read", () => {
    const objects = fc.array(fc.record({ tag: tags, value: fc.uint8Array({ maxLength: 300 }) }), { maxLength: 6 });
    fc.assert(
      fc.property(objects, list => {
        const bytes = Buffer.concat(list.map(({ tag, value }) => writeDataObject(tag, value)));
        const read = readDataObjects(new Uint8Array(bytes));
        expect(read.map(({ tag, value }) => ({ tag, value: Uint8Array.from(value) }))).toEqual(list);
      }),
    );
  });

  test("lengths take the shortest form at every border", () => {
    const head = (length: number) => [...writeDataObject(0x53, new Uint8Array(length)).subarray(0, 5)];
    expect(head(0x7f).slice(0, 2)).toEqual([0x53, 0x7f]);
    expect(head(0x80).slice(0, 3)).toEqual([0x53, 0x81, 0x80]);
    expect(head(0xff).slice(0, 3)).toEqual([0x53, 0x81, 0xff]);
    expect(head(0x100).slice(0, 4)).toEqual([0x53, 0x82, 0x01, 0x00]);
    expect(head(0x10000).slice(0, 5)).toEqual([0x53, 0x83, 0x01, 0x00, 0x00]);
    expect(readDataObjects(writeDataObject(0x53, new Uint8Array(0x10000)))[0]?.value.length).toBe(0x10000);
  });

  test("garbage is refused by card-answer-malformed, and by nothing else", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), bytes => {
        try {
          readDataObjects(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(Failure);
          expect(error).toMatchObject({ code: "card-answer-malformed" });
        }
      }),
      { numRuns: 5_000 },
    );
  });

  test.each([
    ["a tag without length", "53"],
    ["a value cut short", "5303 0102"],
    ["an indefinite length", "5380 0000"],
    ["a length of four bytes", "5384 00000001 00"],
    ["a length cut short", "5382 01"],
    ["a tag cut short", "5f"],
    ["a tag of four bytes", "7f818101 00"],
    ["a length of almost 16 MB", "5383 ffffff 00"],
    ["a second object cut short", "5300 5401"],
  ])("%s is refused", (_, text) => {
    expect(() => readDataObjects(hex(text))).toThrow(Failure);
  });

  test.each([
    ["3402aabb 3e820bb8 cc", { 52: "aabb", 62: "cc" }],
    ["3402aabb 3e", { 52: "aabb" }],
    ["3402aabb 3e82", { 52: "aabb" }],
    ["3402aabb 3e80 cc", { 52: "aabb" }],
    ["", {}],
  ])("of the beginning %s, what is there is read", (start, expected) => {
    const read = readLeadingObjects(fromHex(start.replaceAll(" ", "")) ?? new Uint8Array());
    expect(Object.fromEntries(read.map(({ tag, value }) => [tag, toHex(value)]))).toEqual(expected);
  });

  test("the first with a tag is found, and none with another", () => {
    const objects = readDataObjects(hex("700101 700102 5f2f0103"));
    expect(findValue(objects, 0x70)).toEqual(Uint8Array.of(1));
    expect(findValue(objects, 0x5f2f)).toEqual(Uint8Array.of(3));
    expect(findValue(objects, 0x71)).toBeUndefined();
  });
});
