import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { verifySegmentFile } from "../../broker/audit/read-segment.ts";
import { verifyTrailFile } from "../../broker/audit/trail-file.ts";
import { openTrailKey } from "../../broker/audit/trail-key.ts";
import { TrailSegments } from "../../broker/audit/trail-segments.ts";
import { Store } from "../../broker/store/store.ts";
import { keepExportedUpTo } from "../../broker/store/trail-export-table.ts";
import { indexTrail } from "../../broker/store/trail-index-table.ts";
import { appendTrail, sha256 } from "../../broker/store/trail-table.ts";
import { lastCheckpoint, sealTrail, storedTiles } from "../../broker/store/trail-tree-table.ts";
import { readCheckpoint } from "../../core/trail/checkpoint.ts";
import { consistencyProof, inclusionProof } from "../../core/trail/merkle-proof.ts";
import { leafHash } from "../../core/trail/merkle-tree.ts";
import { removalNote } from "../../core/trail/segment-removal.ts";
import { type NoteSigner, textOfNote } from "../../core/trail/signed-note.ts";
import { verifyConsistency, verifyInclusion } from "../../core/trail/verify-proof.ts";
import { commandLine } from "../../demo/ward/command-line.ts";

let folder: string;
let file: string;
let archive: string;
let store: Store;
let signer: NoteSigner;
let now: number;
let warnings: string[];

const monthOf = (month: number) => Date.UTC(2026, month - 1, 15);
const inMonth = 400;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "wardkey-segments-"));
  [file, archive] = [join(folder, "broker.sqlite"), join(folder, "archive")];
  signer = openTrailKey(file, "broker.hospital.example/trail");
  store = await Store.open(file);
  warnings = [];
  now = monthOf(4);
  // January to March are over, April has begun.
  for (const month of [1, 2, 3, 4]) await record(month, inMonth);
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function record(month: number, count: number): Promise<void> {
  await store.write(async tx => {
    for (let number = 0; number < count; number += 1)
      await appendTrail(tx, { at: monthOf(month) + number, act: "session-opened", holder: `month-${month}-${number}` });
  });
  await store.write(tx => sealTrail(tx, signer));
  while ((await store.write(indexTrail)) > 0);
}

function segments(months: number | undefined, exports: readonly string[] = []): TrailSegments {
  const configuration = {
    retention: { archive, ...(months === undefined ? {} : { months }) },
    exports: exports.map(name => ({ name, identifiers: "as-kept", to: "syslog", host: "h", port: 1 }) as const),
  };
  const log = { info() {}, warn: (_event: string, facts?: object) => void warnings.push(JSON.stringify(facts)) };
  return new TrailSegments({ store, clock: { now: () => now }, log, signer, configuration });
}

async function sealAll(): Promise<void> {
  while ((await store.write(tx => sealTrail(tx, signer))) !== undefined);
}

const verdict = () => verifyTrailFile(file, { key: signer });
const firstLeft = async () =>
  (await store.db.selectFrom("trail_record").select("sequence").orderBy("sequence").limit(1).executeTakeFirst())
    ?.sequence;
const archived = (number: number) =>
  join(archive, readdirSync(archive).find(name => name.startsWith(`trail-00000${number}-`)) ?? "none");
/** The note of a checkpoint that somebody may have kept, the one over so many records. */
async function noteOver(size: number): Promise<string> {
  return (
    await store.db.selectFrom("trail_checkpoint").select("note").where("size", "=", size).executeTakeFirstOrThrow()
  ).note;
}

test("months that are over are archived, each verifies by itself; nothing is removed where nobody asked for it", async () => {
  now = monthOf(12);
  await segments(undefined).tick();
  expect(readdirSync(archive).toSorted()).toEqual([
    "trail-000001-1-400.jsonl",
    "trail-000002-401-800.jsonl",
    "trail-000003-801-1200.jsonl",
  ]);
  for (const [index, first] of [1, 401, 801].entries())
    expect(await verifySegmentFile(archived(index + 1), { key: signer })).toMatchObject({
      ...{ intact: true, number: index + 1, first, last: first + 399, signatures: "checked" },
      origin: "broker.hospital.example/trail",
    });
  expect(await firstLeft()).toBe(1);
  await sealAll();
  expect(verdict()).toMatchObject({ intact: true, records: 4 * inMonth + 3 });
  expect(verdict()).not.toHaveProperty("removed");
});

