import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { TrailVerdict } from "../../core/trail/verify-trail.ts";
import { commandLine } from "../../demo/ward/command-line.ts";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import { signIn, TestBroker } from "./support/test-broker.ts";

let house: TestBroker;

beforeEach(async () => {
  house = await TestBroker.start();
  const client = new BrokerClient(await house.enrol("A"));
  for (const card of ["physician", "nurse", "physician"]) await signIn(client, house.keysOf(card));
  await client.close();
  await house.broker.close();
});
afterEach(() => rmSync(house.directory, { recursive: true, force: true }));

function verify(...words: string[]): { status: number | null; verdict: TrailVerdict } {
  const { status, stdout } = spawnSync(
    process.execPath,
    [commandLine, "audit", "verify", "--json", ...words, house.configuration.store],
    { encoding: "utf8" },
  );
  return { status, verdict: JSON.parse(stdout) };
}

function tamper(sql: string): void {
  const database = new DatabaseSync(house.configuration.store);
  database.exec(sql);
  database.close();
}

test("a trail that nobody touched is intact, sealed to its end, and agrees with what a workstation kept", () => {
  const kept = join(house.directory, "A", "trail-checkpoint");
  const { status, verdict } = verify("--checkpoint", kept);
  expect(status).toBe(0);
  expect(verdict).toMatchObject({ intact: true, records: 8, sealed: 8, signatures: "checked" });
  expect(verdict).toHaveProperty("keptSize");
});

test.each([
  [
    "a changed holder",
    "update trail_record set text = replace(text, '899700218896', '899700218897') where sequence = 6",
    { check: "chain", sequence: 6, problem: "altered" },
  ],
  [
    "a removed record",
    "delete from trail_record where sequence = 3",
    { check: "chain", sequence: 3, problem: "missing" },
  ],
  [
    "two records swapped",
    "update trail_record set sequence = -1 where sequence = 3; update trail_record set sequence = 3 where sequence = 4; update trail_record set sequence = 4 where sequence = -1",
    { check: "chain", sequence: 3, problem: "missing" },
  ],
  [
    "a hash made to fit its record alone",
    "update trail_record set hash = '00' || substr(hash, 3) where sequence = 2",
    { check: "chain", sequence: 2, problem: "altered" },
  ],
  ["a cut tail", "delete from trail_record where sequence > 6", { check: "checkpoint", sequence: 7, problem: "cut" }],
  [
    "a checkpoint over other records",
    "update trail_checkpoint set note = (select note from trail_checkpoint where number = 1) where number = 2",
    { check: "checkpoint", problem: "altered", checkpoint: 2 },
  ],
  [
    "a checkpoint removed",
    "delete from trail_checkpoint where number = 1",
    { check: "checkpoint", problem: "missing" },
  ],
  ["a tile removed", "delete from trail_tile", { check: "tree", problem: "missing" }],
])("%s is found, with its place", (_what, sql, finding) => {
  tamper(sql);
  expect(verify()).toMatchObject({ status: 1, verdict: { intact: false, ...finding } });
});

test("a cut tail whose checkpoints were cut too is found by a checkpoint that was kept", async () => {
  const kept = join(house.directory, "kept");
  writeFileSync(kept, lastNote());
  tamper("delete from trail_record where sequence > 6; delete from trail_checkpoint; delete from trail_tile");
  expect(verify()).toMatchObject({ status: 0, verdict: { intact: true, records: 6, sealed: 0 } });
  expect(verify("--checkpoint", kept)).toMatchObject({
    status: 1,
    verdict: { check: "kept-checkpoint", problem: "cut", sequence: 7 },
  });
});

test("the checkpoint of another broker proves nothing", () => {
  const kept = join(house.directory, "kept");
  writeFileSync(kept, lastNote().replaceAll("127.0.0.1", "127.0.0.2"));
  expect(verify("--checkpoint", kept)).toMatchObject({
    status: 1,
    verdict: { check: "kept-checkpoint", problem: "signature" },
  });
});

test("what is no store of a broker is unreadable, not intact", () => {
  writeFileSync(house.configuration.store, Buffer.alloc(8192, 7));
  expect(verify()).toMatchObject({ status: 1, verdict: { intact: false, check: "file", problem: "unreadable" } });
});

function lastNote(): string {
  const database = new DatabaseSync(house.configuration.store, { readOnly: true });
  const row = database.prepare("select note from trail_checkpoint order by number desc limit 1").get();
  database.close();
  return String(row?.["note"]);
}
