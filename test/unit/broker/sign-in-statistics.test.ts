import { afterEach, beforeEach, expect, test } from "vitest";
import { SignInStatistics } from "../../../broker/services/sign-in-statistics.ts";
import {
  signInsByHour,
  signInsByPlace,
  stageTotals,
  workstationTotals,
} from "../../../broker/store/sign-in-count-table.ts";
import { Store } from "../../../broker/store/store.ts";

const dayMs = 86_400_000;
const here = { id: "w1", name: "WARD-1", place: "ward" };

let store: Store;
let now: number;
let statistics: SignInStatistics;

beforeEach(async () => {
  store = await Store.open(":memory:");
  now = Date.parse("2026-11-25T23:30:00Z");
  statistics = new SignInStatistics({ store, clock: { now: () => now }, timeZone: "Europe/Paris", keepDays: 30 });
});
afterEach(() => store.close());

test("counts by the day and hour of the hospital's zone, not by the server's", async () => {
  expect(statistics.dayBefore(0)).toBe("2026-11-26");
  expect(statistics.dayBefore(1)).toBe("2026-11-25");
  statistics.signedIn(here, "card-pin");
  statistics.signedIn(here, "temporary-password");
  await statistics.flush();
  expect(await signInsByHour(store.db, { since: "2026-11-26" })).toEqual([{ hour: 0, count: 2 }]);
  expect(await signInsByHour(store.db, { since: "2026-11-27" })).toEqual([]);
});

test("adds what another broker has written", async () => {
  const second = new SignInStatistics({ store, clock: { now: () => now }, timeZone: "Europe/Paris", keepDays: 30 });
  for (const one of [statistics, second, statistics]) one.signedIn(here, "card-pin");
  await statistics.flush();
  await second.flush();
  await statistics.flush();
  expect(await signInsByPlace(store.db, "2026-11-26")).toEqual([{ place: "ward", means: "card-pin", count: 3 }]);
});

test("leaves out what is no stage, and what is no time", async () => {
  statistics.measured(here, { "insertion-to-portal": 4_000, invented: 5, "pin-to-portal": Number.NaN });
  await statistics.flush();
  expect((await stageTotals(store.db, { since: "2026-11-26" })).map(({ key }) => key)).toEqual(["insertion-to-portal"]);
  expect(statistics.totals()).toMatchObject([{ stage: "insertion-to-portal", sumMs: 4_000 }]);
});

test("tells the workstations of some places alone, and of those that are there", async () => {
  await store.write(async tx => {
    const row = { id: "w1", name: "WARD-1", place: "ward", key_hash: "k", enrolled_at: 0 };
    await tx.insertInto("workstation").values(row).execute();
  });
  statistics.measured(here, { "insertion-to-portal": 4_000 });
  statistics.measured({ ...here, id: "withdrawn" }, { "insertion-to-portal": 9_000 });
  await statistics.flush();
  const since = "2026-11-26";
  expect((await workstationTotals(store.db, { since })).map(({ key }) => key)).toEqual(["w1"]);
  expect(await workstationTotals(store.db, { since, places: ["elsewhere"] })).toEqual([]);
});

test("forgets days that are over: a workstation's after a week, the others when the configuration says", async () => {
  statistics.measured(here, { "insertion-to-portal": 4_000 });
  await statistics.flush();
  const counted = async () => ({
    stages: (await stageTotals(store.db, { since: "2026-01-01" })).length,
    workstations: (await store.db.selectFrom("workstation_stage_count").selectAll().execute()).length,
  });
  now += 7 * dayMs;
  await statistics.flush();
  expect(await counted()).toEqual({ stages: 1, workstations: 1 });
  now += dayMs;
  await statistics.flush();
  expect(await counted()).toEqual({ stages: 1, workstations: 0 });
  now += 23 * dayMs;
  await statistics.flush();
  expect(await counted()).toEqual({ stages: 0, workstations: 0 });
});

test("keeps what could not be written for the next time", async () => {
  const broken = { ...store, write: () => Promise.reject(new Error("disk full")) } as unknown as Store;
  const parts = { clock: { now: () => now }, timeZone: "Europe/Paris", keepDays: 30 };
  let current = broken;
  const patient = new SignInStatistics({
    ...parts,
    get store() {
      return current;
    },
  });
  patient.signedIn(here, "card-pin");
  await expect(patient.flush()).rejects.toThrow("disk full");
  current = store;
  await patient.flush();
  await patient.flush();
  expect(await signInsByHour(store.db, { since: "2026-11-26" })).toEqual([{ hour: 0, count: 1 }]);
});
