import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromHex } from "../../../../core/bytes/hex.ts";
import { readCertificate } from "../../../../core/certificate/certificate.ts";
import { readCertificateList } from "../../../../core/certificate/certificate-list.ts";
import { DerProblem, DerReader, membersOf } from "../../../../core/certificate/der-reader.ts";
import {
  readBoolean,
  readBytesOfBits,
  readInteger,
  readNamedBits,
  readObjectIdentifier,
  readSmallInteger,
  readString,
  readTime,
} from "../../../../core/certificate/der-values.ts";
import { readSignatureAlgorithm } from "../../../../core/certificate/signature-algorithm.ts";
import { der, nothing, objectIdentifier, sequence } from "../../../../core/x509/der-writer.ts";

const hex = (text: string) => fromHex(text) ?? new Uint8Array();
const single = (text: string) => DerReader.single(hex(text));
const ascii = (tag: number, text: string) => DerReader.single(der(tag, new TextEncoder().encode(text)));

describe("elements", () => {
  test("one after another, to the end", () => {
    const reader = new DerReader(hex("020101 0500 040201ff"));
    expect(reader.nextTag).toBe(0x02);
    expect(reader.optional(0x30)).toBeUndefined();
    expect(reader.optional(0x02)?.content).toEqual(Uint8Array.of(1));
    expect(() => reader.end()).toThrow(DerProblem);
    reader.read(0x05);
    expect(reader.read().whole).toEqual(hex("040201ff"));
    reader.end();
    expect(reader.nextTag).toBeUndefined();
    expect(membersOf(single("3006 020101 020102")).length).toBe(2);
  });

  test.each([
    ["nothing", ""],
    ["no length", "02"],
    ["an indefinite length", "3080 0000"],
    ["a length not in its shortest form", "04810100"],
    ["a length with a leading zero", `04820080${"00".repeat(128)}`],
    ["a length of five bytes", "04850000000001aa"],
    ["a length cut short", "048201"],
    ["a value cut short", "040201"],
    ["a length beyond everything", "0484ffffffff00"],
    ["a tag of several bytes", "1f810100"],
    ["trailing bytes", "050000"],
  ])("%s is refused", (_, text) => {
    expect(() => single(text)).toThrow(DerProblem);
  });

  test("another tag than the one wanted is refused", () => {
    expect(() => DerReader.single(hex("0500"), 0x02)).toThrow(DerProblem);
    expect(DerReader.single(hex("0500"), 0x05).content.length).toBe(0);
  });

  test("garbage gives DerProblem and nothing else", () => {
    const readers = [DerReader.single, readCertificate, readCertificateList].map(read => (bytes: Uint8Array) => {
      try {
        read(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(DerProblem);
      }
    });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), bytes => {
        for (const read of readers) read(bytes);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("values", () => {
  test.each(["0600", "0601 80", "0602 8001", "0601 86", "0602 8680", `0609 ${"ff".repeat(8)}7f`, "0401 2a"])(
    "object identifier %j is refused",
    text => {
      expect(() => readObjectIdentifier(single(text))).toThrow(DerProblem);
    },
  );

  test("object identifiers are read", () => {
    expect(
      ["06032a0304", "060100", "06032b6570", "0603883703"].map(text => readObjectIdentifier(single(text))),
    ).toEqual(["1.2.3.4", "0.0", "1.3.101.112", "2.999.3"]);
  });

  test.each(["0200", "02020001", "0202ff80", "0401 01"])("integer %j is refused", text => {
    expect(() => readInteger(single(text))).toThrow(DerProblem);
  });

  test("small integers are neither negative nor large", () => {
    expect(readSmallInteger(single("02047fffffff"))).toBe(0x7fffffff);
    for (const text of ["0201ff", "02050080000000", "02050100000000"]) {
      expect(() => readSmallInteger(single(text))).toThrow(DerProblem);
    }
  });

  test("booleans are 00 or FF in one byte", () => {
    expect([readBoolean(single("0101ff")), readBoolean(single("010100"))]).toEqual([true, false]);
    for (const text of ["010101", "0100", "0102ffff", "0201ff"]) {
      expect(() => readBoolean(single(text))).toThrow(DerProblem);
    }
  });

  test("bit strings", () => {
    expect(readBytesOfBits(single("0302 00ff"))).toEqual(Uint8Array.of(0xff));
    for (const text of ["0300", "0302 01fe", "0402 00ff"])
      expect(() => readBytesOfBits(single(text))).toThrow(DerProblem);
    expect([...readNamedBits(single("0302 0780"))]).toEqual([0]);
    expect([...readNamedBits(single("0301 00"))]).toEqual([]);
    for (const text of ["0300", "0301 01", "0302 0880", "0302 0781", "0402 0780"]) {
      expect(() => readNamedBits(single(text))).toThrow(DerProblem);
    }
  });

  test("times", () => {
    expect(readTime(ascii(0x17, "260615120000Z"))).toBe(Date.UTC(2026, 5, 15, 12));
    expect(readTime(ascii(0x17, "500101000000Z"))).toBe(Date.UTC(1950, 0, 1));
    expect(readTime(ascii(0x17, "491231235959Z"))).toBe(Date.UTC(2049, 11, 31, 23, 59, 59));
    expect(readTime(ascii(0x18, "20500228000000Z"))).toBe(Date.UTC(2050, 1, 28));
    expect(readTime(ascii(0x18, "20240229000000Z"))).toBe(Date.UTC(2024, 1, 29));
  });

  test.each([
    [0x17, "2606151200Z"],
    [0x17, "260615120000+0200"],
    [0x17, "260615120000"],
    [0x17, "260631120000Z"],
    [0x17, "261315120000Z"],
    [0x17, "260015120000Z"],
    [0x17, "260615240000Z"],
    [0x17, "260615126000Z"],
    [0x17, "260615120060Z"],
    [0x18, "20260615120000.5Z"],
    [0x18, "20230229000000Z"],
    [0x18, "260615120000Z"],
    [0x18, "20260615120000Z      extra"],
    [0x0c, "20260615120000Z"],
  ])("time %i %j is refused", (tag, text) => {
    expect(() => readTime(ascii(tag, text))).toThrow(DerProblem);
  });

  test("strings by their type", () => {
    expect(readString(single("0c03 4dc3a9"))).toBe("Mé");
    expect(readString(single("1402 4de9"))).toBe("Mé");
    expect(readString(single("1e04 004d00e9"))).toBe("Mé");
    expect(readString(single("1302 4652"))).toBe("FR");
    for (const text of ["0c01 ff", "1301 e9", "1e03 004d00", "0401 41"]) {
      expect(() => readString(single(text))).toThrow(DerProblem);
    }
  });

  test("signature algorithms: NULL for RSA, nothing for ECDSA, no others", () => {
    const read = (oid: string, ...parameters: Uint8Array[]) =>
      readSignatureAlgorithm(DerReader.single(sequence(objectIdentifier(oid), ...parameters)));
    expect(read("1.2.840.113549.1.1.11", nothing())).toEqual({ kind: "rsa-pkcs1", hash: "sha256" });
    expect(read("1.2.840.113549.1.1.11", sequence())).toBeUndefined();
    expect(read("1.2.840.10045.4.3.3")).toEqual({ kind: "ecdsa", hash: "sha384", encoding: "der" });
    expect(read("1.2.840.10045.4.3.3", nothing())).toBeUndefined();
    expect(read("1.2.840.113549.1.1.4", nothing())).toBeUndefined();
    expect(() => read("1.2.840.10045.4.3.3", nothing(), nothing())).toThrow(DerProblem);
  });
});
