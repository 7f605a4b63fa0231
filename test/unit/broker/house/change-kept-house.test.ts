import { describe, expect, test } from "vitest";
import { type ChangedHouse, changeKeptHouse } from "../../../../broker/house/change-kept-house.ts";
import { keptHouse } from "../../../../broker/house/kept-house.ts";
import type { HouseChange } from "../../../../protocol/broker/console/house-change.ts";
import { applicationOf, placeOf, writtenApplication } from "./house-parts.ts";

const kept = keptHouse.parse({ applications: [applicationOf("lab")], places: [placeOf("icu")] });
const kind = "application";

function changed(change: Exclude<HouseChange, { act: "restore" }>): Extract<ChangedHouse, { sound: true }> {
  const result = changeKeptHouse(kept, change);
  if (!result.sound) throw new Error(JSON.stringify(result.faults));
  return result;
}

const faultsOf = (change: Exclude<HouseChange, { act: "restore" }>) => {
  const result = changeKeptHouse(kept, change);
  return result.sound ? [] : result.faults;
};

describe("one entry", () => {
  test("whose addresses are none is refused, not fallen over", () => {
    const { client } = applicationOf("stock");
    const entry = applicationOf("stock", { targetLinkUri: "there", client: { ...client, redirectUris: ["nowhere"] } });
    const refused = changeKeptHouse(kept, { act: "add", kind, entry });
    expect(refused).toMatchObject({
      sound: false,
      faults: [{ where: "applications.stock.targetLinkUri" }, { where: "applications.stock.client.redirectUris.0" }],
    });
  });

  test("is added, with a secret made for it, and none where one is given", () => {
    const { kept: after, madeSecret } = changed({ act: "add", kind, entry: writtenApplication("stock") });
    expect(after.applications.map(({ id }) => id)).toEqual(["lab", "stock"]);
    expect(madeSecret).toMatch(/^[\w-]{43}$/);
    expect(after.applications[1]?.client?.clientSecret).toBe(madeSecret);
    expect(changed({ act: "add", kind, entry: applicationOf("stock") }).madeSecret).toBeUndefined();
  });

  test("is replaced, its secret as it was, or made anew where that is asked", () => {
    const entry = writtenApplication("lab", { name: "Laboratory" });
    const same = changed({ act: "replace", kind, id: "lab", entry, newSecret: false });
    expect(same.kept.applications[0]).toMatchObject({ name: "Laboratory", client: applicationOf("lab").client });
    expect(same.madeSecret).toBeUndefined();
    const anew = changed({ act: "replace", kind, id: "lab", entry, newSecret: true });
    expect(anew.kept.applications[0]?.client?.clientSecret).toBe(anew.madeSecret);
    expect(anew.madeSecret).not.toBe(applicationOf("lab").client?.clientSecret);
  });

  test("is removed, and nothing else with it", () => {
    const { kept: after } = changed({ act: "remove", kind, id: "lab" });
    expect(after).toEqual({ ...kept, applications: [] });
  });

  test.each([
    ["added where it is", { act: "add", kind, entry: writtenApplication("lab") }, "applications.lab.id", /taken/],
    ["removed where it is not", { act: "remove", kind, id: "record" }, "applications.record", /not kept/],
    [
      "replaced by one of another name",
      { act: "replace", kind, id: "lab", entry: writtenApplication("labs"), newSecret: false },
      "applications.lab.id",
      /cannot change/,
    ],
    [
      "added with a member that there is not",
      { act: "add", kind, entry: writtenApplication("stock", { shoeSize: 42 }) },
      "applications.stock",
      /shoeSize/,
    ],
    [
      "added with an address that is none",
      { act: "add", kind, entry: writtenApplication("stock", { initiateLoginUri: "here" }) },
      "applications.stock.initiateLoginUri",
      /URL/,
    ],
    [
      "added with the name of the console",
      { act: "add", kind, entry: writtenApplication("wardkey-console") },
      "applications.wardkey-console.id",
      /broker's own/,
    ],
    [
      "added with the name of the page of a holder's own",
      { act: "add", kind, entry: writtenApplication("wardkey-own-sign-in") },
      "applications.wardkey-own-sign-in.id",
      /broker's own/,
    ],
    ["added without a name", { act: "add", kind: "place", entry: placeOf("") }, "places..id", /small/i],
  ] as const)("is not %s", (_what, change, where, words) => {
    expect(faultsOf(change as Exclude<HouseChange, { act: "restore" }>)).toEqual([
      { where, words: expect.stringMatching(words) },
    ]);
  });
});
