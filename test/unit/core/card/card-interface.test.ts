import { expect, test } from "vitest";
import { fromHex } from "../../../../core/bytes/hex.ts";
import { interfaceOf } from "../../../../core/card/card-interface.ts";

test.each([
  ["3b8f80010031b86404b0ecc1739401808290000e", "contactless"],
  ["3b8880015000ff11778300", "contactless"],
  ["3bac00402a001225006480000310009000", "contact"],
  // Interface bytes 80 01 without the form that a contactless reader makes.
  ["3b9b188001001225006480040100009044", "contact"],
  ["3f8f8001", "contact"],
  ["3b", "contact"],
  ["", "contact"],
])("%s: %s", (atr, expected) => {
  expect(interfaceOf(fromHex(atr) ?? new Uint8Array())).toBe(expected);
});
