import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromHex, toHex } from "../../../../core/bytes/hex.ts";
import { historicalBytes, isContactlessAtr, readCapabilities } from "../../../../core/card/answer-to-reset.ts";
import { defaultAtr } from "../../../../native-bindings/simulator/card/default-atr.ts";

const hex = (text: string) => fromHex(text) ?? new Uint8Array();
const extended = (text: string) => readCapabilities(hex(text)).extendedLength;

describe("answer to reset", () => {
  test("historical bytes stand after all interface bytes", () => {
    expect(toHex(historicalBytes(defaultAtr))).toBe("80730021c057415244".slice(0, 18));
    // TD1 announces TD2, TD2 announces TA3 and TB3.
    expect(toHex(historicalBytes(hex("3b 82 80 31 fe 45 aa bb 00")))).toBe("aabb");
    expect(toHex(historicalBytes(hex("3b 02 aa bb")))).toBe("aabb");
  });

  test("what is no ATR has none", () => {
    expect([...historicalBytes(hex(""))]).toEqual([]);
    expect([...historicalBytes(hex("3b"))]).toEqual([]);
    expect([...historicalBytes(hex("4b 02 aa bb"))]).toEqual([]);
  });

  test("a contactless card's is made up by the reader", () => {
    expect(isContactlessAtr(hex("3b 8f 80 01 00 31 b8 64 04 b0 ec c1 73 94 01 80 82 90 00 0e"))).toBe(true);
    expect(isContactlessAtr(defaultAtr)).toBe(false);
    expect(isContactlessAtr(hex("3b 9b 18 80 01 00 12 25 00 64 80 04 01 00 90 44"))).toBe(false);
    expect(isContactlessAtr(hex("3b 8f 80 31"))).toBe(false);
    expect(isContactlessAtr(hex(""))).toBe(false);
  });

  test("extended length is bit 7 of the third capability byte", () => {
    expect(readCapabilities(defaultAtr).extendedLength).toBe(true);
    expect(extended("3b 05 80 73 00 21 c0")).toBe(true);
    expect(extended("3b 05 80 73 00 21 80")).toBe(false);
    // Another object before it.
    expect(extended("3b 07 80 31 c0 73 00 21 40")).toBe(true);
  });

  test.each([
    ["no historical bytes", "3b 00"],
    ["another category", "3b 05 00 73 00 21 c0"],
    ["capabilities of two bytes", "3b 04 80 72 00 c0"],
    ["capabilities cut short", "3b 04 80 73 00 21"],
    ["a value that looks like capabilities inside another object", "3b 06 80 54 73 00 21 c0"],
  ])("%s means no extended length", (_, text) => {
    expect(extended(text)).toBe(false);
  });

  test("garbage never throws", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), atr => typeof readCapabilities(atr).extendedLength === "boolean"),
    );
  });
});
