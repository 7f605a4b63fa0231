import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type ChainedRecord, chainHash, chainStart } from "../../../../core/trail/trail-chain.ts";
import { trailText } from "../../../../core/trail/trail-record.ts";
import { sha256 } from "../../../fixtures/certificate-factory.ts";
import { verifyChain } from "../../../fixtures/verify-chain.ts";

function chain(...texts: string[]): ChainedRecord[] {
  let hash = chainStart;
  return texts.map((text, index) => {
    hash = chainHash(hash, index + 1, text, sha256);
    return { sequence: index + 1, text, hash };
  });
}

const records = chain(
  trailText({ at: 1, act: "broker-started" }),
  trailText({ at: 2, act: "session-opened", holder: "899700218896" }),
  trailText({ at: 3, act: "seat-covered", workstation: "CARDIO-01" }),
  trailText({ at: 4, act: "session-ended", holder: "899700218896" }),
);
const intact = (list: readonly ChainedRecord[]) => verifyChain(list, sha256).intact;
const at = (index: number): ChainedRecord => {
  const record = records[index];
  if (record === undefined) throw new Error("no record");
  return record;
};
const renumbered = (list: readonly ChainedRecord[]) =>
  list.map((record, index) => ({ ...record, sequence: index + 1 }));

describe("an intact chain", () => {
  test("tells its length and head; an empty one is intact", () => {
    expect(verifyChain(records, sha256)).toMatchObject({ intact: true, records: 4, head: at(3).hash });
    expect(verifyChain([], sha256)).toMatchObject({ intact: true, records: 0, head: chainStart });
  });

  test("is hashed as it is written down: previous hash, number, text", () => {
    const wanted = createHash("sha256").update(new Uint8Array(32)).update("\n1\n").update(at(0).text).digest("hex");
    expect(at(0).hash).toBe(wanted);
  });
});

describe("a broken chain", () => {
  test("every single byte of every text", () => {
    for (const [index, record] of records.entries()) {
      const bytes = Buffer.from(record.text);
      for (let place = 0; place < bytes.length; place += 1) {
        const changed = Buffer.from(bytes);
        changed[place] = (changed[place] ?? 0) ^ 1;
        const list = records.with(index, { ...record, text: changed.toString("latin1") });
        expect(verifyChain(list, sha256)).toEqual({
          intact: false,
          records: index,
          check: "chain",
          sequence: index + 1,
          problem: "altered",
        });
      }
    }
  });

  test("every single digit of every hash", () => {
    for (const [index, record] of records.entries()) {
      for (let place = 0; place < 64; place += 1) {
        const digit = record.hash[place] === "0" ? "1" : "0";
        const hash = `${record.hash.slice(0, place)}${digit}${record.hash.slice(place + 1)}`;
        expect(intact(records.with(index, { ...record, hash }))).toBe(false);
      }
    }
  });

  test("a record left out, with its number or without", () => {
    for (let index = 0; index < 3; index += 1) {
      const list = records.toSpliced(index, 1);
      expect(verifyChain(list, sha256)).toMatchObject({ intact: false, sequence: index + 1, problem: "missing" });
      expect(verifyChain(renumbered(list), sha256)).toMatchObject({ intact: false, problem: "altered" });
    }
  });

  test("a record doubled, two swapped, one inserted", () => {
    for (let index = 0; index < 3; index += 1) {
      const doubled = records.toSpliced(index, 0, at(index));
      const swapped = records.with(index, at(index + 1)).with(index + 1, at(index));
      const foreign = { sequence: index + 1, text: "{}", hash: chainHash(chainStart, index + 1, "{}", sha256) };
      const inserted = records.toSpliced(index, 0, foreign);
      for (const list of [doubled, swapped, inserted]) {
        expect(intact(list)).toBe(false);
        expect(intact(renumbered(list))).toBe(false);
      }
    }
  });

  test("a record written anew with its own right hash breaks at the next", () => {
    const text = trailText({ at: 2, act: "session-opened", holder: "somebody else" });
    const forged = { sequence: 2, text, hash: chainHash(at(0).hash, 2, text, sha256) };
    expect(verifyChain(records.with(1, forged), sha256)).toMatchObject({ intact: false, records: 2, sequence: 3 });
  });

  test("a tail that is cut cannot be seen in the chain: the head tells it", () => {
    const cut = verifyChain(records.slice(0, 2), sha256);
    expect(cut.intact).toBe(true);
    expect(cut).not.toMatchObject({ head: at(3).hash });
  });

  test("the number belongs to the hash", () => {
    expect(chainHash(chainStart, 1, "x", sha256)).not.toBe(chainHash(chainStart, 2, "x", sha256));
    expect(chainHash(chainStart, 1, "2\nx", sha256)).not.toBe(chainHash(chainStart, 12, "x", sha256));
  });
});

describe("a record's text", () => {
  test("does not depend on the order of members, and leaves out what is absent", () => {
    const one = trailText({ at: 1, act: "session-opened", holder: "A", place: undefined });
    expect(one).toBe(trailText({ holder: "A", act: "session-opened", at: 1 }));
    expect(one).toBe('{"act":"session-opened","at":1,"holder":"A"}');
    expect(one).not.toBe(trailText({ at: 1, act: "session-opened", holder: "B" }));
  });

  test("keeps every text on one line", () => {
    expect(trailText({ at: 1, act: "sign-in-denied", detail: 'a\n"b' })).not.toContain("\n");
  });
});
