import { randomUUID } from "node:crypto";
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { exportedRecords } from "../../broker/audit/exported-records.ts";
import { KnownPersons } from "../../broker/audit/known-persons.ts";
import { verifyTrailFile } from "../../broker/audit/trail-file.ts";
import { breakGlassConfiguration } from "../../broker/break-glass/break-glass-configuration.ts";
import { ldapSource } from "../../broker/directory/ldap/ldap-configuration.ts";
import { fallbackConfiguration } from "../../broker/fallback/fallback-configuration.ts";
import { openStore } from "../../broker/main/open-store.ts";
import { noticeConfiguration } from "../../broker/notices/notice-configuration.ts";
import { extractTrail } from "../../broker/services/trail-extracts.ts";
import { trailPage } from "../../broker/services/trail-overview.ts";
import type { Store } from "../../broker/store/store.ts";
import { searchTrail } from "../../broker/store/trail-search.ts";
import { appendTrail } from "../../broker/store/trail-table.ts";
import { isPseudonym } from "../../core/trail/trail-pseudonym.ts";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import { consoleRoutes } from "../../protocol/broker/console/routes.ts";
import { ConsoleDesk } from "./support/console-desk.ts";
import { DirectorySlapd, slapdManager, slapdPassword, slapdSuffix } from "./support/directory-slapd.ts";
import { boundAs, HostileLdap } from "./support/hostile-ldap.ts";
import { signIn, TestBroker } from "./support/test-broker.ts";

const physician = "899700075064";
const nurse = "899700218896";
const auditor = "899700999999";
const month = 31 * 24 * 3_600_000;

let house: TestBroker;
let client: BrokerClient;
let stores: Store[];
let desk: ConsoleDesk | undefined;
const servers: { stop(): Promise<void> }[] = [];

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
  await desk?.close();
  desk = undefined;
  await house.close();
  for (const server of servers.splice(0)) await server.stop();
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

const people = `ou=people,${slapdSuffix}`;
const ines = `dn: uid=i.morel,${people}
objectClass: inetOrgPerson
uid: i.morel
cn: Ines MOREL
sn: MOREL
employeeNumber: ${nurse}
mail: ines.morel@hopital.test
userPassword: her own
`;

function directoryOf(servers: string[], more: object) {
  const bindPasswordFile = join(house.directory, "ldap-password");
  writeFileSync(bindPasswordFile, slapdPassword);
  const source = ldapSource.parse({
    ...{ id: "hospital", kind: "ldap", servers, bindName: slapdManager, bindPasswordFile, intervalSeconds: 2 },
    ...{ schema: "inet-org-person", people: { base: people }, ...more },
  });
  return { required: false, sources: [source] };
}

/** With a directory, its passwords, emergency access and notices, whose mail server is away. */
async function openWard(): Promise<void> {
  const slapd = await DirectorySlapd.start({
    content: `dn: ${people}\nobjectClass: organizationalUnit\nou: people\n\n${ines}`,
  });
  servers.push(slapd);
  await house.restart({
    administrators: [{ holder: physician, roles: ["helpdesk", "auditor"] }],
    directory: directoryOf([slapd.secureAddress], { authorities: slapd.tls.certificate }),
    fallback: fallbackConfiguration.parse({
      profiles: [{ id: "day", name: "Day", minutes: 600, signIns: 5, secondPerson: false }],
      directoryPasswords: [{ source: "hospital", minutes: 45 }],
      throttling: { freeTries: 2 },
    }),
    breakGlass: breakGlassConfiguration.parse({
      places: [{ place: "ward", ways: ["without-card"] }],
      reasons: [{ id: "vital", text: { en: "A life is at risk" } }],
    }),
    notices: noticeConfiguration.parse({
      server: { host: "localhost", port: 1 },
      from: "wardkey@hopital.test",
      rules: { "fallback-issued": { manager: true } },
    }),
  });
  await expect.poll(() => house.recordsOf("directory-synced").length, { timeout: 10_000 }).toBeGreaterThan(0);
}

/** In every way that does not go by a card of his own. */
async function nameEverybody(): Promise<ConsoleDesk> {
  const refused = (who: string) => expect(client.signInWithPassword(who, Buffer.from("wrong"))).rejects.toThrow();
  await expect(client.signInByGlass("dupont.marie", { kind: "vital", words: "bed 12" })).rejects.toThrow();
  const { seat } = await client.signInByGlass("i.morel", { kind: "vital", words: `for ${nurse}` });
  await client.endGlass(seat);
  await refused("i.morel");
  // A server that says more than it is asked.
  const words = `no more calls for uid=i.morel,${people} (Ines MOREL, ines.morel@hopital.test)`;
  const talking = await HostileLdap.start(() => boundAs(1, 49, words));
  servers.push(talking);
  await house.restart({ directory: directoryOf([talking.address], {}) });
  await refused("ines.morel@hopital.test");
  desk = await ConsoleDesk.open(house, "physician");
  const reason = `called back ${nurse}`;
  await desk.ask(consoleRoutes.requestFallback, { holder: nurse, profile: "day", reason, checked: [], cardLost: true });
  for (let time = 0; time < 3; time += 1) await refused(nurse);
  await desk.ask(consoleRoutes.endPause, { kind: "holder", id: nurse, reason });
  const [glass] = (await desk.ask(consoleRoutes.breakGlass, {})).glasses;
  const review = { id: glass?.id ?? "", finding: "justified", words: `${nurse} was asked` } as const;
  await desk.ask(consoleRoutes.reviewGlass, review);
  return desk;
}

/** Acts in which somebody is named who is not there by a card. */
const naming = [
  ...["break-glass-denied", "break-glass-opened", "break-glass-ended", "break-glass-reviewed"],
  ...["directory-password-denied", "directory-source-failed", "fallback-requested", "card-reported-lost"],
  ...["notice-not-sent", "fallback-denied", "sign-in-pause-ended", "report-made"],
];
const persons = [nurse, physician, "dupont.marie", "i.morel", "Ines MOREL", "ines.morel@hopital.test"];
const lately = () => ({ from: Date.now() - 3_600_000, to: Date.now() + 3_600_000 });

test("nobody who is named without his card stands there either, and a report of him finds his records", async () => {
  await openWard();
  const auditing = await nameEverybody();
  const order = { kind: "person" as const, reason: `asked about ${nurse}`, ...lately() };
  const report = await auditing.ask(consoleRoutes.report, { ...order, subject: nurse });
  expect(report.subject).toContain(nurse);
  const found = report.records.map(({ act }) => act);
  for (const act of ["break-glass-opened", "directory-password-denied", "fallback-issued", "sign-in-pause-ended"])
    expect(found).toContain(act);
  expect((await auditing.ask(consoleRoutes.report, { ...order, subject: "899700000000" })).records).toEqual([]);
  const text = trailTables();
  for (const clear of persons) expect(text).not.toContain(clear);
  const acts = new Set<string>(house.records().map(({ act }) => act));
  expect(naming.filter(act => !acts.has(act))).toEqual([]);
});

test("without the policy those stand there, too", async () => {
  const trail = { ...house.configuration.trail };
  delete trail.identifiers;
  await house.restart({ trail });
  await openWard();
  await nameEverybody();
  const text = trailTables();
  for (const clear of persons) expect(text).toContain(clear);
});

/** The demonstration's certificates do not live as long as this test's clock runs ahead. */
async function recordOpening(): Promise<void> {
  const store = await besides();
  await store.write(tx => appendTrail(tx, { at: Date.now(), act: "session-opened", holder: physician }));
}
