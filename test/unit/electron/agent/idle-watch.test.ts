import { beforeEach, expect, test } from "vitest";
import type { FlowEvent } from "../../../../core/flow/flow-event.ts";
import { Alarms } from "../../../../electron/agent/alarms.ts";
import { IdleWatch } from "../../../../electron/agent/idle-watch.ts";
import { FakeTimers } from "../../../fakes/fake-timers.ts";

const minute = 60_000;
const idleMs = 15 * minute;

let timers: FakeTimers;
/** The day's clock beside the timers: a machine that sleeps lets only this go on. */
let sleptMs: number;
let told: FlowEvent[];
let watch: IdleWatch;

beforeEach(() => {
  timers = new FakeTimers();
  sleptMs = 0;
  told = [];
  watch = new IdleWatch(new Alarms(timers), { now: () => timers.now + sleptMs }, event => told.push(event));
  watch.watch("t1", idleMs);
});

test("warns a minute before, and says then since when nobody has been there", () => {
  timers.pass(14 * minute - 1);
  expect(told).toEqual([]);
  timers.pass(1);
  expect(told).toEqual([{ type: "idle-warned", seat: "t1", coversAt: idleMs }]);
  timers.pass(minute - 1);
  expect(told).toHaveLength(1);
  timers.pass(1);
  expect(told[1]).toEqual({ type: "idle-over", seat: "t1", usedAt: 0, at: idleMs });
  timers.pass(idleMs * 2);
  expect([told.length, timers.waiting]).toEqual([2, 0]);
});

test("whoever uses it is neither warned nor covered, for as long as he does", () => {
  for (let passed = 0; passed < 10; passed += 1) {
    timers.pass(13 * minute);
    watch.used();
  }
  expect(told).toEqual([]);
  timers.pass(14 * minute);
  expect(told.map(({ type }) => type)).toEqual(["idle-warned"]);
});

test("whoever stirs at the warning stays, and is warned again", () => {
  timers.pass(14 * minute);
  watch.used();
  watch.used();
  expect(told.map(({ type }) => type)).toEqual(["idle-warned", "idle-ended"]);
  timers.pass(14 * minute);
  expect(told.map(({ type }) => type)).toEqual(["idle-warned", "idle-ended", "idle-warned"]);
  timers.pass(minute);
  expect(told.at(-1)).toMatchObject({ type: "idle-over", usedAt: 14 * minute });
});

test("of a short limit the second half is the warning", () => {
  watch.watch("t2", 6_000);
  timers.pass(2_999);
  expect(told).toEqual([]);
  timers.pass(1);
  expect(told).toMatchObject([{ type: "idle-warned", seat: "t2", coversAt: 6_000 }]);
});

test("a machine that slept was not used: whoever wakes it finds it covered", () => {
  timers.pass(minute);
  sleptMs = 8 * 60 * minute;
  watch.used();
  expect(told).toMatchObject([{ type: "idle-over", usedAt: 0 }]);
  watch.used();
  expect([told.length, timers.waiting]).toEqual([1, 0]);
});

test("a clock that is set back makes nobody wait for longer than the limit", () => {
  timers.pass(minute);
  sleptMs = -30 * minute;
  timers.pass(13 * minute);
  expect(told).toEqual([]);
  timers.pass(14 * minute);
  timers.pass(minute);
  expect(told.map(({ type }) => type)).toEqual(["idle-warned", "idle-over"]);
});

test("a seat that is opened anew counts from then", () => {
  timers.pass(14 * minute);
  watch.watch("t3", idleMs);
  timers.pass(13 * minute);
  expect(told.map(({ type }) => type)).toEqual(["idle-warned"]);
  timers.pass(2 * minute);
  expect(told.at(-1)).toMatchObject({ type: "idle-over", seat: "t3" });
});
