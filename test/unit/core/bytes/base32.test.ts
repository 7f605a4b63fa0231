import { expect, test } from "vitest";
import { toBase32 } from "../../../../core/bytes/base32.ts";

// RFC 4648, section 10, without padding.
test.each([
  ["", ""],
  ["f", "MY"],
  ["fo", "MZXQ"],
  ["foo", "MZXW6"],
  ["foob", "MZXW6YQ"],
  ["fooba", "MZXW6YTB"],
  ["foobar", "MZXW6YTBOI"],
])("“%s” is %s", (text, base32) => expect(toBase32(new TextEncoder().encode(text))).toBe(base32));

test("every value of five bits has its sign", () => {
  expect(toBase32(Uint8Array.of(0x00, 0x44, 0x32, 0x14, 0xc7, 0x42, 0x54, 0xb6, 0x35, 0xcf))).toBe("ABCDEFGHIJKLMNOP");
  expect(toBase32(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff))).toBe("77777777");
});
