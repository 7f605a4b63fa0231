import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCertificateList } from "../../../../core/certificate/certificate-list.ts";
import { DerProblem, DerReader } from "../../../../core/certificate/der-reader.ts";
import { readInteger, readTime } from "../../../../core/certificate/der-values.ts";
import { readExtensionList } from "../../../../core/certificate/extensions.ts";
import { keyedHash, newHashKey } from "../../../../core/certificate/keyed-hash.ts";
import { readListEntries } from "../../../../core/certificate/list-entries.ts";
import { indexEntries } from "../../../../core/certificate/revocation-index.ts";
import { encodeExtensions } from "../../../../core/x509/build-certificate.ts";
import { der, integer, sequence, time } from "../../../../core/x509/der-writer.ts";
import { factoryNow, TestAuthority } from "../../../fixtures/certificate-factory.ts";

const nature = { issuer: "own", isIndirect: false, hasExtensions: true };
const key = newHashKey(() => 0.4);
const reason = (code: number) => ({ oid: "2.5.29.21", critical: false, value: der(0x0a, Uint8Array.of(code)) });

/** Serials of a national authority: the first eight bytes are the same. */
const serialOf = (number: number) =>
  Uint8Array.of(0x1d, 0x5d, 0xe2, 0x5e, 0x3d, 0xc1, 0x4b, 0xde, 1, 2, 3, 4, 5, 6, number >> 8, number & 0xff);
const entryOf = (serial: Uint8Array, code?: number) =>
  sequence(integer(serial), time(factoryNow), ...(code === undefined ? [] : [encodeExtensions([reason(code)])]));
const contentOf = (...entries: readonly Uint8Array[]) => DerReader.single(sequence(...entries), 0x30).content;

describe("an index", () => {
  test("finds every serial of a long list, and no other", () => {
    const listed = Array.from({ length: 5_000 }, (_, number) => number * 2);
    const entries = readListEntries(contentOf(...listed.map(number => entryOf(serialOf(number), number % 6))), nature);
    expect(entries.count).toBe(5_000);
    const missed = listed.filter(number => entries.entryOf(serialOf(number), "own")?.reason !== number % 6);
    const invented = listed.filter(number => entries.entryOf(serialOf(number + 1), "own") !== undefined);
    expect({ missed, invented }).toEqual({ missed: [], invented: [] });
    expect(entries.entryOf(serialOf(0), "another issuer")).toBeUndefined();
  });

  test("tells serials apart that begin or end alike", () => {
    const entries = readListEntries(
      contentOf(entryOf(Uint8Array.of(1, 2, 3)), entryOf(Uint8Array.of(1, 2, 3, 4, 5))),
      nature,
    );
    const found = (...serial: number[]) => entries.entryOf(Uint8Array.of(...serial), "own") !== undefined;
    expect([found(1, 2, 3), found(1, 2, 3, 4, 5)]).toEqual([true, true]);
    expect([found(1, 2), found(1, 2, 3, 4), found(2, 3), found()]).toEqual([false, false, false, false]);
  });

  test("is at most half full, and of the same serial again and again holds one", () => {
    const index = indexEntries(contentOf(...Array.from({ length: 1_000 }, () => entryOf(serialOf(7)))), nature, key);
    expect(index.slots.filter(slot => slot !== 0)).toHaveLength(1);
    expect(index.count).toBe(1_000);
    for (const count of [0, 1, 4, 5, 511, 512, 513]) {
      const entries = Array.from({ length: count }, (_, number) => entryOf(serialOf(number)));
      const { slots } = indexEntries(contentOf(...entries), nature, key);
      expect(slots.filter(slot => slot !== 0)).toHaveLength(count);
      expect(slots.length).toBeGreaterThanOrEqual(2 * count);
    }
  });

  test("goes to another thread with its bytes, and is taken over without reading the entries again", () => {
    const authority = new TestAuthority("ISSUING");
    const revoked = Array.from({ length: 100 }, (_, number) => ({ serial: serialOf(number), at: factoryNow }));
    const der = authority.crl({ revoked });
    const { index } = readCertificateList(der).entries;
    const moved = structuredClone({ der, index }, { transfer: [der.buffer, index.slots.buffer] });
    expect(index.slots).toHaveLength(0);
    const taken = readCertificateList(moved.der, moved.index);
    expect(taken.entries.index).toBe(moved.index);
    expect(taken.entries.entryOf(serialOf(99), taken.issuer.key)).toEqual({ reason: 0, at: factoryNow });
    expect(taken.entries.entryOf(serialOf(100), taken.issuer.key)).toBeUndefined();
  });

  test("and the ordinary readers agree on any bytes, changed in any place", () => {
    const good = contentOf(
      entryOf(Uint8Array.of(5)),
      entryOf(serialOf(1), 1),
      sequence(integer(300), time(Date.UTC(2050, 1, 28))),
      sequence(
        integer(9),
        time(factoryNow),
        encodeExtensions([reason(4), { oid: "2.5.29.24", critical: true, value: time(Date.UTC(2051, 0, 1)) }]),
      ),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 3 }), changes => {
        const content = Uint8Array.from(good);
        for (const [at, byte] of changes) content[at] = byte;
        expect(summary(() => indexed(content))).toEqual(summary(() => plainly(content)));
      }),
      // The example makes of an entry's reason an issuer that is none.
      { numRuns: 3_000, examples: [[[[120, 29]]]] },
    );
  });

  test.each([
    ["29 February of a year that has none", "260229120000Z"],
    ["the 31st of a month of thirty days", "260431120000Z"],
    ["the 13th month", "261301120000Z"],
    ["hour 24", "260615240000Z"],
    ["no Z", "2606151200000"],
    ["a letter among the digits", "26061512000AZ"],
  ])("is not made of a list with a date of %s", (_, text) => {
    const dated = (date: string) => contentOf(sequence(integer(1), der(0x17, new TextEncoder().encode(date))));
    expect(() => indexEntries(dated(text), nature, key)).toThrow(DerProblem);
    expect(indexEntries(dated("240229120000Z"), nature, key).count).toBe(1);
  });
});

