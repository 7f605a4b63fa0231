import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { directoryActivities } from "../../../../broker/directory/directory-activities.ts";
import type { DirectoryEntry, DirectoryPerson } from "../../../../broker/directory/directory-entry.ts";
import { directoryGroups } from "../../../../broker/directory/directory-groups.ts";
import { removeOtherSources } from "../../../../broker/directory/remove-sources.ts";
import { recordFailed } from "../../../../broker/directory/source-records.ts";
import { standingAmong } from "../../../../broker/directory/standing.ts";
import { type Brought, takeIn } from "../../../../broker/directory/take-in.ts";
import { acceptLoss } from "../../../../broker/services/accept-loss.ts";
import { directorySourceStateOf } from "../../../../broker/store/directory-source-table.ts";
import { personsOfHolder } from "../../../../broker/store/directory-table.ts";
import type { Store, Writing } from "../../../../broker/store/store.ts";
import { asFailure, Failure } from "../../../../core/errors/failure.ts";
import { openTestStore } from "../../../fixtures/test-stores.ts";

let store: Store;

beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

function person(key: string, change: Partial<DirectoryPerson> = {}): DirectoryPerson {
  return {
    kind: "person",
    key,
    reference: `person:${key}`,
    holder: `H${key}`,
    displayName: `N${key}`,
    active: true,
    ...change,
  };
}

function group(name: string, ...members: string[]): DirectoryEntry {
  return { kind: "group", key: name, reference: `group:${name}`, name, members };
}

const persons = (count: number) => Array.from({ length: count }, (_, at) => person(String(at)));

function brought(entries: readonly DirectoryEntry[], change: Partial<Brought> & { broken?: Failure } = {}): Brought {
  async function* all() {
    yield* entries;
    if (change.broken !== undefined) throw change.broken;
  }
  return { extent: "everything", entries: all(), watermark: () => "w", ...change };
}

const look = { now: 1000, signal: new AbortController().signal };
const take = (entries: readonly DirectoryEntry[], source = "hr") => takeIn(store, source, brought(entries), look);
const standing = async (holder: string) => standingAmong(await personsOfHolder(store.db, holder)).kind;
const groupsOf = (holder: string) => directoryGroups(store.db).of(holder);

async function trail(): Promise<readonly { act: string; detail?: string }[]> {
  const rows = await store.db.selectFrom("trail_record").select("text").orderBy("sequence").execute();
  return rows.map(({ text }) => JSON.parse(text));
}

describe("a look at everything", () => {
  test("adds, changes and loses; recorded with counts and no names", async () => {
    await take([person("1"), person("2"), person("3"), group("staff", "person:1")]);
    const change = await take([person("1"), person("2", { active: false }), person("4")]);
    expect(change).toMatchObject({ added: 1, changed: 1, gone: 2, losing: 2 });
    expect(await Promise.all(["H1", "H2", "H3", "H4", "H5"].map(standing))).toEqual([
      "active",
      "disabled",
      "gone",
      "active",
      "unknown",
    ]);
    expect(await trail()).toMatchObject([
      { act: "directory-synced", detail: "hr: 4 added, 0 changed, 0 gone; 0 persons not active any more" },
      { act: "directory-synced", detail: "hr: 1 added, 1 changed, 2 gone; 2 persons not active any more" },
    ]);
  });

  test("that brings the same again changes and records nothing", async () => {
    await take([person("1"), group("staff", "person:1")]);
    expect(await take([person("1"), group("staff", "person:1")])).toMatchObject({ added: 0, changed: 0, gone: 0 });
    expect(await trail()).toHaveLength(1);
  });

  test("brings back who was gone, as he was", async () => {
    await take([person("1"), person("2")]);
    await take([person("1")]);
    expect(await standing("H2")).toBe("gone");
    expect(await take([person("1"), person("2")])).toMatchObject({ changed: 1 });
    expect(await standing("H2")).toBe("active");
  });

  test("that breaks off changes nothing, and leaves nothing behind for the next", async () => {
    await take([person("1"), person("2")]);
    const broken = new Failure("directory-data-unreadable");
    const reading = brought([person("3"), person("1", { active: false })], { broken });
    await expect(takeIn(store, "hr", reading, look)).rejects.toBe(broken);
    expect(await Promise.all(["H1", "H2", "H3"].map(standing))).toEqual(["active", "active", "unknown"]);
    expect(await take([person("1"), person("2")])).toMatchObject({ added: 0, changed: 0, gone: 0 });
  });

  test("with an entry that does not fit changes nothing", async () => {
    await take([person("1")]);
    const refused = take([person("1", { active: false }), group("g".repeat(201))]);
    await expect(refused).rejects.toMatchObject({
      code: "directory-data-unreadable",
      detail: expect.stringContaining("200 characters"),
    });
    expect(await standing("H1")).toBe("active");
  });

  test("of another source touches none of the first's", async () => {
    await take([person("1")]);
    await take([person("1", { holder: "H9" })], "ad");
    expect(await Promise.all(["H1", "H9"].map(standing))).toEqual(["active", "active"]);
  });
});

