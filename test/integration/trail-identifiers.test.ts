import { randomUUID } from "node:crypto";
import { statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { exportedRecords } from "../../broker/audit/exported-records.ts";
import { KnownPersons } from "../../broker/audit/known-persons.ts";
import { verifyTrailFile } from "../../broker/audit/trail-file.ts";
import { openStore } from "../../broker/main/open-store.ts";
import { extractTrail } from "../../broker/services/trail-extracts.ts";
import { trailPage } from "../../broker/services/trail-overview.ts";
import type { Store } from "../../broker/store/store.ts";
import { searchTrail } from "../../broker/store/trail-search.ts";
import { appendTrail } from "../../broker/store/trail-table.ts";
import { isPseudonym } from "../../core/trail/trail-pseudonym.ts";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import { signIn, TestBroker } from "./support/test-broker.ts";

const physician = "899700075064";
const auditor = "899700999999";
const month = 31 * 24 * 3_600_000;

let house: TestBroker;
let client: BrokerClient;
let stores: Store[];

beforeEach(async () => {
  stores = [];
  house = await TestBroker.start({
    trail: { identifiers: { keyMonths: 12, destroyAfterMonths: 6 } },
    fallback: { profiles: [{ id: "day", name: "Day", minutes: 600, signIns: 5, secondPerson: false }] },
  });
  client = new BrokerClient(await house.enrol("A"));
});

afterEach(async () => {
  for (const store of stores) await store.close();
  await client.close();
  await house.close();
});

/** As an auditor's console, or the command line, sees it beside the running broker. */
async function besides(): Promise<Store> {
  const { store } = await openStore(house.configuration, "command", Date.now() + house.aheadMs);
  stores.push(store);
  return store;
}

/** Everything that the store says of its trail, in one text. */
function trailTables(): string {
  const database = new DatabaseSync(house.configuration.store, { readOnly: true });
  const tables = database
    .prepare("select name from sqlite_schema where type = 'table' and name like 'trail%'")
    .all()
    .map(({ name }) => String(name));
  const rows = tables.map(table => JSON.stringify(database.prepare(`select * from ${table}`).all()));
  database.close();
  return rows.join("\n");
}

async function useEverything(store: Store): Promise<void> {
  await signIn(client, house.keysOf("physician"));
  await client.report({ report: randomUUID(), denied: "sign-in", code: "pin-wrong", certificate: "c".repeat(64) });
  await client.signInWithPassword("dupont.marie", Buffer.from("wrong")).catch(() => {});
  await client.signInWithPassword(physician, Buffer.from("wrong")).catch(() => {});
  const who = { at: Date.now(), by: auditor, detail: `asked by phone about ${physician}` };
  await trailPage(store, { holder: physician }, who, id => id);
  await extractTrail(store, { filter: { holder: physician }, format: "csv", reason: `for ${physician}` }, who, "o");
}

test("where the policy is on, no identifier stands in the trail; whoever asks by it finds all the same", async () => {
  const store = await besides();
  await useEverything(store);
  const text = trailTables();
  for (const clear of [physician, auditor, "dupont.marie", "c".repeat(64)]) expect(text).not.toContain(clear);
  const records = house.records();
  for (const act of ["session-opened", "sign-in-denied", "fallback-denied", "trail-queried", "trail-exported"])
    expect(records.map(one => one.act)).toContain(act);
  expect(records.every(({ holder }) => holder === undefined || isPseudonym(holder))).toBe(true);
  const found = await searchTrail(store, { holder: physician }, 50);
  expect(found.map(({ record }) => record.act)).toContain("session-opened");
  expect(await searchTrail(store, { holder: "899700000000" }, 50)).toEqual([]);
  expect(await searchTrail(store, { holder: auditor }, 50)).toHaveLength(2);
  expect(statSync(`${house.configuration.store}.trail-identifiers`).mode & 0o777).toBe(0o600);
});

test("without the policy they stand there as they are", async () => {
  const trail = { ...house.configuration.trail };
  delete trail.identifiers;
  await house.restart({ trail });
  await useEverything(await besides());
  for (const clear of [physician, auditor, "dupont.marie"]) expect(trailTables()).toContain(clear);
  expect(await searchTrail(await besides(), { holder: physician }, 50)).not.toEqual([]);
});

test("an export has what is kept, or the clear one by its own setting", async () => {
  await useEverything(await besides());
  const store = await besides();
  const kept = await exportedRecords(store.db, "o", 0, 500);
  expect(JSON.stringify(kept)).not.toContain(physician);
  const persons = new KnownPersons(store, { now: Date.now }, [auditor]);
  const clear = await exportedRecords(store.db, "o", 0, 500, persons);
  const opened = clear.find(({ record }) => record.act === "session-opened");
  expect(opened?.record.holder).toBe(physician);
  const asked = clear.find(({ record }) => record.act === "trail-queried");
  expect(asked?.record).toMatchObject({ by: auditor, detail: expect.stringContaining(physician) });
  // Nobody knows whom that name meant.
  expect(JSON.stringify(clear)).not.toContain("dupont.marie");
});

test("keys change with the years; a destroyed one takes the persons of its records with it", async () => {
  const opened = async () =>
    (await searchTrail(await besides(), { holder: physician, act: "session-opened" }, 50)).length;
  await signIn(client, house.keysOf("physician"));
  const first = house.records().find(({ act }) => act === "session-opened")?.holder;
  const later = async (months: number) => {
    house.aheadMs = months * month;
    await house.restart();
    await (await besides()).write(tx => tx.deleteFrom("session").execute());
  };
  expect(await opened()).toBe(1);
  await later(12);
  await recordOpening();
  const second = house.records().at(-1)?.holder;
  expect(second).not.toBe(first);
  expect(await opened()).toBe(2);
  await later(19);
  expect(await opened()).toBe(1);
  const keys = house.records().filter(({ act }) => act.startsWith("trail-key"));
  expect(keys.map(({ act, detail }) => `${act} ${detail}`)).toEqual([
    "trail-key-made key 1",
    "trail-key-made key 2",
    "trail-key-destroyed key 1",
  ]);
  expect(verifyTrailFile(house.configuration.store)).toMatchObject({ intact: true });
});

/** The demonstration's certificates do not live as long as this test's clock runs ahead. */
async function recordOpening(): Promise<void> {
  const store = await besides();
  await store.write(tx => appendTrail(tx, { at: Date.now(), act: "session-opened", holder: physician }));
}
