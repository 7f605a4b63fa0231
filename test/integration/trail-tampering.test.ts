import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyTrailFile } from "../../broker/audit/trail-file.ts";
import { sha256 } from "../../broker/store/trail-table.ts";
import { chainHash, chainStart } from "../../core/trail/trail-chain.ts";
import type { TrailWitness } from "../../core/trail/verify-trail.ts";
import { flipBits, makeTrail, trailRecords } from "../fixtures/tampered-trail.ts";

let folder: string;
let file: string;
let older: string;
let witness: TrailWitness;
const records = trailRecords;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "wardkey-tamper-"));
  file = join(folder, "broker.sqlite");
  older = join(folder, "older.sqlite");
  witness = await makeTrail(file, older);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("nobody touched it: intact, and agrees with the kept checkpoint", () => {
  const verdict = verifyTrailFile(file, witness);
  expect(verdict).toMatchObject({ intact: true, records, sealed: records, keptSize: records, signatures: "checked" });
});

test("every flip of a single bit in the trail's content is found", { timeout: 120_000 }, () => {
  const { kinds, missed } = flipBits(file, witness, 1_000);
  expect(kinds).toEqual(["hash", "note", "sequence", "text", "tile"]);
  expect(missed).toEqual([]);
  expect(verifyTrailFile(file, witness).intact).toBe(true);
});

test("a change that is not of the trail is not taken for one", () => {
  const other = join(folder, "other.sqlite");
  copyFileSync(file, other);
  const database = new DatabaseSync(other);
  database.exec("insert into workstation values ('w', 'CARDIO-01', 'ward', 'k', 1)");
  database.exec(
    "update trail_index set holder = 'somebody' where sequence = 7; delete from trail_index where sequence = 9",
  );
  database.exec(
    "create table free (x); insert into free select hex(randomblob(500)) from trail_record; drop table free",
  );
  database.close();
  const bytes = readFileSync(other);
  // The last page is a free one now.
  bytes[bytes.length - 100] = (bytes[bytes.length - 100] ?? 0) ^ 1;
  writeFileSync(other, bytes);
  expect(verifyTrailFile(other, witness)).toMatchObject({ intact: true, records });
});

/** Chains the records anew from one on, as somebody would who knows how it is done. */
function rechain(database: DatabaseSync, from: number): void {
  const before = database.prepare("select hash from trail_record where sequence = ?").get(from - 1);
  let head = from === 1 ? chainStart : String(before?.["hash"]);
  const update = database.prepare("update trail_record set hash = ? where sequence = ?");
  for (const row of database
    .prepare("select sequence, text from trail_record where sequence >= ? order by sequence")
    .all(from)) {
    head = chainHash(head, Number(row["sequence"]), String(row["text"]), sha256);
    update.run(head, Number(row["sequence"] as number));
  }
}

type Edit = (database: DatabaseSync, sequence: number) => void;
const shift = (database: DatabaseSync, from: number, by: 1 | -1) =>
  database.exec(
    `update trail_record set sequence = -sequence where sequence >= ${from}; update trail_record set sequence = -sequence + ${by} where sequence < 0`,
  );
const edits: Readonly<Record<string, Edit>> = {
  deleted: (database, sequence) => database.exec(`delete from trail_record where sequence = ${sequence}`),
  "deleted, the rest renumbered and chained anew": (database, sequence) => {
    database.exec(`delete from trail_record where sequence = ${sequence}`);
    shift(database, sequence + 1, -1);
    rechain(database, sequence);
  },
  "swapped with the next, chained anew": (database, sequence) => {
    const other = sequence === records ? sequence - 1 : sequence + 1;
    const textOf = database.prepare("select text from trail_record where sequence = ?");
    const [one, two] = [textOf.get(sequence)?.["text"] as string, textOf.get(other)?.["text"] as string];
    const update = database.prepare("update trail_record set text = ? where sequence = ?");
    update.run(two, sequence);
    update.run(one, other);
    rechain(database, Math.min(sequence, other));
  },
  "doubled, chained anew": (database, sequence) => {
    shift(database, sequence + 1, 1);
    database.exec(
      `insert into trail_record select sequence + 1, text, hash from trail_record where sequence = ${sequence}`,
    );
    inOrder(database);
    rechain(database, sequence);
  },
  "another inserted before it, chained anew": (database, sequence) => {
    shift(database, sequence, 1);
    database.exec(`insert into trail_record values (${sequence}, '{"act":"session-ended","at":1}', '')`);
    inOrder(database);
    rechain(database, sequence);
  },
  "its text changed, chained anew": (database, sequence) => {
    database.exec(`update trail_record set text = replace(text, 'opened', 'ended') where sequence = ${sequence}`);
    rechain(database, sequence);
  },
  "cut from here on": (database, sequence) => database.exec(`delete from trail_record where sequence >= ${sequence}`),
  "cut from here on, with all checkpoints and tiles": (database, sequence) =>
    database.exec(
      `delete from trail_record where sequence >= ${sequence}; delete from trail_checkpoint; delete from trail_tile`,
    ),
};

/** Puts the rows where a forger would want them: in the order of their numbers. */
function inOrder(database: DatabaseSync): void {
  database.exec(
    "create temp table all_records as select * from trail_record order by sequence; delete from trail_record; insert into trail_record select * from all_records; drop table all_records",
  );
}

/** Behind the last record there is no checkpoint yet: whoever can write can append there, before the next one is signed. */
const everywhere = [1, 2, 40, 41, 150, 256, 257, 258, records - 1];
test.each(Object.entries(edits))("a record %s is found, wherever it stands", (_what, edit) => {
  for (const sequence of everywhere) {
    const copy = join(folder, "edited.sqlite");
    copyFileSync(file, copy);
    const database = new DatabaseSync(copy);
    edit(database, sequence);
    database.close();
    const verdict = verifyTrailFile(copy, witness);
    expect(verdict.intact, `record ${sequence}`).toBe(false);
    // Exact where the chain says it; otherwise the span between two checkpoints. A copy stands after its original.
    if (!verdict.intact && verdict.check === "chain")
      expect([sequence, sequence + 1], `record ${sequence}`).toContain(verdict.sequence);
    rmSync(copy);
  }
});

test("an older file that was put back is found by the kept checkpoint alone, with the place where it ends", () => {
  expect(verifyTrailFile(older, { key: witness.key })).toMatchObject({ intact: true, records: 200 });
  expect(verifyTrailFile(older, witness)).toMatchObject({
    intact: false,
    check: "kept-checkpoint",
    problem: "cut",
    sequence: 201,
  });
});
