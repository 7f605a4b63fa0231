import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Admission } from "../../../broker/directory/admission.ts";
import { directoryConfiguration } from "../../../broker/directory/directory-configuration.ts";
import { SessionEndings } from "../../../broker/services/session-endings.ts";
import { type SessionEvent, SessionEvents } from "../../../broker/services/session-events.ts";
import { saveSession, sessionById } from "../../../broker/store/session-table.ts";
import type { Store } from "../../../broker/store/store.ts";
import type { Session } from "../../../core/session/session.ts";
import { inTestStore, openTestStore } from "../../fixtures/test-stores.ts";

let folder: string;
let store: Store;
let endings: SessionEndings;
let told: SessionEvent[];

const workstation = { id: "w", name: "W", place: "ward" };
const session: Session = {
  id: "s",
  holder: { id: "h", displayName: "H", profession: "", professionCode: 10 },
  means: "card-pin",
  openedAt: 0,
  provenAt: 0,
  expiresAt: 5_000,
  seat: { id: "seat", workstation: "w", state: "open" },
  absentSince: undefined,
};
const save = (change: Partial<Session>) => store.write(tx => saveSession(tx, { ...session, ...change }));

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "wardkey-endings-"));
  store = await openTestStore(join(folder, "broker.sqlite"));
  await save({});
  told = [];
  const events = new SessionEvents();
  events.subscribe(event => told.push(event));
  const admission = new Admission(directoryConfiguration.parse({}));
  endings = new SessionEndings({ store, clock: { now: () => 5_000 }, admission, events });
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

function records(): { readonly act: string; readonly detail: string }[] {
  const rows = inTestStore(join(folder, "broker.sqlite"), "select text from trail_record order by sequence");
  return rows.map(row => JSON.parse(String(row["text"])) as { act: string; detail: string });
}

describe("a session ends once", () => {
  const once = [{ act: "session-ended" }];
  const tellings = ["seat-lost", "session-ended"];

  test.each<[string, () => Promise<unknown>[]]>([
    ["its holder ends it twice", () => [endings.end(workstation, "seat"), endings.end(workstation, "seat")]],
    ["its holder ends it when its time has come", () => [endings.end(workstation, "seat"), endings.endExpired()]],
    ["the helpdesk ends it when its time has come", () => [endings.endExpired(), endings.endOf("h", "lost")]],
  ])("where %s", async (_, end) => {
    await Promise.all(end());
    expect(records()).toMatchObject(once);
    expect(told.map(({ type }) => type)).toEqual(tellings);
    expect(await sessionById(store.db, "s")).toBeUndefined();
  });

  test("whoever ends another one's is told that there was none", async () => {
    expect(await endings.endOf("another", "lost")).toBe(false);
    expect(await endings.endOf("h", "lost")).toBe(true);
    expect(await endings.endOf("h", "lost")).toBe(false);
    expect(records()).toMatchObject([{ act: "session-ended", detail: "lost" }]);
  });
});

test("a session that has moved when its end is about to be written goes on", async () => {
  const seat = { id: "seat 2", workstation: "w2", state: "open" } as const;
  // Written first, in the same group of writers.
  const moved = save({ seat });
  await Promise.all([moved, endings.end(workstation, "seat")]);
  expect(await sessionById(store.db, "s")).toMatchObject({ seat });
  expect(records()).toEqual([]);
  expect(told).toEqual([]);
});
