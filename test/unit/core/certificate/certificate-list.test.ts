import { describe, expect, test } from "vitest";
import { readCertificateList } from "../../../../core/certificate/certificate-list.ts";
import { DerProblem, DerReader } from "../../../../core/certificate/der-reader.ts";
import { readName } from "../../../../core/certificate/distinguished-name.ts";
import { type CertificateExtension, encodeExtensions, encodeName } from "../../../../core/x509/build-certificate.ts";
import {
  bitString,
  der,
  explicit,
  implicit,
  integer,
  nothing,
  objectIdentifier,
  sequence,
  time,
} from "../../../../core/x509/der-writer.ts";
import { factoryNow, nameOf } from "../../../fixtures/certificate-factory.ts";

const algorithm = sequence(objectIdentifier("1.2.840.10045.4.3.2"));
const issuer = encodeName(nameOf("ISSUING"));
const truth = Uint8Array.of(0xff);

interface Written {
  readonly entries?: readonly Uint8Array[];
  readonly extensions?: readonly CertificateExtension[];
}

/** Nobody looks at the signature here. */
function read({ entries, extensions }: Written) {
  const content = [
    ...[integer(1), algorithm, issuer, time(factoryNow), time(factoryNow + 1_000)],
    ...(entries === undefined ? [] : [sequence(...entries)]),
    ...(extensions === undefined ? [] : [explicit(0, encodeExtensions(extensions))]),
  ];
  return readCertificateList(sequence(sequence(...content), algorithm, bitString(Uint8Array.of(1))));
}

function entry(serial: number, ...list: readonly CertificateExtension[]): Uint8Array {
  return sequence(integer(serial), time(factoryNow), ...(list.length === 0 ? [] : [encodeExtensions(list)]));
}

const extension = (oid: string, value: Uint8Array, critical = false): CertificateExtension => ({
  oid,
  critical,
  value,
});
const reason = (code: number, critical = false) => extension("2.5.29.21", der(0x0a, Uint8Array.of(code)), critical);
const nameKey = (commonName: string) => readName(DerReader.single(encodeName(nameOf(commonName)))).key;
const certificateOf = (commonName: string) =>
  extension("2.5.29.29", sequence(explicit(4, encodeName(nameOf(commonName)))), true);
const point = (...members: readonly Uint8Array[]) => extension("2.5.29.28", sequence(...members), true);
const indirect = point(implicit(4, truth));

describe("entries", () => {
  test("are found by serial and certificate issuer", () => {
    const { entries, issuer: name } = read({ entries: [entry(7), entry(8, reason(6))] });
    expect(entries.entryOf(Uint8Array.of(7), name.key)).toEqual({ reason: 0, at: factoryNow });
    expect(entries.entryOf(Uint8Array.of(8), name.key)).toEqual({ reason: 6, at: factoryNow });
    expect(entries.entryOf(Uint8Array.of(9), name.key)).toBeUndefined();
    expect(entries.entryOf(Uint8Array.of(7), nameKey("OTHER"))).toBeUndefined();
    expect(entries.count).toBe(2);
  });

  test("of an indirect list are about the issuer that was last named", () => {
    const list = { entries: [entry(1), entry(2, certificateOf("OTHER")), entry(3), entry(4, certificateOf("THIRD"))] };
    const { entries, issuer: own } = read({ ...list, extensions: [indirect] });
    const revoked = (name: string) => [1, 2, 3, 4].filter(serial => entries.entryOf(Uint8Array.of(serial), name));
    expect([revoked(own.key), revoked(nameKey("OTHER")), revoked(nameKey("THIRD"))]).toEqual([[1], [2, 3], [4]]);
    expect(entries.hasUnknownCritical).toBe(false);
    expect(read(list).entries.hasUnknownCritical).toBe(true);
  });

  test.each<[string, CertificateExtension, boolean]>([
    ["a critical reason", reason(1, true), false],
    ["a critical invalidity date", extension("2.5.29.24", der(0x18, new Uint8Array()), true), false],
    ["something unknown", extension("1.2.3.4", nothing()), false],
    ["something critical and unknown", extension("1.2.3.4", nothing(), true), true],
  ])("with %s", (_, odd, unknown) => {
    expect(read({ entries: [entry(1), entry(2, odd)] }).entries.hasUnknownCritical).toBe(unknown);
  });

  test("of two about one certificate the one that revokes counts", () => {
    for (const entries of [
      [entry(1, reason(8)), entry(1, reason(1))],
      [entry(1, reason(1)), entry(1, reason(8))],
    ]) {
      const list = read({ entries });
      expect(list.entries.entryOf(Uint8Array.of(1), list.issuer.key)?.reason).toBe(1);
    }
  });

  test.each<[string, Uint8Array]>([
    ["without a date", sequence(integer(1))],
    ["with a fourth member", sequence(integer(1), time(factoryNow), encodeExtensions([reason(1)]), nothing())],
    ["with a reason that does not exist", entry(1, reason(7))],
    ["with a reason of another type", entry(1, extension("2.5.29.21", integer(1)))],
    ["with the same extension twice", entry(1, reason(1), reason(1))],
  ])("%s are refused", (_, odd) => {
    expect(() => read({ entries: [odd] })).toThrow(DerProblem);
  });

  test("of an indirect list, about no issuer that could be found, are refused", () => {
    const nobody = extension("2.5.29.29", sequence(implicit(2, new TextEncoder().encode("a.example"))), true);
    expect(() => read({ entries: [entry(1, nobody)], extensions: [indirect] })).toThrow(DerProblem);
  });
});

describe("what a list is", () => {
  test("is told by its extensions", () => {
    const list = read({
      extensions: [
        extension("2.5.29.20", integer(300)),
        extension("2.5.29.27", integer(299), true),
        extension("2.5.29.35", sequence(implicit(0, Uint8Array.of(1, 2)))),
        point(implicit(1, truth)),
      ],
    });
    expect(list).toMatchObject({ crlNumber: 300n, deltaBase: 299n, authorityKeyIdentifier: Uint8Array.of(1, 2) });
    expect(list.issuingDistributionPoint).toMatchObject({ onlyUsers: true, onlyAuthorities: false, indirect: false });
    expect(read({})).toMatchObject({ crlNumber: undefined, deltaBase: undefined, issuingDistributionPoint: undefined });
  });

  test.each<[string, CertificateExtension]>([
    ["a negative number", extension("2.5.29.20", der(0x02, Uint8Array.of(0x80)))],
    ["a number of 21 bytes", extension("2.5.29.20", integer(new Uint8Array(21).fill(1)))],
    ["a base that is no number", extension("2.5.29.27", nothing(), true)],
    ["an empty issuing distribution point", point()],
    ["two kinds of certificates alone", point(implicit(1, truth), implicit(2, truth))],
  ])("is refused with %s", (_, odd) => {
    expect(() => read({ extensions: [odd] })).toThrow(DerProblem);
  });
});
