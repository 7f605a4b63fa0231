import { describe, expect, test } from "vitest";
import { DerProblem, DerReader } from "../../../../core/certificate/der-reader.ts";
import { attributeOf, readName } from "../../../../core/certificate/distinguished-name.ts";
import { encodeName, type Name } from "../../../../core/x509/build-certificate.ts";
import {
  der,
  integer,
  objectIdentifier,
  printableString,
  sequence,
  setOf,
  utf8String,
} from "../../../../core/x509/der-writer.ts";

const commonName = "2.5.4.3";
const read = (name: Name) => readName(DerReader.single(encodeName(name)));
const readDer = (bytes: Uint8Array) => readName(DerReader.single(bytes));
const cn = (value: string): Name => [[{ type: commonName, value }]];
const keyOf = (value: string) => read(cn(value)).key;
const one = (value: Uint8Array) => sequence(setOf(sequence(objectIdentifier(commonName), value)));

describe("equal names", () => {
  test.each([
    ["case", "TEST AC", "test ac"],
    ["blanks", " TEST   AC ", "TEST AC"],
    ["composed accents", "M\u00e9decin", "Me\u0301decin"],
    ["wide letters", "\uff21\uff23", "AC"],
  ])("%s does not count", (_, a, b) => {
    expect(keyOf(a)).toBe(keyOf(b));
  });

  test("the string's type does not count", () => {
    expect(readDer(one(printableString("AC"))).key).toBe(readDer(one(utf8String("AC"))).key);
  });

  test("the order within an RDN does not count, the order of RDNs does", () => {
    const a = { type: commonName, value: "A" };
    const b = { type: "2.5.4.4", value: "B" };
    expect(read([[a, b]]).key).toBe(read([[b, a]]).key);
    expect(read([[a], [b]]).key).not.toBe(read([[b], [a]]).key);
    expect(read([[a], [b]]).key).not.toBe(read([[a, b]]).key);
  });
});

describe("different names stay different", () => {
  test.each([
    ["accents", "Médecin", "Medecin"],
    ["a separator in the value", 'A,2.5.4.3="B"', "A"],
    ["a part of it", "TEST AC", "TEST"],
    ["no blank", "TEST AC", "TESTAC"],
  ])("%s", (_, a, b) => {
    expect(keyOf(a)).not.toBe(keyOf(b));
  });

  test("values cannot be written so that two names look like another one", () => {
    const forged = read(cn('A","2.5.4.3="B'));
    expect(forged.key).not.toBe(read([...cn("A"), ...cn("B")]).key);
    expect(
      read([
        [
          { type: commonName, value: "A" },
          { type: commonName, value: "B" },
        ],
      ]).key,
    ).not.toBe(read(cn('A"+2.5.4.3="B')).key);
  });

  test("a value that is no string is compared byte by byte", () => {
    expect(readDer(one(integer(1))).key).not.toBe(readDer(one(integer(2))).key);
    expect(readDer(one(integer(1))).key).toBe(readDer(one(integer(1))).key);
    expect(attributeOf(readDer(one(integer(1))), commonName)).toBeUndefined();
  });
});

describe("reading", () => {
  test("attributes are found wherever they stand; the first counts", () => {
    const name = read([
      ...cn("first"),
      [
        { type: "2.5.4.4", value: "S" },
        { type: commonName, value: "second" },
      ],
    ]);
    expect(attributeOf(name, commonName)).toBe("first");
    expect(attributeOf(name, "2.5.4.4")).toBe("S");
    expect(attributeOf(name, "2.5.4.42")).toBeUndefined();
    expect(name.isEmpty).toBe(false);
    expect(read([]).isEmpty).toBe(true);
  });

  test.each([
    ["no sequence", setOf()],
    ["an empty RDN", sequence(setOf())],
    ["an RDN that is no set", sequence(sequence())],
    ["an attribute that is no sequence", sequence(setOf(integer(1)))],
    ["an attribute without value", sequence(setOf(sequence(objectIdentifier(commonName))))],
    ["an attribute with two values", sequence(setOf(sequence(objectIdentifier(commonName), integer(1), integer(1))))],
    ["a string that is none", one(der(0x0c, Uint8Array.of(0xff)))],
  ])("%s is refused", (_, bytes) => {
    expect(() => readDer(bytes)).toThrow(DerProblem);
  });
});
