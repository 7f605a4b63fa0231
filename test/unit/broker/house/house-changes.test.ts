import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { HouseChanges } from "../../../../broker/house/house-changes.ts";
import { HouseInForce } from "../../../../broker/house/house-in-force.ts";
import { HouseSecrets } from "../../../../broker/house/house-secrets.ts";
import { keptHouse } from "../../../../broker/house/kept-house.ts";
import { PoliciesInForce } from "../../../../broker/policy/policies-in-force.ts";
import { configuredGroups } from "../../../../broker/services/configured-groups.ts";
import { houseHistory, houseOverview } from "../../../../broker/services/house-overview.ts";
import { rememberPortal } from "../../../../broker/store/recent-portal-table.ts";
import type { Store } from "../../../../broker/store/store.ts";
import type { HouseChange } from "../../../../protocol/broker/console/house-change.ts";
import { silentLog } from "../../../fakes/silent-log.ts";
import { openTestStore } from "../../../fixtures/test-stores.ts";
import { applicationOf, fileHouse, placeOf, writtenApplication } from "./house-parts.ts";

let folder: string;
let store: Store;
let now = Date.UTC(2026, 10, 25, 9, 30);
const clock = { now: () => now++ };
const by = "899700075064";

/** A broker's house: several of them stand on one store. */
async function open(file: typeof fileHouse = fileHouse, policyFolder?: string) {
  const secrets = new HouseSecrets(join(folder, "secrets"));
  const house = await HouseInForce.open(file, store.db, secrets);
  const configuration = {
    policyFolder,
    timeZone: "Europe/Paris",
    get places() {
      return house.places;
    },
    get applications() {
      return house.applications;
    },
    get policyTexts() {
      return house.policyTexts;
    },
  };
  const policies = await PoliciesInForce.open({ configuration, store, clock, log: silentLog });
  const parts = { house, policies, store, clock, log: silentLog, secrets, timeZone: "Europe/Paris" };
  const changes = new HouseChanges({ ...parts, groupsOf: configuredGroups });
  const change = (what: HouseChange, seen = house.version) =>
    changes.change(what, seen, "as it was asked", { at: clock.now(), by, means: "card-pin", place: "ward" });
  const names = () => house.applications.map(({ id }) => id);
  return { house, policies, changes, change, names };
}

const { applications: lab } = keptHouse.parse({ applications: [applicationOf("lab", { name: "File's" })] });

const add = (id: string, more: object = {}): HouseChange => ({
  act: "add",
  kind: "application",
  entry: writtenApplication(id, more),
});
const write = (text: string, id = "care"): HouseChange => ({ act: "add", kind: "policies", entry: { id, text } });
const permit = (application: string, name = `open-${application}`) =>
  `@id("${name}")\npermit(principal, action, resource == Application::"${application}");\n`;

async function trail(): Promise<readonly Record<string, string>[]> {
  const rows = await store.db.selectFrom("trail_record").select("text").orderBy("sequence").execute();
  return rows.map(({ text }) => JSON.parse(text));
}