describe("a look at changes", () => {
  test("changes what it names, and loses nobody", async () => {
    await take([person("1"), person("2")]);
    const reading = brought([person("2", { active: false }), person("2", { displayName: "Last" })], {
      extent: "changes",
    });
    await takeIn(store, "hr", reading, look);
    expect(await Promise.all(["H1", "H2"].map(standing))).toEqual(["active", "active"]);
    expect((await personsOfHolder(store.db, "H2"))[0]?.person.displayName).toBe("Last");
  });
});

describe("a crash between two portions", () => {
  /** The store breaks at its nth write. */
  async function breakingAt(writes: number, entries: readonly DirectoryEntry[]): Promise<boolean> {
    let left = writes;
    const breaking = Object.create(store, {
      write: {
        value: (work: (tx: Writing) => Promise<unknown>) => {
          left -= 1;
          if (left < 0) throw new Error("the power failed");
          return store.write(work);
        },
      },
    }) as Store;
    return takeIn(breaking, "hr", brought(entries, { watermark: () => "after" }), look).then(
      () => true,
      () => false,
    );
  }

  test("leaves a state that the next look completes, wherever it comes", async () => {
    const after = [...persons(450), group("staff", "person:0")].map(entry =>
      entry.key === "7" && entry.kind === "person" ? { ...entry, active: false } : entry,
    );
    let whole = false;
    for (let writes = 0; !whole; writes += 1) {
      await store.close();
      store = await openTestStore();
      await take([...persons(455), group("old", "person:1")]);
      whole = await breakingAt(writes, after);
      if (!whole) expect((await directorySourceStateOf(store.db, "hr")).watermark).toBe("w");
      await take(after);
      expect(await Promise.all(["H0", "H7", "H451"].map(standing))).toEqual(["active", "disabled", "gone"]);
      expect(await Promise.all(["H0", "H1"].map(groupsOf))).toEqual([["staff"], []]);
      expect((await directorySourceStateOf(store.db, "hr")).persons).toBe(450);
      if (writes > 50) throw new Error("never whole");
    }
  });

  test("a broker that ends breaks off between portions", async () => {
    await take(persons(1));
    const ended = new AbortController();
    ended.abort();
    await expect(takeIn(store, "hr", brought(persons(2)), { now: 1, signal: ended.signal })).rejects.toMatchObject({
      name: "AbortError",
    });
    expect(await standing("H1")).toBe("unknown");
  });
});

