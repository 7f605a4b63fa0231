import { describe, expect, test } from "vitest";
import { keptHouse } from "../../../../broker/house/kept-house.ts";
import { mergeHouse } from "../../../../broker/house/merge-house.ts";
import { applicationOf, fileHouse, placeOf } from "./house-parts.ts";

const merge = (kept: object) => mergeHouse(fileHouse, keptHouse.parse(kept));
const ids = (entries: readonly { readonly id: string }[]) => entries.map(({ id }) => id);

describe("the house of the file and of the console", () => {
  test("is both together, the file's part as it was", () => {
    const { house, setAside } = merge({
      places: [placeOf("icu", { within: "ward", startApplication: "lab" })],
      applications: [applicationOf("lab")],
      groups: [{ id: "day", holders: ["2"] }],
      structures: [{ id: "1750000001", name: "Practice of the square" }],
    });
    expect(setAside).toEqual([]);
    expect(ids(house.places)).toEqual(["hospital", "ward", "icu"]);
    expect(ids(house.applications)).toEqual(["record", "lab"]);
    expect(ids(house.groups)).toEqual(["night", "day"]);
    expect(house.applications[0]).toBe(fileHouse.applications[0]);
  });

  test.each([
    ["an id that the file has", { places: [placeOf("ward")] }, "place", "ward", "id: “ward” is taken"],
    [
      "a client that the file has",
      { applications: [applicationOf("lab", { client: applicationOf("record").client })] },
      "application",
      "lab",
      "client: clientId “record” is taken",
    ],
    [
      "a place within none",
      { places: [placeOf("icu", { within: "east" })] },
      "place",
      "icu",
      "within: no place “east”",
    ],
    [
      "a place that starts nothing",
      { places: [placeOf("icu", { startApplication: "lab" })] },
      "place",
      "icu",
      "startApplication: no application “lab”",
    ],
    ["a group that the file has", { groups: [{ id: "night", holders: [] }] }, "group", "night", "id: “night” is taken"],
  ])("%s is set aside, and the file's counts", (_what, kept, kind, id, words) => {
    const { house, setAside } = merge(kept);
    expect(setAside).toEqual([{ kind, id, words }]);
    expect(house).toMatchObject({
      places: fileHouse.places,
      applications: fileHouse.applications,
      groups: fileHouse.groups,
    });
  });

  test("what hangs on something set aside goes with it, and nothing else", () => {
    const { house, setAside } = merge({
      places: [
        placeOf("east", { within: "gone" }),
        placeOf("icu", { within: "east" }),
        placeOf("west", { within: "hospital" }),
      ],
    });
    expect(ids(house.places)).toEqual(["hospital", "ward", "west"]);
    expect(ids(setAside)).toEqual(["east", "icu"]);
  });

  test("places that are within each other are set aside together", () => {
    const { house, setAside } = merge({ places: [placeOf("a", { within: "b" }), placeOf("b", { within: "a" })] });
    expect(ids(house.places)).toEqual(["hospital", "ward"]);
    expect(setAside.map(({ words }) => words)).toEqual([
      "within: “a” is within itself",
      "within: “b” is within itself",
    ]);
  });
});
