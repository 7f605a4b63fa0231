import * as asn1js from "asn1js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toHex } from "../../../../core/bytes/hex.ts";
import { DerReader, membersOf } from "../../../../core/certificate/der-reader.ts";
import {
  readBoolean,
  readInteger,
  readNamedBits,
  readObjectIdentifier,
  readSmallInteger,
  readString,
  readTime,
} from "../../../../core/certificate/der-values.ts";
import {
  bitString,
  boolean,
  der,
  explicit,
  implicit,
  integer,
  namedBits,
  nothing,
  objectIdentifier,
  octetString,
  printableString,
  sequence,
  setOf,
  time,
  utf8String,
} from "../../../../core/x509/der-writer.ts";

/** What asn1js, which knows nothing of ours, reads. */
function foreign<Type extends asn1js.AsnType>(
  bytes: Uint8Array<ArrayBuffer>,
  type: new (...words: never[]) => Type,
): Type {
  const { result, offset } = asn1js.fromBER(bytes);
  expect(offset).toBe(bytes.length);
  expect(result).toBeInstanceOf(type);
  return result as Type;
}
const single = (bytes: Uint8Array) => DerReader.single(bytes);
const oids = fc
  .tuple(
    fc.integer({ min: 0, max: 2 }),
    fc.integer({ min: 0, max: 39 }),
    fc.array(fc.integer({ min: 0, max: 2 ** 31 }), { maxLength: 6 }),
  )
  .map(([first, second, rest]) => [first, second, ...rest].join("."));

describe("the writer, read by asn1js and by our own reader", () => {
  test("integers", () => {
    fc.assert(
      fc.property(fc.nat(), value => {
        expect(foreign(integer(value), asn1js.Integer).toBigInt()).toBe(BigInt(value));
        expect(readSmallInteger(single(integer(value)))).toBe(value);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 20 }), magnitude => {
        const wanted = BigInt(`0x${toHex(magnitude)}`);
        expect(foreign(integer(magnitude), asn1js.Integer).toBigInt()).toBe(wanted);
        expect(BigInt(`0x${toHex(readInteger(single(integer(magnitude))))}`)).toBe(wanted);
      }),
    );
    expect(toHex(integer(0))).toBe("020100");
    expect(toHex(integer(128))).toBe("02020080");
  });

  test("object identifiers", () => {
    fc.assert(
      fc.property(oids, dotted => {
        expect(foreign(objectIdentifier(dotted), asn1js.ObjectIdentifier).valueBlock.toString()).toBe(dotted);
        expect(readObjectIdentifier(single(objectIdentifier(dotted)))).toBe(dotted);
      }),
    );
    expect(readObjectIdentifier(single(objectIdentifier("2.999.3")))).toBe("2.999.3");
  });

  test("times, on both sides of 2050", () => {
    const moments = fc.integer({ min: Date.UTC(1950, 0, 1) / 1000, max: Date.UTC(9999, 11, 31) / 1000 });
    fc.assert(
      fc.property(moments, seconds => {
        expect(readTime(single(time(seconds * 1000)))).toBe(seconds * 1000);
      }),
    );
    const utc = foreign(time(Date.UTC(2049, 11, 31, 23, 59, 59)), asn1js.UTCTime);
    expect(utc.toDate().toISOString()).toBe("2049-12-31T23:59:59.000Z");
    const general = foreign(time(Date.UTC(2050, 0, 1)), asn1js.GeneralizedTime);
    expect(general.toDate().toISOString()).toBe("2050-01-01T00:00:00.000Z");
  });

  test("strings, booleans, nothing, octets", () => {
    expect(foreign(utf8String("Médecin"), asn1js.Utf8String).getValue()).toBe("Médecin");
    expect(foreign(printableString("FR"), asn1js.PrintableString).getValue()).toBe("FR");
    expect(readString(single(utf8String("Médecin")))).toBe("Médecin");
    for (const value of [true, false]) {
      expect(foreign(boolean(value), asn1js.Boolean).getValue()).toBe(value);
      expect(readBoolean(single(boolean(value)))).toBe(value);
    }
    foreign(nothing(), asn1js.Null);
    expect(new Uint8Array(foreign(octetString(Uint8Array.of(1, 2)), asn1js.OctetString).getValue())).toEqual(
      Uint8Array.of(1, 2),
    );
  });

  test("bit strings, named bits without their trailing zeros", () => {
    foreign(bitString(Uint8Array.of(0xa0)), asn1js.BitString);
    expect(toHex(namedBits(0))).toBe("03020780");
    expect(toHex(namedBits(5, 6))).toBe("03020106");
    expect(toHex(namedBits(8))).toBe("0303070080");
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 20 }), { minLength: 1 }), bits => {
        expect([...readNamedBits(single(namedBits(...bits)))]).toEqual([...bits].sort((a, b) => a - b));
      }),
    );
  });

  test("sets in order, sequences as given, tags of the context", () => {
    const set = setOf(integer(3), integer(1), boolean(true), integer(2));
    expect(membersOf(single(set)).map(({ whole }) => toHex(whole))).toEqual(["0101ff", "020101", "020102", "020103"]);
    const list = foreign(sequence(integer(3), integer(1)), asn1js.Sequence);
    expect(list.valueBlock.value.length).toBe(2);
    expect([...explicit(3, nothing())]).toEqual([0xa3, 2, 5, 0]);
    expect([...implicit(6, Uint8Array.of(1))]).toEqual([0x86, 1, 1]);
  });

  test.each([0, 1, 127, 128, 255, 256, 65_535, 65_536, 70_000])(
    "a content of %i bytes has the shortest length",
    length => {
      const written = der(0x04, new Uint8Array(length));
      expect(foreign(written, asn1js.OctetString).getValue().byteLength).toBe(length);
      expect(single(written).content.length).toBe(length);
    },
  );
});
