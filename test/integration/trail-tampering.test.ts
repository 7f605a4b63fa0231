import {
  closeSync,
  copyFileSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyTrailFile } from "../../broker/audit/trail-file.ts";
import { openTrailKey } from "../../broker/audit/trail-key.ts";
import { Store } from "../../broker/store/store.ts";
import { appendTrail, sha256 } from "../../broker/store/trail-table.ts";
import { lastCheckpoint, sealTrail } from "../../broker/store/trail-tree-table.ts";
import { chainHash, chainStart } from "../../core/trail/trail-chain.ts";
import type { TrailWitness } from "../../core/trail/verify-trail.ts";

const records = 300;
/** More records than a tile is wide; the last checkpoint covers all of them. */
const sealedAt = [1, 40, 41, 170, 257, records];

let folder: string;
let file: string;
let older: string;
let witness: TrailWitness;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "wardkey-tamper-"));
  file = join(folder, "broker.sqlite");
  older = join(folder, "older.sqlite");
  const signer = openTrailKey(file, "broker.hospital.example/trail");
  const store = await Store.open(file);
  for (let sequence = 1; sequence <= records; sequence += 1) {
    const about = { holder: `8997${sequence}`, workstation: "é CARDIO-01", detail: "x".repeat((sequence * 37) % 400) };
    await store.write(tx => appendTrail(tx, { at: 1_700_000_000_000 + sequence, act: "session-opened", ...about }));
    if (sealedAt.includes(sequence)) await store.write(tx => sealTrail(tx, signer));
    if (sequence === 200) {
      // The file of that day, whole and consistent in itself.
      await store.write(tx => sealTrail(tx, signer));
      new DatabaseSync(file).exec(`vacuum into '${older}'`);
    }
  }
  const kept = (await lastCheckpoint(store.db))?.note;
  await store.close();
  witness = { key: signer, kept };
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Region {
  readonly from: number;
  readonly bytes: number;
  readonly what: string;
}

/** Where the trail's own content lies in the file: found by its bytes, long values in as many pieces as SQLite cut them. */
function regions(): Region[] {
  const bytes = readFileSync(file);
  const database = new DatabaseSync(file, { readOnly: true });
  const found: Region[] = [];
  const find = (value: string, what: string) => {
    const wanted = Buffer.from(value);
    for (let from = bytes.indexOf(wanted); from >= 0; from = bytes.indexOf(wanted, from + 1))
      found.push({ from, bytes: wanted.length, what });
  };
  for (const row of database.prepare("select sequence, text, hash from trail_record").iterate()) {
    const text = String(row["text"]);
    const start = bytes.indexOf(Buffer.from(text));
    find(text, "text");
    find(String(row["hash"]), "hash");
    // The number stands before the text, in as few bytes as it needs; 1 has none, SQLite keeps it in its type.
    const width = Number(row["sequence"]) > 127 ? 2 : 1;
    if (start > 0 && Number(row["sequence"]) > 1) found.push({ from: start - width, bytes: width, what: "sequence" });
  }
  for (const row of database.prepare("select note from trail_checkpoint").iterate()) find(String(row["note"]), "note");
  for (const row of database.prepare("select hashes from trail_tile").iterate()) {
    const hashes = String(row["hashes"]);
    // Overflow pages cut it: pieces that are surely whole somewhere.
    for (let at = 0; at + 200 <= hashes.length; at += 200) find(hashes.slice(at, at + 200), "tile");
  }
  database.close();
  return found;
}

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

test("nobody touched it: intact, and agrees with the kept checkpoint", () => {
  const verdict = verifyTrailFile(file, witness);
  expect(verdict).toMatchObject({ intact: true, records, sealed: records, keptSize: records, signatures: "checked" });
});

const flips = 10_000;
test(`${flips} flips of a single bit in the trail's content are all found`, { timeout: 600_000 }, () => {
  const places = regions();
  const counts = new Map<string, number>();
  for (const { what } of places) counts.set(what, (counts.get(what) ?? 0) + 1);
  expect([...counts.keys()].toSorted()).toEqual(["hash", "note", "sequence", "text", "tile"]);
  const bytes = readFileSync(file);
  const next = random(20_261_126);
  const missed: string[] = [];
  const descriptor = openSync(file, "r+");
  for (let flip = 0; flip < flips; flip += 1) {
    const place = places[Math.floor(next() * places.length)] as Region;
    const at = place.from + Math.floor(next() * place.bytes);
    const before = bytes[at] ?? 0;
    writeSync(descriptor, Uint8Array.of(before ^ (1 << Math.floor(next() * 8))), 0, 1, at);
    if (verifyTrailFile(file, witness).intact) missed.push(`${place.what} at ${at}`);
    writeSync(descriptor, Uint8Array.of(before), 0, 1, at);
  }
  closeSync(descriptor);
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

const everywhere = [1, 2, 40, 41, 42, 150, 256, 257, 258, records - 1, records];
test.each(Object.entries(edits))("a record %s is found, wherever it stands", (_what, edit) => {
  for (const sequence of everywhere) {
    const copy = join(folder, "edited.sqlite");
    copyFileSync(file, copy);
    const database = new DatabaseSync(copy);
    edit(database, sequence);
    database.close();
    const verdict = verifyTrailFile(copy, witness);
    expect(verdict.intact, `record ${sequence}`).toBe(false);
    // The place is right to the span between two checkpoints, and exact where the chain says it.
    if (!verdict.intact) expect(verdict.sequence, `record ${sequence}`).toBeLessThanOrEqual(sequence);
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