const showPortal = (holder = "1") =>
  store.write(tx =>
    rememberPortal(tx, {
      holder: { id: holder, profession: "", professionCode: 10 },
      means: "card-pin",
      place: "ward",
      workstation: { id: "w", name: "W" },
      at: now,
    }),
  );

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "wardkey-house-"));
  store = await openTestStore(join(folder, "broker.sqlite"));
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("a change", () => {
  test("counts at once, stands in the trail, and is there after a restart; its secret is told once", async () => {
    const { house, policies, change, names } = await open();
    const done = await change(add("lab"));
    expect(done).toEqual({ version: 1, madeSecret: house.kept.applications[0]?.client?.clientSecret });
    expect(names()).toEqual(["record", "lab"]);
    expect(policies.engine.policiesFor("lab")).toEqual(["configuration/lab/professions", "configuration/lab/means"]);
    const records = await trail();
    expect(records.at(-2)).toMatchObject({ act: "house-changed", by, means: "card-pin", place: "ward" });
    expect(records.at(-2)?.["detail"]).toMatch(/^version 1, SHA-256 \w{64}: application lab added; as it was asked$/);
    expect(records.at(-1)).toMatchObject({ act: "policies-changed" });
    const view = await houseOverview(house, policies, store);
    const row = await store.db.selectFrom("house_version").selectAll().executeTakeFirstOrThrow();
    for (const text of [JSON.stringify(view), JSON.stringify(records), row.document])
      expect(text).not.toContain(done.madeSecret);
    const again = await open();
    expect(again.house.kept).toEqual(house.kept);
  });

  test.each([
    ["an id of the file", add("record"), /applications\.record: id: “record” is taken/],
    [
      "a place within none",
      { act: "add", kind: "place", entry: placeOf("icu", { within: "east" }) },
      /places\.icu: within: no place “east”/,
    ],
    [
      "an entry of the file to be removed",
      { act: "remove", kind: "application", id: "record" },
      /is not kept in the console/,
    ],
    ["a version that there is not", { act: "restore", version: 7 }, /version 7: there is none/],
    ["policies with a fault", write('@id("x")\npermit(principal, action resource);'), /care: .*unexpected/],
    [
      "policies that name what is not there",
      write(permit("recrod")),
      /no Application::"recrod", which “open-recrod” names/,
    ],
  ] as const)("with %s is refused, and everything stays", async (_what, change, words) => {
    const { house, policies, change: make, names, changes } = await open();
    const { version } = policies.engine.set;
    await expect(make(change as HouseChange)).rejects.toMatchObject({
      code: "house-refused",
      detail: expect.stringMatching(words),
    });
    expect((await changes.effects(change as HouseChange)).faults.length).toBeGreaterThan(0);
    expect([house.version, names(), policies.engine.set.version]).toEqual([0, ["record"], version]);
    expect((await trail()).filter(({ act }) => act === "house-changed")).toEqual([]);
  });

  test("a fault of a policy has its line and column", async () => {
    const { changes } = await open();
    const faults = await changes.faults(write(`${permit("record")}\n${permit("stock")}`));
    expect(faults).toEqual([{ where: "care", line: 5, column: expect.any(Number), words: expect.any(String) }]);
    expect(await changes.faults(write(permit("record")))).toEqual([]);
  });

  test("that takes away what a policy names is refused with the policy's name; without the policy it is done", async () => {
    const { change, names } = await open();
    await change(add("lab"));
    await change(write(permit("lab") + permit("record")));
    const removal: HouseChange = { act: "remove", kind: "application", id: "lab" };
    await expect(change(removal)).rejects.toMatchObject({ detail: expect.stringContaining("“open-lab”") });
    expect(names()).toEqual(["record", "lab"]);
    await change({
      act: "replace",
      kind: "policies",
      id: "care",
      entry: { id: "care", text: permit("record") },
      newSecret: false,
    });
    await change(removal);
    expect(names()).toEqual(["record"]);
  });

  test("that takes a place from its workstations is refused; an empty place goes", async () => {
    const { house, change } = await open();
    await change({ act: "add", kind: "place", entry: placeOf("icu", { within: "ward" }) });
    const row = { id: "w", name: "W", place: "icu", key_hash: "k", enrolled_at: 0 };
    await store.write(tx => tx.insertInto("workstation").values(row).execute());
    const removal: HouseChange = { act: "remove", kind: "place", id: "icu" };
    await expect(change(removal)).rejects.toMatchObject({ detail: "places.icu: 1 workstations stand there" });
    await store.write(tx => tx.deleteFrom("workstation").execute());
    await change(removal);
    expect(house.places.map(({ id }) => id)).toEqual(["hospital", "ward"]);
  });

  test("of two administrators at once, the second is told", async () => {
    const { change, names } = await open();
    const [first, second] = await Promise.allSettled([change(add("lab"), 0), change(add("stock"), 0)]);
    expect([first.status, second.status]).toEqual(["fulfilled", "rejected"]);
    expect(second).toMatchObject({ reason: { code: "changed-meanwhile" } });
    await expect(change(add("stock"), 0)).rejects.toMatchObject({ code: "changed-meanwhile" });
    expect(names()).toEqual(["record", "lab"]);
    await change(add("stock"), 1);
    expect(names()).toEqual(["record", "lab", "stock"]);
  });

  test("an earlier version comes back as another one", async () => {
    const { house, change, names } = await open();
    await change(add("lab"));
    await change({ act: "remove", kind: "application", id: "lab" });
    expect(names()).toEqual(["record"]);
    expect(await change({ act: "restore", version: 1 })).toEqual({ version: 3 });
    expect(names()).toEqual(["record", "lab"]);
    expect(house.kept.applications[0]?.client?.clientSecret).toMatch(/^[\w-]{43}$/);
    expect((await houseHistory(store, now)).versions.map(({ version, differences }) => [version, differences])).toEqual(
      [
        [3, [{ act: "added", kind: "application", id: "lab", members: [] }]],
        [2, [{ act: "removed", kind: "application", id: "lab", members: [] }]],
        [1, [{ act: "added", kind: "application", id: "lab", members: [] }]],
      ],
    );
  });
});