test("what is old enough is removed by record; chain, tree, proofs and kept checkpoints hold over what is left", async () => {
  const kept = [await noteOver(400), await noteOver(800), await noteOver(1200), await noteOver(1600)];
  now = Date.UTC(2026, 7, 20);
  await segments(6).tick();
  await sealAll();
  // January's and February's last records are more than six months old.
  expect(await firstLeft()).toBe(801);
  expect(verdict()).toMatchObject({
    ...{ intact: true, records: 1605, removed: 800, sealed: 1605 },
    removals: [
      { number: 1, first: 1, last: 400, record: 1604 },
      { number: 2, first: 401, last: 800, record: 1605 },
    ],
  });
  for (const note of kept) expect(verifyTrailFile(file, { key: signer, kept: note })).toMatchObject({ intact: true });
  const last = readCheckpoint(textOfNote((await lastCheckpoint(store.db))?.note ?? "") ?? "");
  const old = readCheckpoint(textOfNote(kept[0] ?? "") ?? "");
  if (last === undefined || old === undefined) throw new Error("no checkpoint");
  const proof = await consistencyProof(old.size, last.size, storedTiles(store.db), sha256);
  expect(verifyConsistency(old, last, proof, sha256)).toBe(true);
  // A removed record is still proved, by its archive's line.
  const line = readFileSync(archived(1), "utf8")
    .split("\n")
    .find(text => text.includes('"sequence":7,'));
  const { hash, text } = JSON.parse(line ?? "") as { hash: string; text: string };
  const leaf = leafHash(new TextEncoder().encode(`${hash}\n7\n${text}`), sha256);
  const path = await inclusionProof(6, last.size, storedTiles(store.db), sha256);
  expect(verifyInclusion(leaf, 6, last, path, sha256)).toBe(true);
  // It goes on, and the removed text is nowhere in the file any more.
  await record(8, 300);
  expect(verdict()).toMatchObject({ intact: true, records: 1905 });
  await store.close();
  expect(readFileSync(file).includes("month-1-17")).toBe(false);
  expect(readFileSync(file).includes("month-3-17")).toBe(true);
  store = await Store.open(file);
});

test("a removal's own record may be removed later: the newest is always there", async () => {
  now = Date.UTC(2026, 6, 20);
  await segments(6).tick();
  await record(8, 10);
  now = Date.UTC(2027, 5, 1);
  await record(12, 10);
  await segments(6).tick();
  await sealAll();
  const found = verdict();
  expect(found).toMatchObject({ intact: true });
  expect(await firstLeft()).toBeGreaterThan(1600);
});

test("records removed without the trail saying so are found", async () => {
  now = Date.UTC(2026, 6, 20);
  await segments(undefined).tick();
  await sealAll();
  await store.write(tx => tx.deleteFrom("trail_record").where("sequence", "<=", 400).execute());
  expect(verdict()).toMatchObject({ intact: false, check: "chain", problem: "missing", sequence: 1 });
  await store.write(tx => tx.updateTable("trail_segment").set({ removed_at: 1 }).where("number", "=", 1).execute());
  expect(verdict()).toMatchObject({ intact: false, check: "segment", problem: "unrecorded" });
});

test("a removal that the broker's key did not sign is none", async () => {
  now = Date.UTC(2026, 6, 20);
  await segments(undefined).tick();
  const { head } = await store.db
    .selectFrom("trail_segment")
    .selectAll()
    .where("number", "=", 1)
    .executeTakeFirstOrThrow();
  const forger = openTrailKey(join(folder, "other"), signer.name);
  const note = removalNote({ number: 1, first: 1, last: 400, head, file: "f", fileHash: "00" }, forger, sha256);
  await store.write(async tx => {
    await appendTrail(tx, { at: now, act: "trail-segment-removed", detail: note });
    await tx.updateTable("trail_segment").set({ removed_at: 1 }).where("number", "=", 1).execute();
    await tx.deleteFrom("trail_record").where("sequence", "<=", 400).execute();
  });
  await sealAll();
  expect(verdict()).toMatchObject({ intact: false, check: "segment", problem: "unrecorded" });
});

test.each([
  ["a removed record too many", "delete from trail_record where sequence = 401", { check: "chain", sequence: 401 }],
  [
    "what stands for the removed end",
    "update trail_segment set head = '00' || substr(head, 3) where number = 1",
    { check: "chain", sequence: 401 },
  ],
  [
    "a removed record's hash in the tree",
    "update trail_tile set hashes = 'AAAA' || substr(hashes, 5) where level = 0 and position = 0",
    { check: "checkpoint", problem: "rewritten" },
  ],
  ["the segment's row gone", "delete from trail_segment where number = 1", { check: "chain", sequence: 1 }],
  [
    "the segment's row widened",
    "update trail_segment set last = 500 where number = 1; delete from trail_record where sequence <= 500",
    {},
  ],
])("after a removal: %s is found", async (_what, sql, finding) => {
  now = Date.UTC(2026, 6, 20);
  await segments(6).tick();
  await sealAll();
  expect(verdict()).toMatchObject({ intact: true, removed: 400 });
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
  expect(verdict()).toMatchObject({ intact: false, ...finding });
});

