import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
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

function verify(): {
  status: number | null;
  verdict: { intact: boolean; records: number; sequence?: number; problem?: string };
} {
  const { status, stdout } = spawnSync(
    process.execPath,
    [commandLine, "audit", "verify", "--json", house.configuration.store],
    { encoding: "utf8" },
  );
  return { status, verdict: JSON.parse(stdout) };
}

function tamper(sql: string): void {
  const database = new DatabaseSync(house.configuration.store);
  database.exec(sql);
  database.close();
}

test("a trail that nobody touched is intact", () => {
  expect(verify()).toMatchObject({ status: 0, verdict: { intact: true, records: 8 } });
});

test.each([
  [
    "a changed holder",
    "update trail_record set text = replace(text, '899700218896', '899700218897') where sequence = 6",
    6,
    "altered",
  ],
  ["a removed record", "delete from trail_record where sequence = 3", 3, "missing"],
  [
    "two records swapped",
    "update trail_record set sequence = -1 where sequence = 3; update trail_record set sequence = 3 where sequence = 4; update trail_record set sequence = 4 where sequence = -1",
    3,
    "altered",
  ],
  [
    "a hash made to fit its record alone",
    "update trail_record set hash = '00' || substr(hash, 3) where sequence = 2",
    2,
    "altered",
  ],
])("%s is found, with its place", (_what, sql, sequence, problem) => {
  tamper(sql);
  expect(verify()).toMatchObject({ status: 1, verdict: { intact: false, sequence, problem } });
});
