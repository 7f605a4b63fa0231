import { beforeEach, describe, expect, test } from "vitest";
import { atMost, everSlower } from "../../../broker/services/attempt-rules.ts";
import { Attempts } from "../../../broker/services/attempts.ts";

let clock: { at: number; now(): number };
let all: Attempts;
let byWorkstation: Attempts;
let byName: Attempts;

beforeEach(() => {
  clock = { at: 1_000_000, now: () => clock.at };
  all = new Attempts(clock, atMost({ most: 6, withinMs: 60_000 }));
  byWorkstation = new Attempts(clock, atMost({ most: 4, withinMs: 60_000 }));
  byName = new Attempts(clock, everSlower({ free: 2, firstMs: 10_000, longestMs: 40_000 }));
});

const tryOnce = (workstation: string, name: string) =>
  Attempts.takeAll([all, "everybody"], [byWorkstation, workstation], [byName, name]);

describe("what several limits let through", () => {
  test("counts by each of them", () => {
    for (const name of ["a", "b", "c", "d"]) expect(tryOnce("w1", name)).toBe(0);
    expect(tryOnce("w1", "e")).toBe(60_000);
    for (const name of ["a", "b"]) expect(tryOnce("w2", name)).toBe(0);
    expect(tryOnce("w3", "e")).toBe(60_000);
    expect(byName.pauses().map(({ key }) => key)).toEqual(["a", "b"]);
  });

  test("waits for the one that waits longest", () => {
    for (let time = 0; time < 2; time += 1) tryOnce("w1", "a");
    expect(tryOnce("w1", "a")).toBe(10_000);
    for (const name of ["b", "c"]) tryOnce("w1", name);
    expect(tryOnce("w1", "a")).toBe(60_000);
  });
});

describe("what one of them stops counts by none", () => {
  test("a name that waits uses up no tries of its workstation, and none of everybody's", () => {
    for (let time = 0; time < 50; time += 1) tryOnce("w1", "a");
    expect([tryOnce("w1", "b"), tryOnce("w1", "c"), tryOnce("w2", "d")]).toEqual([0, 0, 0]);
  });

  test("a workstation that waits uses up none of everybody's, and holds nobody's name up", () => {
    for (const name of ["a", "b", "c", "d"]) tryOnce("w1", name);
    for (let time = 0; time < 50; time += 1) expect(tryOnce("w1", "e")).toBe(60_000);
    expect([tryOnce("w2", "e"), tryOnce("w2", "e")]).toEqual([0, 0]);
  });
});
