import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { cardCounts, findCards, forgetUnseenCards, sawCard } from "../../../../broker/store/known-card-table.ts";
import { reportLost } from "../../../../broker/store/lost-card-table.ts";
import { Store } from "../../../../broker/store/store.ts";
import { readCertificate } from "../../../../core/certificate/certificate.ts";
import { openDemonstrationAuthority } from "../../../../native-bindings/simulator/authority/demonstration-authority.ts";
import { demonstrationCards } from "../../../../native-bindings/simulator/authority/demonstration-cards.ts";

const dayMs = 86_400_000;
const holder = { id: "899700218896", displayName: "Inès MOREL", profession: "Infirmier", professionCode: 60 };

let folder: string;
let store: Store;
let der: Uint8Array;
let expiresAt: number;
let madeAt: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "wardkey-cards-"));
  store = await Store.open(":memory:");
  const card = demonstrationCards.find(({ id }) => id === "nurse");
  if (card === undefined) throw new Error("no card");
  der = openDemonstrationAuthority(join(folder, "pki"), Date.now()).keysOf(card).authentication.certificate;
  ({ notAfter: expiresAt, notBefore: madeAt } = readCertificate(der));
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const saw = (at: number, person = holder) => store.write(tx => sawCard(tx, der, person, at));
const standing = async (now: number) => (await findCards(store.db, { now, most: 9 })).cards.map(card => card.standing);

test("a card is one card however often it is seen, with the name that it says now", async () => {
  await saw(madeAt + 1);
  await saw(madeAt + 2, { ...holder, displayName: "Inès MOREL-DUVAL" });
  const { count, cards } = await findCards(store.db, { now: madeAt + 3, most: 9 });
  expect(count).toBe(1);
  expect(cards).toMatchObject([{ holderName: "Inès MOREL-DUVAL", firstSeen: madeAt + 1, lastSeen: madeAt + 2 }]);
});

test("stands as its dates say: good, soon over, over", async () => {
  await saw(madeAt + 1);
  expect(await standing(expiresAt - 91 * dayMs)).toEqual(["good"]);
  expect(await standing(expiresAt - 90 * dayMs)).toEqual(["expiring"]);
  expect(await standing(expiresAt - 1)).toEqual(["expiring"]);
  expect(await standing(expiresAt)).toEqual(["expired"]);
  const soon = expiresAt - 10 * dayMs;
  expect(await cardCounts(store.db, soon)).toEqual({ good: 0, expiring: 1, expired: 0, lost: 0 });
  const found = async (asked: "expiring" | "expired" | "good" | "lost") =>
    (await findCards(store.db, { now: soon, most: 9, standing: asked })).count;
  expect([await found("expiring"), await found("expired"), await found("good"), await found("lost")]).toEqual([
    1, 0, 0, 0,
  ]);
});

test("is lost where it was valid before the report, whatever its dates; one made later is not", async () => {
  await saw(madeAt + 1);
  const loss = (reportedAt: number) =>
    store.write(tx => reportLost(tx, { holder: holder.id, reportedAt, by: "899700075064", reason: "bag stolen" }));
  await loss(madeAt - 1);
  expect(await standing(expiresAt)).toEqual(["expired"]);
  await loss(madeAt);
  expect(await standing(expiresAt)).toEqual(["lost"]);
  expect(await cardCounts(store.db, expiresAt)).toEqual({ good: 0, expiring: 0, expired: 0, lost: 1 });
});

test("is found by a part of the name, of the identifier, of the number; signs of LIKE are none", async () => {
  await saw(madeAt + 1);
  const { cards } = await findCards(store.db, { now: madeAt, most: 9 });
  const found = async (search: string) => (await findCards(store.db, { now: madeAt, most: 9, search })).count;
  expect(await found("morel")).toBe(1);
  expect(await found("700218")).toBe(1);
  expect(await found(cards[0]?.serial.slice(2, 9) ?? "")).toBe(1);
  expect(await found("%")).toBe(0);
  expect((await findCards(store.db, { now: madeAt, most: 9, holder: "another" })).count).toBe(0);
});

test("is forgotten 400 days after it was last seen", async () => {
  await saw(madeAt);
  await store.write(tx => forgetUnseenCards(tx, madeAt + 400 * dayMs - 1));
  expect(await standing(madeAt)).toHaveLength(1);
  await store.write(tx => forgetUnseenCards(tx, madeAt + 400 * dayMs));
  expect(await standing(madeAt)).toEqual([]);
});
