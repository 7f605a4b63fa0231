import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { BroughtEntry, DirectoryPerson } from "../../../../broker/directory/directory-entry.ts";
import { directoryGroups } from "../../../../broker/directory/directory-groups.ts";
import { endAccounts } from "../../../../broker/directory/end-accounts.ts";
import { takeIn } from "../../../../broker/directory/take-in.ts";
import { directorySourceStateOf } from "../../../../broker/store/directory-source-table.ts";
import { entryOf, personsOfHolder } from "../../../../broker/store/directory-table.ts";
import type { Store } from "../../../../broker/store/store.ts";
import { openTestStore } from "../../../fixtures/test-stores.ts";

const signal = new AbortController().signal;
const source = "hospital";
let store: Store;

beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

function person(key: string, change: Partial<DirectoryPerson> = {}): DirectoryPerson {
  const displayName = `Person ${key}`;
  return { kind: "person", key, reference: `ref-${key}`, holder: `H${key}`, displayName, active: true, ...change };
}

function group(key: string, members: readonly string[] = []): BroughtEntry {
  return { kind: "group", key, reference: `ref-${key}`, name: key, members: [...members] };
}

function bring(extent: "everything" | "changes", entries: readonly BroughtEntry[], now = 1_000) {
  async function* all() {
    yield* entries;
  }
  return takeIn(store, source, { extent, entries: all(), watermark: () => `at ${now}` }, { now, signal });
}

const standing = async (key: string) => (await personsOfHolder(store.db, `H${key}`)).map(one => one.standing);

describe("what is gone among changes", () => {
  beforeEach(() => bring("everything", [person("1"), person("2"), group("g")]));

  test("counts as gone: persons stay so, groups do not stay", async () => {
    const gone = ["1", "g", "nobody-knew"].map(key => ({ kind: "gone", key }) as const);
    expect(await bring("changes", gone)).toMatchObject({ added: 0, changed: 0, gone: 2, losing: 1 });
    expect([await standing("1"), await standing("2")]).toEqual([["gone"], ["active"]]);
    expect(await entryOf(store.db, source, "group", "g")).toBeUndefined();
    expect(await bring("changes", [{ kind: "gone", key: "1" }])).toMatchObject({ gone: 0, losing: 0 });
  });

  test("is there again when it comes again", async () => {
    await bring("changes", [{ kind: "gone", key: "1" }]);
    await bring("changes", [person("1")]);
    expect(await standing("1")).toEqual(["active"]);
  });

  test("of more persons than is believed counts for nothing", async () => {
    const many = Array.from({ length: 40 }, (_, at) => person(`p${at}`));
    await bring("everything", [person("1"), person("2"), group("g"), ...many]);
    const gone = many.slice(0, 20).map(({ key }) => ({ kind: "gone", key }) as const);
    await expect(bring("changes", gone)).rejects.toMatchObject({ code: "directory-shrunk" });
    expect(await standing("p0")).toEqual(["active"]);
  });
});

describe("an entry that cannot be read", () => {
  const odd = (key: string): BroughtEntry => ({ kind: "unreadable", key, detail: `uid=${key}: two identifiers` });
  const shown = async () => (await directorySourceStateOf(store.db, source)).unreadable;

  test("stays as it was known, and is shown until it can be read", async () => {
    await bring("everything", [person("1"), person("2"), person("3", { active: false })]);
    const none = { changed: 0, gone: 0, losing: 0 };
    expect(await bring("everything", [odd("1"), person("2"), odd("3"), odd("new")])).toMatchObject(none);
    expect([await standing("1"), await standing("3")]).toEqual([["active"], ["disabled"]]);
    expect((await shown())?.map(({ key }) => key)).toEqual(["1", "3", "new"]);

    await bring("changes", [person("1"), odd("2"), { kind: "gone", key: "new" }]);
    expect(await shown()).toEqual([
      { key: "3", detail: "uid=3: two identifiers" },
      { key: "2", detail: "uid=2: two identifiers" },
    ]);
    await bring("everything", [person("1"), person("2"), person("3")]);
    expect(await shown()).toEqual([]);
  });

  test("is one of a hundred shown, however many there are", async () => {
    await bring(
      "everything",
      Array.from({ length: 300 }, (_, at) => odd(`${at}`)),
    );
    expect((await shown())?.length).toBe(100);
  });
});

describe("an account that ends", () => {
  test("is disabled from then on, recorded once, whatever is read again", async () => {
    await bring("everything", [person("1", { activeUntil: 5_000 }), person("2")], 1_000);
    expect([await endAccounts(store, 4_999), await standing("1")]).toEqual([false, ["active"]]);
    expect([await endAccounts(store, 5_000), await standing("1")]).toEqual([true, ["disabled"]]);
    expect(await endAccounts(store, 6_000)).toBe(false);
    expect(await bring("changes", [person("1", { activeUntil: 5_000 })], 7_000)).toMatchObject({ changed: 0 });
    expect([await standing("1"), await standing("2")]).toEqual([["disabled"], ["active"]]);
    const records = await store.db.selectFrom("trail_record").select("text").execute();
    expect(records.filter(({ text }) => text.includes("directory-accounts-ended")).length).toBe(1);
  });

  test("is active again when its source names a later end, and not when the source disables it besides", async () => {
    await bring("everything", [person("1", { activeUntil: 5_000 })], 6_000);
    expect(await standing("1")).toEqual(["disabled"]);
    await bring("changes", [person("1", { activeUntil: 9_000 })], 6_000);
    expect(await standing("1")).toEqual(["active"]);
    await bring("changes", [person("1", { activeUntil: 9_000, active: false })], 6_000);
    expect(await standing("1")).toEqual(["disabled"]);
  });
});

test("groups that a person's own entry names count as those that name him, with what they are in", async () => {
  await bring("everything", [
    person("1", { groups: ["ref-own", "ref-not-there"] }),
    person("2"),
    group("own"),
    group("around", ["ref-own"]),
    group("naming", ["ref-1", "ref-2"]),
  ]);
  expect(await directoryGroups(store.db).of("H1")).toEqual(["around", "naming", "own"]);
  expect(await directoryGroups(store.db).of("H2")).toEqual(["naming"]);
});
