import { describe, expect, test } from "vitest";
import { readCertificate } from "../../../../core/certificate/certificate.ts";
import { readCertificateList } from "../../../../core/certificate/certificate-list.ts";
import { DerProblem } from "../../../../core/certificate/der-reader.ts";
import { encodeExtensions, encodeName } from "../../../../core/x509/build-certificate.ts";
import {
  bitString,
  boolean,
  der,
  explicit,
  implicit,
  integer,
  nothing,
  objectIdentifier,
  octetString,
  sequence,
  time,
} from "../../../../core/x509/der-writer.ts";
import { ecKey, factoryNow, goodHouse, leafExtensions, nameOf, spkiOf } from "../../../fixtures/certificate-factory.ts";

const algorithm = sequence(objectIdentifier("1.2.840.10045.4.3.2"));
const publicKey = spkiOf(ecKey());

/** The members of a certificate in their order; each can be written otherwise. Nobody looks at the signature here. */
function certificate(change: Partial<ReturnType<typeof members>> = {}, outer: Uint8Array[] = []): Uint8Array {
  const all = { ...members(), ...change };
  return sequence(sequence(...Object.values(all).flat()), algorithm, bitString(Uint8Array.of(1)), ...outer);
}

function members() {
  return {
    version: [explicit(0, integer(2))] as Uint8Array[],
    serial: integer(7) as Uint8Array,
    algorithm: algorithm as Uint8Array,
    issuer: encodeName(nameOf("ISSUING")) as Uint8Array,
    validity: sequence(time(factoryNow), time(factoryNow + 1_000)) as Uint8Array,
    subject: encodeName(nameOf("HOLDER")) as Uint8Array,
    publicKey: publicKey as Uint8Array,
    identifiers: [] as Uint8Array[],
    extensions: [explicit(3, encodeExtensions(leafExtensions()))] as Uint8Array[],
  };
}

const extensionsOf = (...list: Uint8Array[]) => ({ extensions: [explicit(3, sequence(...list))] });
const extension = (oid: string, value: Uint8Array, ...flag: Uint8Array[]) =>
  sequence(objectIdentifier(oid), ...flag, octetString(value));
const constraints = "2.5.29.19";

describe("a certificate", () => {
  test("is read as written", () => {
    const read = readCertificate(certificate());
    expect(read).toMatchObject({ notBefore: factoryNow, notAfter: factoryNow + 1_000, isAuthority: false });
    expect([...read.serial]).toEqual([7]);
    expect(read.signatureScheme).toEqual({ kind: "ecdsa", hash: "sha256", encoding: "der" });
  });

  test("may have unique identifiers, no subject, no extensions", () => {
    const identifiers = [implicit(1, Uint8Array.of(0, 1)), implicit(2, Uint8Array.of(0, 1))];
    expect([...readCertificate(certificate({ identifiers })).serial]).toEqual([7]);
    expect(readCertificate(certificate({ subject: sequence() })).subject.isEmpty).toBe(true);
    expect(readCertificate(certificate({ extensions: [] }))).toMatchObject({ isAuthority: false, keyUsage: undefined });
  });

  test.each<[string, Parameters<typeof certificate>[0]]>([
    ["version 1, unsaid", { version: [] }],
    ["version 2", { version: [explicit(0, integer(1))] }],
    ["version 4", { version: [explicit(0, integer(3))] }],
    ["the serial number zero", { serial: integer(0) }],
    ["a serial number of 21 bytes", { serial: integer(new Uint8Array(21).fill(1)) }],
    ["another algorithm inside than outside", { algorithm: sequence(objectIdentifier("1.2.840.10045.4.3.3")) }],
    ["no issuer", { issuer: sequence() }],
    ["one date", { validity: sequence(time(factoryNow)) }],
    ["three dates", { validity: sequence(time(factoryNow), time(factoryNow), time(factoryNow)) }],
    ["a date that is none", { validity: sequence(integer(1), integer(2)) }],
    ["empty extensions", extensionsOf()],
    ["an extension twice", extensionsOf(extension("1.2.3", nothing()), extension("1.2.3", nothing()))],
    ["a default that is written", extensionsOf(extension("1.2.3", nothing(), boolean(false)))],
    ["an extension without value", extensionsOf(sequence(objectIdentifier("1.2.3")))],
    [
      "an extension with more than a value",
      extensionsOf(sequence(objectIdentifier("1.2.3"), octetString(nothing()), nothing())),
    ],
    ["a path length without authority", extensionsOf(extension(constraints, sequence(integer(1))))],
    [
      "more in the basic constraints",
      extensionsOf(extension(constraints, sequence(boolean(true), integer(1), integer(1)))),
    ],
    [
      "trailing bytes after the basic constraints",
      extensionsOf(extension(constraints, der(0x30, nothing(), nothing()).subarray(0, 4))),
    ],
    ["a key usage without a use", extensionsOf(extension("2.5.29.15", bitString(Uint8Array.of(0))))],
    ["an empty extended key usage", extensionsOf(extension("2.5.29.37", sequence()))],
    ["a public key that is none", { publicKey: sequence() }],
    ["something after the extensions", { extensions: [explicit(3, encodeExtensions(leafExtensions())), nothing()] }],
  ])("with %s is refused", (_, change) => {
    expect(() => readCertificate(certificate(change))).toThrow(DerProblem);
  });

  test("with a negative serial number is read: authorities have issued some", () => {
    expect([...readCertificate(certificate({ serial: der(0x02, Uint8Array.of(0x85)) })).serial]).toEqual([0x85]);
  });

  test("with something after the signature is refused", () => {
    expect(() => readCertificate(certificate({}, [nothing()]))).toThrow(DerProblem);
  });
});