describe("a source that shrinks", () => {
  test.each<[string, DirectoryEntry[]]>([
    ["by persons who are not there any more", persons(70)],
    ["by persons who are disabled", persons(100).map(one => (Number(one.key) < 30 ? { ...one, active: false } : one))],
  ])("%s is not believed", async (_how, after) => {
    await take(persons(100));
    await expect(take(after)).rejects.toMatchObject({ code: "directory-shrunk", losing: 30 });
    expect(await standing("H0")).toBe("active");
    expect(await standing("H99")).toBe("active");
  });

  test("by changes that disable many is not believed either", async () => {
    await take(persons(100));
    const disabled = persons(30).map(one => ({ ...one, active: false }));
    await expect(takeIn(store, "hr", brought(disabled, { extent: "changes" }), look)).rejects.toMatchObject({
      code: "directory-shrunk",
    });
  });

  test("by a fifth, or by a handful of few, is", async () => {
    await take(persons(100));
    await take(persons(80));
    expect(await standing("H99")).toBe("gone");
    await take(persons(10), "small");
    await take([], "small");
    expect(await standing("H5")).toBe("active");
  });

  test("is believed once an administrator has accepted as much, once and no more", async () => {
    await take(persons(100));
    const refuse = async (left: number) => {
      const refused = await take(persons(left)).catch(asFailure);
      if (!(refused instanceof Failure)) throw new Error("taken over");
      await recordFailed(store, "hr", refused, 2000);
    };
    await expect(acceptLoss(store, "hr", { at: 1 })).rejects.toMatchObject({ code: "request-malformed" });
    await refuse(70);
    expect(await acceptLoss(store, "hr", { at: 1, detail: "ward closed" })).toBe(30);
    await refuse(60);
    await refuse(60);
    expect(await acceptLoss(store, "hr", { at: 1 })).toBe(40);
    expect(await take(persons(60))).toMatchObject({ losing: 40 });
    expect((await directorySourceStateOf(store.db, "hr")).lossAccepted).toBeUndefined();
    await expect(take(persons(30))).rejects.toMatchObject({ code: "directory-shrunk" });
    expect((await trail()).map(({ act }) => act)).toEqual([
      "directory-synced",
      "directory-source-failed",
      "directory-loss-accepted",
      "directory-loss-accepted",
      "directory-synced",
      "directory-source-recovered",
    ]);
  });
});

describe("groups and activities", () => {
  test("are nested, of one source at a time, and circles end", async () => {
    await take([
      person("1"),
      group("nurses", "person:1"),
      group("staff", "group:nurses", "group:everybody"),
      group("everybody", "group:staff"),
    ]);
    await take([person("9", { holder: "H1" }), group("vpn", "person:9"), group("other", "person:1")], "ad");
    expect(await groupsOf("H1")).toEqual(["everybody", "nurses", "staff", "vpn"]);
    expect(await groupsOf("H2")).toEqual([]);
  });

  test("change with their members", async () => {
    await take([person("1"), person("2"), group("staff", "person:1")]);
    await take([person("1"), person("2"), group("staff", "person:2")]);
    expect(await Promise.all(["H1", "H2"].map(groupsOf))).toEqual([[], ["staff"]]);
  });

  test("come from no source that knows the holder twice", async () => {
    const activities = [{ id: "a", label: "A" }];
    await take([
      person("1", { activities }),
      person("2", { holder: "H1", activities: [{ id: "b", label: "B" }] }),
      group("staff", "person:1"),
    ]);
    expect(await groupsOf("H1")).toEqual([]);
    expect(await directoryActivities(store.db).of("H1")).toEqual([]);
    await take([person("1", { holder: "H1", activities: [{ id: "c", label: "C" }] })], "ad");
    expect(await directoryActivities(store.db).of("H1")).toEqual([{ id: "c", label: "C" }]);
  });

  test("reach a holder whose source still has an older identifier", async () => {
    await take([person("1", { holder: "OLD" }), group("staff", "person:1")]);
    expect(await groupsOf("NEW")).toEqual([]);
    await store.write(tx =>
      tx.insertInto("holder_alias").values({ identifier: "OLD", holder: "NEW", since: 1 }).execute(),
    );
    expect(await groupsOf("NEW")).toEqual(["staff"]);
    expect(await standing("NEW")).toBe("active");
  });
});

describe("a source that is not configured any more", () => {
  test("counts no more, recorded; the others do", async () => {
    await take([...persons(300), group("staff", "person:1")]);
    await take([person("2", { active: false })], "ad");
    await removeOtherSources(store, ["hr"], 5);
    expect(await standing("H2")).toBe("active");
    await removeOtherSources(store, [], 6);
    expect(await Promise.all(["H1", "H2"].map(standing))).toEqual(["unknown", "unknown"]);
    expect((await trail()).slice(2)).toMatchObject([
      { act: "directory-source-removed", detail: "ad" },
      { act: "directory-source-removed", detail: "hr" },
    ]);
    for (const table of ["directory_entry", "directory_word", "directory_member", "directory_source"] as const)
      expect(await store.db.selectFrom(table).selectAll().execute()).toEqual([]);
  });
});