describe("a keyed hash", () => {
  const slotsOf = (hashKey: typeof key) =>
    Array.from({ length: 4_096 }, (_, number) => keyedHash(hashKey, 0, serialOf(number), 0, 16) & 8_191);

  test("spreads serials that differ in their last bytes alone", () => {
    // Of 4096 thrown into 8192, about 3224 slots are hit.
    expect(new Set(slotsOf(key)).size).toBeGreaterThan(3_100);
  });

  test("puts them elsewhere under another key, number or length", () => {
    const other = slotsOf(newHashKey(() => 0.7));
    const same = slotsOf(key).filter((slot, number) => slot === other[number]);
    expect(same.length).toBeLessThan(20);
    const bytes = new Uint8Array(8);
    const hashes = [0, 1, 2].flatMap(number => [0, 1, 3, 4, 8].map(end => keyedHash(key, number, bytes, 0, end)));
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});

type Told = readonly (readonly [serial: string, at: number])[];

function summary(read: () => Told): Told | "refused" {
  try {
    return read();
  } catch (error) {
    if (error instanceof DerProblem) return "refused";
    throw error;
  }
}

/** As the readers of everything else read it: an element at a time. */
function plainly(content: Uint8Array): Told {
  const list = new DerReader(content);
  const told = new Map<string, number>();
  while (!list.atEnd) {
    const entry = new DerReader(list.read(0x30).content);
    const serial = readInteger(entry.read(0x02)).join();
    const at = readTime(entry.read());
    const wrapper = entry.optional(0x30);
    entry.end();
    const code = wrapper === undefined ? undefined : readExtensionList(wrapper.content).get("2.5.29.21")?.value;
    const [given = 0, ...more] = code === undefined ? [] : DerReader.single(code, 0x0a).content;
    if (more.length > 0 || code?.length === 2 || given > 10 || given === 7) throw new DerProblem("reason code");
    if (!told.has(serial)) told.set(serial, at);
  }
  return [...told];
}

function indexed(content: Uint8Array): Told {
  const entries = readListEntries(content, nature);
  const serials = new DerReader(content);
  const told = new Map<string, number>();
  while (!serials.atEnd) {
    const serial = readInteger(new DerReader(serials.read(0x30).content).read(0x02));
    told.set(serial.join(), entries.entryOf(serial, "own")?.at ?? Number.NaN);
  }
  return [...told];
}
