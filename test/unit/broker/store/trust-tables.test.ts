import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addAlias, holderAliases, holderBehind, removeAlias } from "../../../../broker/store/alias-table.ts";
import { forgetOldCards, recentCardMs, recentCards, rememberCard } from "../../../../broker/store/recent-card-table.ts";
import { deleteSource, saveSource, sourceRows } from "../../../../broker/store/source-table.ts";
import type { Store } from "../../../../broker/store/store.ts";
import { applyBundle, bundleInForce, versionInForce } from "../../../../broker/store/trust-table.ts";
import { openTestStore } from "../../../fixtures/test-stores.ts";

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

describe("trust bundles", () => {
  const apply = (version: number) =>
    store.write(tx => applyBundle(tx, { version, bundle: `b${version}`, appliedAt: 1 }));

  test("are in force by the highest version, and none at first", async () => {
    expect([await versionInForce(store.db), await bundleInForce(store.db)]).toEqual([0, undefined]);
    await apply(2);
    await apply(7);
    expect(await bundleInForce(store.db)).toEqual({ version: 7, bundle: "b7", appliedAt: 1 });
  });

  test.each([6, 7, 0])("of version %i are refused after version 7", async version => {
    await apply(7);
    await expect(apply(version)).rejects.toMatchObject({ code: "trust-bundle-refused" });
    expect(await versionInForce(store.db)).toBe(7);
  });
});

describe("aliases", () => {
  const add = (identifier: string, holder: string) => store.write(tx => addAlias(tx, { identifier, holder, since: 3 }));

  test("lead from an older identifier to the holder, and from any other to itself", async () => {
    await add("0123456789", "810000000000");
    expect(await holderBehind(store.db, "0123456789")).toBe("810000000000");
    expect(await holderBehind(store.db, "810000000000")).toBe("810000000000");
    expect(await holderBehind(store.db, "0999999999")).toBe("0999999999");
    await add("0555555555", "810000000000");
    expect(await holderAliases(store.db)).toHaveLength(2);
  });

  test.each([
    ["to itself", "0123456789", "0123456789"],
    ["to another holder than before", "0123456789", "820000000000"],
    ["to one that is an alias", "0777777777", "0123456789"],
    ["from one that others lead to", "810000000000", "820000000000"],
  ])("that would lead %s are refused", async (_, identifier, holder) => {
    await add("0123456789", "810000000000");
    await expect(add(identifier, holder)).rejects.toMatchObject({ code: "request-malformed" });
    expect(await holderAliases(store.db)).toHaveLength(1);
  });

  test("that are taken away lead nowhere", async () => {
    await add("0123456789", "810000000000");
    const remove = () => store.write(tx => removeAlias(tx, "0123456789"));
    expect([await remove(), await remove()]).toEqual([true, false]);
    expect(await holderBehind(store.db, "0123456789")).toBe("0123456789");
  });
});

describe("cards of the last day", () => {
  const remember = (byte: number, at: number) =>
    store.write(tx => rememberCard(tx, { certificate: Uint8Array.of(byte), key: "authentication", at }));
  const known = async (now: number) => (await recentCards(store.db, now)).map(({ certificate }) => certificate[0]);

  test("are one row each, the latest first, and forgotten after a day", async () => {
    await remember(1, 10);
    await remember(2, 20);
    await remember(1, 30);
    expect(await known(40)).toEqual([1, 2]);
    expect(await known(20 + recentCardMs)).toEqual([1]);
    await store.write(tx => forgetOldCards(tx, 30 + recentCardMs));
    expect(await store.db.selectFrom("recent_card").selectAll().execute()).toEqual([]);
  });
});

describe("sources", () => {
  test("are kept by their address", async () => {
    const save = (address: string, json: string) => store.write(tx => saveSource(tx, { address, json }));
    await save("b", "1");
    await save("a", "2");
    await save("b", "3");
    expect(await sourceRows(store.db)).toEqual([
      { address: "a", json: "2" },
      { address: "b", json: "3" },
    ]);
    await store.write(tx => deleteSource(tx, "a"));
    expect(await sourceRows(store.db)).toHaveLength(1);
  });
});