describe("a public key", () => {
  const kindOf = (key: Uint8Array) => readCertificate(certificate({ publicKey: key })).keyKind;
  const rsa = (modulus: Uint8Array, exponent: number) =>
    sequence(
      sequence(objectIdentifier("1.2.840.113549.1.1.1"), nothing()),
      bitString(sequence(integer(modulus), integer(exponent))),
    );
  const modulus = new Uint8Array(256).fill(0xff);

  test("tells its kind and size", () => {
    expect(kindOf(rsa(modulus, 65_537))).toEqual({ kind: "rsa", bits: 2048 });
    expect(kindOf(rsa(Uint8Array.from([0x7f, ...modulus.subarray(1)]), 65_537))).toEqual({ kind: "rsa", bits: 2047 });
    expect(kindOf(publicKey)).toEqual({ kind: "ec", curve: "p-256" });
  });

  test.each([
    ["an even modulus", rsa(Uint8Array.from([...modulus.subarray(1), 2]), 65_537)],
    ["the exponent 1", rsa(modulus, 1)],
    ["an even exponent", rsa(modulus, 65_536)],
    ["an unknown algorithm", sequence(sequence(objectIdentifier("1.2.3")), bitString(Uint8Array.of(1)))],
    [
      "an unknown curve",
      sequence(sequence(objectIdentifier("1.2.840.10045.2.1"), objectIdentifier("1.2.3")), bitString(Uint8Array.of(4))),
    ],
    [
      "a curve of one's own",
      sequence(sequence(objectIdentifier("1.2.840.10045.2.1"), sequence()), bitString(Uint8Array.of(4))),
    ],
  ])("with %s is of no kind that is allowed", (_, key) => {
    expect(kindOf(key)).toEqual({ kind: "other" });
  });
});

describe("a list", () => {
  const list = (...changed: Uint8Array[]) => sequence(sequence(...changed), algorithm, bitString(Uint8Array.of(1)));
  const head = [integer(1), algorithm, encodeName(nameOf("ISSUING")), time(factoryNow), time(factoryNow + 1_000)];
  const entry = sequence(integer(7), time(factoryNow));

  test("is read as written", () => {
    const read = readCertificateList(list(...head, sequence(entry)));
    const entryOf = (serial: number) => read.entries.entryOf(Uint8Array.of(serial), read.issuer.key);
    expect([entryOf(7), entryOf(8)]).toEqual([{ reason: 0, at: factoryNow }, undefined]);
    expect(read).toMatchObject({ thisUpdate: factoryNow, nextUpdate: factoryNow + 1_000 });
  });

  test("may be of version 1, and may not say when the next one comes", () => {
    expect(readCertificateList(list(...head.slice(1), sequence(entry))).entries.count).toBe(1);
    expect(readCertificateList(list(...head.slice(0, 4), sequence(entry))).nextUpdate).toBeUndefined();
  });

  test.each([
    ["of version 1 that says so", list(integer(0), ...head.slice(1))],
    ["of version 3", list(integer(2), ...head.slice(1))],
    ["of version 1 with extensions", list(...head.slice(1), explicit(0, encodeExtensions(leafExtensions())))],
    ["with an empty set of entries", list(...head, sequence())],
    ["with another algorithm inside", list(integer(1), sequence(objectIdentifier("1.2.3")), ...head.slice(2))],
    ["with an entry without date", list(...head, sequence(sequence(integer(7))))],
    ["with trailing members", list(...head, sequence(entry), nothing())],
    [
      "with an entry of four members",
      list(...head, sequence(sequence(integer(7), time(factoryNow), sequence(), nothing()))),
    ],
  ])("%s is refused", (_, bytes) => {
    expect(() => readCertificateList(bytes)).toThrow(DerProblem);
  });

  test("of the factory is whole in every byte: none can be left out", () => {
    const whole = goodHouse().issuing.crl();
    for (let length = 0; length < whole.length; length += 1) {
      expect(() => readCertificateList(whole.subarray(0, length))).toThrow(DerProblem);
    }
  });
});
