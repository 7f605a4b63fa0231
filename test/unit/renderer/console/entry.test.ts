import { describe, expect, test } from "vitest";
import { entryText, memberOf, readEntry, withMember } from "../../../../renderer/console/house/entry.ts";
import { placeTree } from "../../../../renderer/console/house/place-tree.ts";

const entry = { id: "lab", client: { clientId: "lab" } };

describe("an entry that is written in a form", () => {
  test("has a member put in, changed and taken out where it stands, and the rest as it was", () => {
    expect(withMember(entry, ["client", "clientId"], "labo")).toEqual({ id: "lab", client: { clientId: "labo" } });
    expect(withMember(entry, ["group"], "Care")).toEqual({ ...entry, group: "Care" });
    expect(withMember(entry, ["client", "clientId"], undefined)).toEqual({ id: "lab", client: {} });
    expect(withMember({ id: "lab", client: "none" }, ["client", "clientId"], "lab")).toEqual(entry);
    expect(Object.keys(withMember(entry, ["id"], "x"))).toEqual(["id", "client"]);
  });

  test("is asked for a member, also for one that it does not have", () => {
    expect(memberOf(entry, ["client", "clientId"])).toBe("lab");
    expect(memberOf(entry, ["client", "none"])).toBeUndefined();
    expect(memberOf(entry, ["id", "clientId"])).toBeUndefined();
  });

  test.each(["", "{", "[]", "null", "7"])("is not read from %s", text => {
    expect(readEntry(text)).toBeUndefined();
  });

  test("is read from its own text", () => {
    expect(readEntry(entryText(entry))).toEqual(entry);
  });
});

test("places stand below what they are within, however they are listed", () => {
  const places = [{ id: "icu", within: "ward" }, { id: "hospital" }, { id: "ward", within: "hospital" }];
  expect(placeTree(places).map(({ place, depth }) => [place.id, depth])).toEqual([
    ["hospital", 0],
    ["ward", 1],
    ["icu", 2],
  ]);
  expect(placeTree([])).toEqual([]);
});