describe("what a change would do", () => {
  test("who of yesterday would gain and lose what; nothing is done", async () => {
    const { change, changes, names } = await open();
    await showPortal();
    const gains = await changes.effects(add("lab"));
    expect(gains).toMatchObject({ faults: [], portals: 1, gainedCount: 1, lostCount: 0 });
    expect(gains.gained).toMatchObject([{ holder: "1", application: "lab", decides: "no such application" }]);
    expect(names()).toEqual(["record"]);
    await change(add("lab"));
    const loses = await changes.effects({ act: "remove", kind: "application", id: "lab" });
    expect(loses).toMatchObject({ gainedCount: 0, lostCount: 1, lost: [{ application: "lab" }] });
    expect(await changes.effects(add("lab", { professions: [60] }))).toMatchObject({
      faults: [{ words: expect.stringMatching(/taken/) }],
    });
  });

  test("the first text of policies takes over what states nothing, and that is said before", async () => {
    const { change, changes } = await open();
    await showPortal();
    await change(add("lab", { professions: [10] }));
    const effects = await changes.effects(write(permit("lab")));
    expect(effects).toMatchObject({ leftToPolicies: ["record"], lost: [{ application: "record" }] });
    await change(write(permit("record")));
    expect((await changes.effects(write(permit("lab", "again"), "more"))).leftToPolicies).toEqual([]);
  });

  test("a holder of a group that changes", async () => {
    const { change, changes } = await open();
    await showPortal("7");
    await change({ act: "add", kind: "group", entry: { id: "day", holders: [] } });
    await change(write('@id("day")\npermit(principal in Group::"day", action, resource);'));
    const entry = { id: "day", holders: ["7"] };
    const effects = await changes.effects({ act: "replace", kind: "group", id: "day", entry, newSecret: false });
    expect(effects).toMatchObject({ gained: [{ holder: "7", application: "record", wouldDecide: "day" }] });
  });
});

describe("beside the file and other brokers", () => {
  test("what the file comes to say otherwise is set aside and shown, and does not keep other changes back", async () => {
    const first = await open();
    await first.change(add("lab"));
    const file = { ...fileHouse, applications: [...fileHouse.applications, ...lab] };
    const { house, change, names } = await open(file);
    expect(house.setAside).toEqual([{ kind: "application", id: "lab", words: "id: “lab” is taken" }]);
    expect(house.applications.map(({ name }) => name)).toEqual(["RECORD", "File's"]);
    await change(add("stock"));
    expect(names()).toEqual(["record", "lab", "stock"]);
    await change({ act: "remove", kind: "application", id: "lab" });
    expect(house.setAside).toEqual([]);
  });

  test("what the file takes from a policy of the console is told, the policies stay in force, and the text can be put right", async () => {
    const first = await open({ ...fileHouse, applications: [...fileHouse.applications, ...lab] });
    await first.change(write(permit("lab") + permit("record")));
    const { house, policies, change } = await open();
    const view = await houseOverview(house, policies, store);
    expect(view.policyFaults).toEqual([
      { where: "care", line: 2, column: expect.any(Number), words: expect.stringContaining("“open-lab”") },
    ]);
    expect(view.policyTexts).toMatchObject([{ source: "console", id: "care", policies: ["open-lab", "open-record"] }]);
    await change({
      act: "replace",
      kind: "policies",
      id: "care",
      entry: { id: "care", text: permit("record") },
      newSecret: false,
    });
    expect((await houseOverview(house, policies, store)).policyFaults).toEqual([]);
  });

  test("another broker on the store follows at its next look, policies too", async () => {
    const here = await open();
    const there = await open();
    await here.change(add("lab"));
    expect(there.names()).toEqual(["record"]);
    expect(await there.house.tick(store.db)).toBe(true);
    await there.policies.follow();
    expect(there.names()).toEqual(["record", "lab"]);
    expect(there.policies.engine.set.version).toBe(here.policies.engine.set.version);
    expect(await there.house.tick(store.db)).toBe(false);
    await expect(there.change(add("stock"), 0)).rejects.toMatchObject({ code: "changed-meanwhile" });
  });

  test("a folder that is being written does not keep a change back; its policies in force stay", async () => {
    const policyFolder = join(folder, "policies");
    mkdirSync(policyFolder);
    writeFileSync(join(policyFolder, "a.cedar"), permit("record"));
    const { policies, change, changes } = await open(fileHouse, policyFolder);
    writeFileSync(join(policyFolder, "a.cedar"), "permit(");
    await change({ act: "add", kind: "group", entry: { id: "day", holders: [] } });
    await change(add("lab"));
    expect(policies.engine.policiesFor("record")).toEqual(["open-record"]);
    expect(await changes.faults(write(permit("lab", "open-record")))).toMatchObject([
      { where: "care", words: expect.stringContaining("is taken: a.cedar:1") },
    ]);
  });

  test("a document that was altered in the store is not believed", async () => {
    const { change } = await open();
    await change(add("lab"));
    await store.write(tx => tx.updateTable("house_version").set({ document: '{"applications":[]}' }).execute());
    await expect(open()).rejects.toThrow("version 1 of the house was altered in the store");
  });
});
