import { beforeEach, expect, test } from "vitest";
import { Alarms } from "../../../../electron/agent/alarms.ts";
import { FakeTimers } from "../../../fakes/fake-timers.ts";

let timers: FakeTimers;
let alarms: Alarms;
let rung: string[];

beforeEach(() => {
  timers = new FakeTimers();
  alarms = new Alarms(timers);
  rung = [];
});

test("an alarm rings once, at its time and not before", () => {
  alarms.set("retry", 100, () => rung.push("retry"));
  timers.pass(99);
  expect([rung, alarms.isSet("retry")]).toEqual([[], true]);
  timers.pass(1);
  timers.pass(1_000);
  expect([rung, alarms.isSet("retry")]).toEqual([["retry"], false]);
});

test("set anew, only the new one rings; another purpose's is left alone", () => {
  alarms.set("retry", 100, () => rung.push("old"));
  alarms.set("expiry", 100, () => rung.push("expiry"));
  alarms.set("retry", 200, () => rung.push("new"));
  timers.pass(100);
  expect(rung).toEqual(["expiry"]);
  timers.pass(100);
  expect(rung).toEqual(["expiry", "new"]);
});

test("a time longer than a timer can count is waited for in steps", () => {
  const month = 30 * 86_400_000;
  alarms.set("expiry", month, () => rung.push("expiry"));
  for (let day = 0; day < 29; day += 1) timers.pass(86_400_000);
  expect(rung).toEqual([]);
  timers.pass(86_400_000);
  expect(rung).toEqual(["expiry"]);
});

test("a time that has passed rings at the next turn", () => {
  alarms.set("expiry", -5, () => rung.push("expiry"));
  expect(rung).toEqual([]);
  timers.pass(0);
  expect(rung).toEqual(["expiry"]);
});

test("cleared alarms are silent", () => {
  alarms.set("expiry", 10, () => rung.push("expiry"));
  alarms.set("telling", 10, () => rung.push("telling"));
  alarms.clearAll();
  timers.pass(10);
  expect([rung, timers.waiting]).toEqual([[], 0]);
});
