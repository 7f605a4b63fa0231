import { describe, expect, test } from "vitest";
import { breakGlassConfiguration } from "../../../../broker/break-glass/break-glass-configuration.ts";
import { glassWaysAt } from "../../../../broker/break-glass/glass-ways-at.ts";

const least = {
  places: [{ place: "hospital", ways: ["with-card"] }],
  reasons: [{ id: "vital", text: { en: "A life is at risk" } }],
};

describe("the configuration", () => {
  test("lasts half an hour where nothing is said, and is reviewed within three days", () => {
    expect(breakGlassConfiguration.parse(least)).toMatchObject({ minutes: 30, reviewDays: 3, againHours: 24 });
  });

  test.each([
    ["shorter than 15 minutes", { minutes: 14 }],
    ["longer than 60 minutes", { minutes: 61 }],
    ["without a reason", { reasons: [] }],
    ["without a place", { places: [] }],
    ["with a place twice", { places: [...least.places, ...least.places] }],
    ["with a reason twice", { reasons: [...least.reasons, ...least.reasons] }],
    ["with a way that there is not", { places: [{ place: "hospital", ways: ["by-shouting"] }] }],
  ])("%s is none", (_what, change) => {
    expect(breakGlassConfiguration.safeParse({ ...least, ...change }).success).toBe(false);
  });
});

describe("where it is offered", () => {
  const place = (id: string, within?: string) => ({
    id,
    within,
    name: id,
    helpdeskPhone: "",
    graceSeconds: 0,
    idleSeconds: 0,
  });
  const house = {
    places: [place("hospital"), place("ward", "hospital"), place("archive", "hospital"), place("surgery")],
  };
  const configuration = breakGlassConfiguration.parse({
    ...least,
    places: [
      { place: "hospital", ways: ["with-card"] },
      { place: "ward", ways: ["with-card", "without-card"] },
      { place: "archive", ways: [] },
    ],
  });

  test("the nearest rule counts", () => {
    expect(glassWaysAt(configuration, house, "hospital")).toEqual(["with-card"]);
    expect(glassWaysAt(configuration, house, "ward")).toEqual(["with-card", "without-card"]);
    expect(glassWaysAt(configuration, house, "archive")).toEqual([]);
  });

  test("where there is no rule, or no configuration, there is none", () => {
    expect(glassWaysAt(configuration, house, "surgery")).toEqual([]);
    expect(glassWaysAt(undefined, house, "ward")).toEqual([]);
  });
});
