import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  type ApplicationSignIn,
  allSignIns,
  enterSignIn,
  holdsSignIns,
  signInOf,
  takeSignInsAtEnd,
  takeSignInsAtRemoval,
  takeSignInsOfClient,
} from "../../../../broker/store/sign-in-table.ts";
import type { Store, Writing } from "../../../../broker/store/store.ts";
import { openTestStore } from "../../../fixtures/test-stores.ts";

let folder: string;
let store: Store;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "wardkey-sign-ins-"));
  store = await openTestStore(join(folder, "broker.sqlite"));
  await store.write(async tx => {
    await enterSignIn(tx, signIn({ grant: "removal" }));
    await enterSignIn(tx, signIn({ grant: "end", clientId: "lasting", logoutAt: "end" }));
    await enterSignIn(tx, signIn({ grant: "elsewhere", seat: "other", session: "other", providerSession: "other" }));
  });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const taken = async (taking: (tx: Writing) => Promise<ApplicationSignIn[]>) =>
  (await store.write(taking)).map(({ grant }) => grant).sort();

test("what hangs on a seat's card is taken when it goes, once, and nothing else", async () => {
  expect(await taken(tx => takeSignInsAtRemoval(tx, "seat"))).toEqual(["removal"]);
  expect(await signInOf(store.db, "removal")).toBeUndefined();
  expect(await signInOf(store.db, "end")).toEqual(signIn({ grant: "end", clientId: "lasting", logoutAt: "end" }));
  expect(await taken(tx => takeSignInsAtRemoval(tx, "seat"))).toEqual([]);
});

test("what hangs on a session is taken when it ends, in whatever seat", async () => {
  expect(await taken(tx => takeSignInsAtEnd(tx, "session"))).toEqual(["end", "removal"]);
  expect((await allSignIns(store.db)).map(({ grant }) => grant)).toEqual(["elsewhere"]);
});

test("what the holder leaves is that application's, in that browser", async () => {
  expect(await taken(tx => takeSignInsOfClient(tx, "browser", "record"))).toEqual(["removal"]);
  expect(await taken(tx => takeSignInsOfClient(tx, "browser", "record"))).toEqual([]);
  expect(await signInOf(store.db, "elsewhere")).toBeDefined();
});

test("a browser's session is held while any of its sign-ins is", async () => {
  expect(await holdsSignIns(store.db, "browser")).toBe(true);
  await taken(tx => takeSignInsAtEnd(tx, "session"));
  expect(await holdsSignIns(store.db, "browser")).toBe(false);
  expect(await holdsSignIns(store.db, "other")).toBe(true);
});

test("the same grant again is the same sign-in, renewed", async () => {
  await store.write(tx => enterSignIn(tx, signIn({ grant: "removal", seat: "next" })));
  expect(await signInOf(store.db, "removal")).toMatchObject({ seat: "next" });
  expect(await allSignIns(store.db)).toHaveLength(3);
});

function signIn(change: Partial<ApplicationSignIn>): ApplicationSignIn {
  return {
    grant: "grant",
    providerSession: "browser",
    clientId: "record",
    application: "record",
    logoutAt: "removal",
    holder: "holder",
    sid: "sid",
    session: "session",
    seat: "seat",
    ...change,
  };
}
