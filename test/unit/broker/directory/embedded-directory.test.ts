import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { directoryGroups } from "../../../../broker/directory/directory-groups.ts";
import { importChange, importPersons, keepPerson } from "../../../../broker/directory/embedded-directory.ts";
import { standingAmong } from "../../../../broker/directory/standing.ts";
import { directorySourceStateOf } from "../../../../broker/store/directory-source-table.ts";
import { personsOfHolder } from "../../../../broker/store/directory-table.ts";
import type { Store } from "../../../../broker/store/store.ts";
import { openTestStore } from "../../../fixtures/test-stores.ts";

let store: Store;
const act = { at: 1000, by: "admin", means: "card-pin", detail: "a new colleague" } as const;

beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

const groupsOf = (holder: string) => directoryGroups(store.db).of(holder);
const standing = async (holder: string) => standingAmong(await personsOfHolder(store.db, holder)).kind;
const keep = (holder: string, groups: string[] = [], active = true) =>
  keepPerson(store, { holder, displayName: `N${holder}`, active }, groups, act);

async function trail(): Promise<readonly object[]> {
  const rows = await store.db.selectFrom("trail_record").select("text").orderBy("sequence").execute();
  return rows.map(({ text }) => JSON.parse(text));
}

const counts = async (text: string) => {
  const { added, changed, lost } = await importChange(store, text);
  return { added: added.length, changed: changed.length, lost: lost.length };
};
const text = (...lines: string[]) => ["id,holder,displayName,active,groups", ...lines, ""].join("\n");

describe("a person who is kept by hand", () => {
  test("counts at once, recorded with who, by which means and why", async () => {
    await keep("8001", ["staff", "night"]);
    expect(await standing("8001")).toBe("active");
    expect(await groupsOf("8001")).toEqual(["night", "staff"]);
    expect(await trail()).toMatchObject([{ act: "directory-person-changed", holder: "8001", ...act }]);
    expect(await directorySourceStateOf(store.db, "embedded")).toMatchObject({ persons: 1, readAt: 1000 });
  });

  test("changes whole: out of the groups that are not named any more, which end with their last member", async () => {
    await keep("8001", ["staff", "night"]);
    await keep("8002", ["staff"]);
    await keep("8001", ["day"], false);
    expect(await standing("8001")).toBe("disabled");
    expect(await groupsOf("8002")).toEqual(["staff"]);
    const groups = await store.db.selectFrom("directory_entry").select("name").where("kind", "=", "group").execute();
    expect(groups.map(({ name }) => name).sort()).toEqual(["day", "staff"]);
  });
});

describe("an import", () => {
  test("brings the person above, in whatever order, and a change by hand leaves that", async () => {
    const lines = ["id,holder,displayName,active,manager", "a,8001,N8001,yes,b", "b,8002,N8002,yes,c", ""].join("\n");
    await importPersons(store, lines, { added: 2, changed: 0, lost: 0 }, act);
    const managerOf = async (holder: string) => (await personsOfHolder(store.db, holder))[0]?.person.manager;
    expect(await managerOf("8001")).toBe("person:8002");
    expect(await managerOf("8002")).toBeUndefined();
    await keep("8001", ["day"]);
    expect(await managerOf("8001")).toBe("person:8002");
  });

  test("shows what it would do and changes nothing; then does just that, in one record", async () => {
    await keep("8001", ["staff"]);
    await keep("8002");
    await keep("8003", ["old"]);
    const wanted = text("a,8001,N8001,yes,staff", "b,8002,N8002,yes,staff", "c,8004,New,yes,");
    expect(await counts(wanted)).toEqual({ added: 1, changed: 1, lost: 1 });
    expect(await standing("8004")).toBe("unknown");
    await importPersons(store, wanted, { added: 1, changed: 1, lost: 1 }, act);
    expect(await Promise.all(["8001", "8002", "8003", "8004"].map(standing))).toEqual([
      "active",
      "active",
      "gone",
      "active",
    ]);
    expect(await Promise.all(["8001", "8002"].map(groupsOf))).toEqual([["staff"], ["staff"]]);
    expect((await trail()).at(-1)).toMatchObject({
      act: "directory-imported",
      by: "admin",
      detail: "1 added, 1 changed, 1 lost; a new colleague",
    });
    expect(await counts(wanted)).toEqual({ added: 0, changed: 0, lost: 0 });
    await keep("8003");
    expect(await standing("8003")).toBe("active");
  });

  test("that would do something else than was shown is refused, and changes nothing", async () => {
    const wanted = text("a,8001,N,yes,");
    await keep("8009");
    await expect(importPersons(store, wanted, { added: 1, changed: 0, lost: 0 }, act)).rejects.toMatchObject({
      code: "request-malformed",
    });
    expect(await standing("8001")).toBe("unknown");
    expect(await trail()).toHaveLength(1);
  });

  test.each([
    ["a person without an identifier", text("a,,N,yes,"), /“a” has no holder/],
    ["an identifier that comes twice", text("a,8001,N,yes,", "b,8001,M,yes,"), /holder “8001”/],
    ["what is no such text", "hello", /column/],
  ])("with %s is refused", async (_what, wanted, detail) => {
    await expect(importChange(store, wanted)).rejects.toMatchObject({
      code: "directory-data-unreadable",
      detail: expect.stringMatching(detail),
    });
  });
});
