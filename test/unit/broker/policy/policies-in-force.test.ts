import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { PoliciesInForce } from "../../../../broker/policy/policies-in-force.ts";
import type { Store } from "../../../../broker/store/store.ts";
import { silentLog } from "../../../fakes/silent-log.ts";
import { openTestStore } from "../../../fixtures/test-stores.ts";
import { decide, physician } from "./policy-house.ts";

let folder: string;
let store: Store;
let now: number;
const permit = '@id("all") permit(principal, action, resource);';
const forbid = '@id("none") forbid(principal, action, resource);';

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "wardkey-policies-"));
  store = await openTestStore(join(folder, "broker.sqlite"));
  now = physician.at;
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

function write(text: string): void {
  mkdirSync(join(folder, "policies"), { recursive: true });
  writeFileSync(join(folder, "policies", "ward.cedar"), text);
}

function open(applications: readonly { id: string; professions?: number[] }[] = [{ id: "record" }]) {
  const configuration = {
    policyFolder: join(folder, "policies"),
    timeZone: "Europe/Paris",
    places: [{ id: "ward" }],
    applications,
  };
  const clock = { now: () => now++ };
  return PoliciesInForce.open({ configuration, store, clock, log: silentLog });
}

async function acts(): Promise<readonly string[]> {
  const rows = await store.db.selectFrom("trail_record").select("text").orderBy("sequence").execute();
  return rows.map(({ text }) => JSON.parse(text).act);
}

const opens = (policies: PoliciesInForce) => decide(policies.engine, physician, "record").permitted;

describe("the policies in force", () => {
  test("a change is taken once it has stood still, and is recorded once", async () => {
    write(permit);
    const policies = await open();
    expect(opens(policies)).toBe(true);
    write(permit + forbid);
    await policies.tick();
    expect(opens(policies)).toBe(true);
    await policies.tick();
    expect(opens(policies)).toBe(false);
    await policies.tick();
    expect(await acts()).toEqual(["policies-changed", "policies-changed"]);
    policies.close();
  });

  test("a set with a fault is refused, recorded once, and the previous one stays", async () => {
    write(permit);
    const policies = await open();
    write(`${forbid}\npermit(`);
    for (let look = 0; look < 4; look += 1) await policies.tick();
    expect(opens(policies)).toBe(true);
    expect(await acts()).toEqual(["policies-changed", "policies-refused"]);
    write(permit + forbid);
    for (let look = 0; look < 2; look += 1) await policies.tick();
    expect(opens(policies)).toBe(false);
    policies.close();
  });

  test("the previous set stays over a restart, too", async () => {
    write(permit);
    (await open()).close();
    write("permit(");
    const policies = await open();
    expect(opens(policies)).toBe(true);
    expect(await acts()).toEqual(["policies-changed", "policies-refused"]);
    policies.close();
  });

  test("a folder that is gone is a fault like another, and its return a change", async () => {
    write(permit);
    const policies = await open();
    rmSync(join(folder, "policies"), { recursive: true });
    for (let look = 0; look < 4; look += 1) await policies.tick();
    expect(opens(policies)).toBe(true);
    expect(await acts()).toEqual(["policies-changed", "policies-refused"]);
    write(permit + forbid);
    for (let look = 0; look < 2; look += 1) await policies.tick();
    expect(opens(policies)).toBe(false);
    policies.close();
  });

  test("without a previous set a fault keeps the broker from starting, by its place and words", async () => {
    write("permit(");
    await expect(open()).rejects.toThrow(/ward\.cedar:1:\d+: /);
  });

  test("the same set after a restart is not recorded again", async () => {
    write(permit);
    (await open()).close();
    (await open()).close();
    expect(await acts()).toEqual(["policies-changed"]);
  });

  test("beside a folder, an application that states nothing is the folder's alone", async () => {
    write("");
    const policies = await open([{ id: "record" }, { id: "stock", professions: [10] }]);
    expect(decide(policies.engine, physician, "record")).toMatchObject({ permitted: false, because: "no-permit" });
    expect(decide(policies.engine, physician, "stock").permitted).toBe(true);
    const nurse = { ...physician, roles: { profession: "60" } };
    expect(decide(policies.engine, nurse, "stock").permitted).toBe(false);
    policies.close();
  });

  test("without one, it is open to every profession by its card, and closed to a password", async () => {
    const configuration = { places: [{ id: "ward" }], applications: [{ id: "record" }] };
    const policies = await PoliciesInForce.open({ configuration, store, clock: { now: () => now }, log: silentLog });
    expect(opens(policies)).toBe(true);
    const byPassword = { ...physician, means: "temporary-password" as const };
    expect(decide(policies.engine, byPassword, "record")).toEqual({
      permitted: false,
      because: "forbidden",
      by: ["configuration/record/means"],
    });
    policies.close();
  });
});