test("stopped in the middle of a removal: intact as it stands, and the next time goes on", async () => {
  now = Date.UTC(2026, 6, 20);
  await segments(6).tick();
  await sealAll();
  // As if the last pieces had not been deleted yet.
  const { text, hash } = JSON.parse(readFileSync(archived(1), "utf8").split("\n").at(400) ?? "") as Record<
    string,
    string
  >;
  await store.write(tx =>
    tx
      .insertInto("trail_record")
      .values({ sequence: 400, text: text ?? "", hash: hash ?? "" })
      .execute(),
  );
  expect(verdict()).toMatchObject({ intact: true, removed: 400 });
  await segments(6).tick();
  expect(await firstLeft()).toBe(401);
});

test("what an export has not got yet stays, and so does what is not well archived", async () => {
  now = Date.UTC(2026, 6, 20);
  await store.write(tx => keepExportedUpTo(tx, "siem", 399));
  await segments(6, ["siem"]).tick();
  expect(await firstLeft()).toBe(1);
  expect(warnings.join()).toContain("siem");
  await store.write(tx => keepExportedUpTo(tx, "siem", 1600));
  const good = readFileSync(archived(1));
  const spoilt = Buffer.from(good);
  spoilt[5_000] = (spoilt[5_000] ?? 0) ^ 1;
  writeFileSync(archived(1), spoilt);
  await segments(6, ["siem"]).tick();
  expect(await firstLeft()).toBe(1);
  expect(warnings.join()).toContain("has changed");
  writeFileSync(archived(1), good);
  await segments(6, ["siem"]).tick();
  expect(await firstLeft()).toBe(401);
});

test("every flip of a bit in an archived segment is found, and every line removed, doubled or swapped", async () => {
  await segments(undefined).tick();
  const path = archived(2);
  const good = readFileSync(path);
  const spoilt = join(folder, "spoilt.jsonl");
  const intact = async (bytes: Buffer | string) => {
    writeFileSync(spoilt, bytes);
    return (await verifySegmentFile(spoilt, { key: signer })).intact;
  };
  expect(await intact(good)).toBe(true);
  const lines = good.toString().split("\n");
  // Half of them in the first and the last line.
  for (let flip = 0; flip < 120; flip += 1) {
    const within = [lines[0]?.length ?? 0, good.length][flip % 2] ?? 0;
    const at = flip % 4 === 0 ? good.length - 2 - ((flip * 7) % (lines.at(-2)?.length ?? 1)) : (flip * 7919) % within;
    const bytes = Buffer.from(good);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << (flip % 8));
    expect(await intact(bytes), `bit ${flip % 8} at ${at}`).toBe(false);
  }
  expect(await intact(lines.toSpliced(100, 1).join("\n"))).toBe(false);
  expect(await intact(lines.toSpliced(100, 0, lines[100] ?? "").join("\n"))).toBe(false);
  expect(await intact(lines.toSpliced(100, 2, lines[101] ?? "", lines[100] ?? "").join("\n"))).toBe(false);
  expect(await intact(lines.slice(0, 300).join("\n"))).toBe(false);
  expect(await intact(lines.slice(0, -2).join("\n"))).toBe(false);
});

test("an archived segment is compared with a kept checkpoint of its time, and the store with the segment", async () => {
  now = Date.UTC(2026, 6, 20);
  const [atEnd, later] = [await noteOver(800), await noteOver(1600)];
  await segments(6).tick();
  await sealAll();
  const second = archived(2);
  expect(await verifySegmentFile(second, { key: signer, kept: atEnd })).toMatchObject({ intact: true, keptSize: 800 });
  expect(await verifySegmentFile(second, { key: signer, kept: later })).toMatchObject({
    ...{ intact: false, check: "kept-checkpoint", problem: "outside" },
  });
  const verify = (...words: string[]) => {
    const { status, stdout } = spawnSync(process.execPath, [commandLine, "audit", "verify", ...words], {
      encoding: "utf8",
    });
    return { status, stdout };
  };
  expect(verify("--json", "--key", `${file}.trail-key.pub`, second)).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('"signatures":"checked"'),
  });
  const first = verify("--checkpoint", archived(1), file);
  expect(first.status).toBe(0);
  expect(first.stdout).toContain("segment 1, records 1 to 400, by record 1604");
  expect(first.stdout).toContain("the checkpoint kept elsewhere agrees, at 400 records");
  // Another trail's.
  const other = join(folder, "other.jsonl");
  copyFileSync(second, other);
  writeFileSync(other, readFileSync(other, "utf8").replace("month-2-5", "month-2-6"));
  expect(verify("--checkpoint", other, file).status).toBe(1);
  expect(verify(other).status).toBe(1);
});
