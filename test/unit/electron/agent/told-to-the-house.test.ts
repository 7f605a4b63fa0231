import { beforeEach, expect, test } from "vitest";
import { FakeWorkstation } from "../../../fakes/fake-workstation.ts";

let here: FakeWorkstation;

beforeEach(() => {
  here = new FakeWorkstation();
});

test("the hospital's stopwatch is told each stage, and with the portal the whole way from the card", async () => {
  here.insert();
  await here.settle();
  here.now += 4_000;
  here.type("314159");
  await here.settle();
  expect(here.measured).toEqual([
    { "insertion-to-pin-ready": 0 },
    { "pin-to-portal": 0, "insertion-to-portal": 4_000 },
  ]);
  here.remove();
  expect(here.measured.at(-1)).toEqual({ "removal-to-covered": 0 });
});

test("a return without PIN is no way from card to portal", async () => {
  here.key = "presence";
  here.insert();
  await here.settle();
  expect(here.measured).toEqual([{ "insertion-to-resumed": 0 }]);
});

test("the house's list is told the readers, again whenever they change, and what waits", async () => {
  expect(here.condition()).toEqual({ readers: ["Reader"], waiting: 0 });
  const before = here.conditionsTold;
  here.readers({ kind: "trouble", code: "reader-service-stopped" });
  expect(here.conditionsTold).toBe(before + 1);
  expect(here.condition()).toEqual({ readers: [], trouble: "reader-service-stopped", waiting: 0 });
  here.readers({ kind: "no-reader" });
  expect(here.condition()).toEqual({ readers: [], waiting: 0 });
});
