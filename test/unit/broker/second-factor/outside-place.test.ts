import { expect, test } from "vitest";
import { isOutside } from "../../../../broker/second-factor/outside-place.ts";
import { secondFactorsWanted } from "../../../../broker/second-factor/second-factors-wanted.ts";

const place = (id: string, within?: string, external?: boolean) => ({
  ...{ id, within, external, name: id, helpdeskPhone: "", graceSeconds: 0, idleSeconds: 0 },
});
const places = [place("away", undefined, true), place("home", "away"), place("room", "home", false), place("ward")];

test("a place lies outside with all that is within it, whatever is said of that", () => {
  expect(["away", "home", "room", "ward", "nowhere"].map(id => isOutside({ places }, id))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});

test("more is registered only where it is wanted", () => {
  const inside = { places: [place("ward")] };
  const profile = { id: "a", name: "A", minutes: 5, signIns: 1, secondPerson: false };
  expect(secondFactorsWanted({ places }, undefined)).toBe(true);
  expect(secondFactorsWanted(inside, undefined)).toBe(false);
  expect(secondFactorsWanted(inside, { profiles: [profile] })).toBe(false);
  expect(secondFactorsWanted(inside, { profiles: [profile, { ...profile, secondFactor: true }] })).toBe(true);
});
