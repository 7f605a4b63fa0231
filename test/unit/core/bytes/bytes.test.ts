import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromBase64, fromBase64Url, toBase64, toBase64Url } from "../../../../core/bytes/base64.ts";
import { concatBytes, equalBytes } from "../../../../core/bytes/bytes.ts";
import { fromHex, toHex } from "../../../../core/bytes/hex.ts";

const someBytes = fc.uint8Array({ maxLength: 200 });

describe("base64", () => {
  test("is what Buffer writes, and comes back", () => {
    fc.assert(
      fc.property(someBytes, bytes => {
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
        expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString("base64url"));
        expect(fromBase64(toBase64(bytes))).toEqual(bytes);
        expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
      }),
    );
  });

  test("any text is either the one text of its bytes or refused", () => {
    const letters = fc.constantFrom(..."ABCxyz019+/-_= \né😀");
    fc.assert(
      fc.property(fc.string({ unit: letters, maxLength: 12 }), text => {
        const url = fromBase64Url(text);
        if (url !== undefined) expect(toBase64Url(url)).toBe(text);
        const plain = fromBase64(text);
        if (plain !== undefined) expect(toBase64(plain)).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each(["A", "AB==", "AA=", "Zm9v\n", "Zm9v Zm9v", "Zm+v", "Zg"])(
    "base64url refuses %j or reads it whole",
    text => {
      const read = fromBase64Url(text);
      expect(read === undefined || toBase64Url(read) === text).toBe(true);
      if (text !== "Zg") expect(read).toBeUndefined();
    },
  );

  test.each(["Zg", "Zh==", "Zg=", "Zm8", "Zm-v", "====", "Z===", "=AAA"])("base64 refuses %j", text => {
    expect(fromBase64(text)).toBeUndefined();
  });

  test("base64 of RFC 4648 section 10", () => {
    const text = (value: string) => toBase64(new TextEncoder().encode(value));
    expect(["", "f", "fo", "foo", "foob", "fooba", "foobar"].map(text)).toEqual([
      "",
      "Zg==",
      "Zm8=",
      "Zm9v",
      "Zm9vYg==",
      "Zm9vYmE=",
      "Zm9vYmFy",
    ]);
  });
});

describe("hexadecimal", () => {
  test("is what Buffer writes, and comes back in either case and with blanks", () => {
    fc.assert(
      fc.property(someBytes, bytes => {
        const text = toHex(bytes);
        expect(text).toBe(Buffer.from(bytes).toString("hex"));
        expect(fromHex(text.toUpperCase())).toEqual(bytes);
        expect(fromHex(text.replaceAll(/../g, "$& "))).toEqual(bytes);
      }),
    );
  });

  test.each(["0", "0g", "0x00", "é0", "00-00"])("refuses %j", text => {
    expect(fromHex(text)).toBeUndefined();
  });
});

describe("bytes", () => {
  test("joined bytes are new memory", () => {
    const part = Uint8Array.of(1, 2);
    const whole = concatBytes(part, new Uint8Array(), Uint8Array.of(3));
    part[0] = 9;
    expect([...whole]).toEqual([1, 2, 3]);
  });

  test("equal means same length and same bytes", () => {
    fc.assert(
      fc.property(someBytes, someBytes, (a, b) => {
        expect(equalBytes(a, b)).toBe(Buffer.from(a).equals(Buffer.from(b)));
        expect(equalBytes(a, a.slice())).toBe(true);
      }),
    );
    expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1))).toBe(false);
    expect(equalBytes(Uint8Array.of(1), Uint8Array.of(1, 2))).toBe(false);
  });
});
