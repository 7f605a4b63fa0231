import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DirectoryPerson } from "../../../../broker/directory/directory-entry.ts";
import { directoryConflicts } from "../../../../broker/services/directory-overview.ts";
import { findPersonsPage } from "../../../../broker/services/find-persons.ts";
import { saveEntry } from "../../../../broker/store/directory-table.ts";
import type { Store } from "../../../../broker/store/store.ts";
import { openTestStore } from "../../../fixtures/test-stores.ts";

let store: Store;

beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

async function save(source: string, ...persons: Partial<DirectoryPerson>[]): Promise<void> {
  await store.write(async tx => {
    for (const [at, change] of persons.entries())
      await saveEntry(tx, source, {
        kind: "person",
        key: String(at),
        reference: String(at),
        displayName: `P${at}`,
        active: true,
        ...change,
      });
  });
}

const found = async (search: string) =>
  (await findPersonsPage(store.db, search, undefined)).persons.map(({ displayName }) => displayName);

describe("persons", () => {
  beforeEach(() =>
    save(
      "hr",
      { displayName: "Éloïse Le Goff", holder: "8100", account: "elegoff", mail: "e.legoff@house.example" },
      { displayName: "Jean-Paul Goffin", holder: "8200" },
      { displayName: "Ann Lee", holder: "8101" },
    ),
  );

  test.each([
    ["", ["Ann Lee", "Éloïse Le Goff", "Jean-Paul Goffin"]],
    ["goff", ["Éloïse Le Goff", "Jean-Paul Goffin"]],
    ["GOFF elo", ["Éloïse Le Goff"]],
    ["l", ["Ann Lee", "Éloïse Le Goff"]],
    ["paul", ["Jean-Paul Goffin"]],
    ["jean-p", ["Jean-Paul Goffin"]],
    ["810", ["Ann Lee", "Éloïse Le Goff"]],
    ["elegoff", ["Éloïse Le Goff"]],
    ["e.legoff@h", ["Éloïse Le Goff"]],
    ["goff nobody", []],
    ["off", []],
    ["%", []],
  ])("are found by the beginnings of words: “%s”", async (search, names) => {
    expect(await found(search)).toEqual(names);
  });

  test("are found by what they are called now, and no more by an earlier name", async () => {
    await save("hr", { displayName: "Éloïse Roy" });
    expect(await found("roy")).toEqual(["Éloïse Roy"]);
    expect(await found("le goff")).toEqual([]);
  });

  test("come in pages that leave out nobody and show nobody twice", async () => {
    await save(
      "ad",
      ...Array.from({ length: 120 }, (_, at) => ({ displayName: at % 2 === 0 ? "Same Name" : `N${at}` })),
    );
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await findPersonsPage(store.db, "", after);
      seen.push(...page.persons.map(({ source, key }) => `${source} ${key}`));
      after = page.next;
    } while (after !== undefined);
    expect(seen).toHaveLength(123);
    expect(new Set(seen).size).toBe(123);
  });

  test.each(["x", "[1]", '{"name":""}'])("a place in the list that is none of ours is refused: %s", async after => {
    await expect(findPersonsPage(store.db, "", after)).rejects.toMatchObject({ code: "request-malformed" });
  });
});

describe("conflicts", () => {
  test("are told of those whose entries do not fit together, and of nobody else", async () => {
    await save(
      "hr",
      { holder: "1", displayName: "A B" },
      { holder: "2", displayName: "C" },
      { holder: "3", displayName: "D" },
    );
    await save(
      "ad",
      { holder: "1", displayName: "b a" },
      { holder: "2", displayName: "X" },
      { holder: "3", displayName: "D", active: false },
    );
    await save("wd", { holder: "4" }, { holder: "4" });
    expect(await directoryConflicts(store.db)).toMatchObject({
      more: false,
      conflicts: [
        { holder: "2", kinds: ["different-names"] },
        { holder: "3", kinds: ["different-standing"] },
        { holder: "4", kinds: ["several-entries", "different-names"] },
      ],
    });
  });

  test("under two identifiers of one holder are told, too", async () => {
    await save("hr", { holder: "OLD", displayName: "A" });
    await save("ad", { holder: "NEW", displayName: "B" });
    expect((await directoryConflicts(store.db)).conflicts).toEqual([]);
    await store.write(tx =>
      tx.insertInto("holder_alias").values({ identifier: "OLD", holder: "NEW", since: 1 }).execute(),
    );
    expect((await directoryConflicts(store.db)).conflicts).toMatchObject([
      { holder: "NEW", kinds: ["different-names"] },
    ]);
  });
});
