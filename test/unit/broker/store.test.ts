import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Store } from "../../../broker/store/store.ts";
import { appendTrail, sha256 } from "../../../broker/store/trail-table.ts";
import { Failure } from "../../../core/errors/failure.ts";
import { inTestStore, openTestStore } from "../../fixtures/test-stores.ts";
import { verifyChain } from "../../fixtures/verify-chain.ts";

let folder: string;
let file: string;
let store: Store;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "wardkey-test-"));
  file = join(folder, "broker.sqlite");
  store = await openTestStore(file);
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const append = (at: number) => store.write(tx => appendTrail(tx, { at, act: "broker-started" }));
const chain = () => store.db.selectFrom("trail_record").selectAll().orderBy("sequence").execute();

describe("writing", () => {
  test("together keeps the chain whole, in the order of asking", async () => {
    await Promise.all(Array.from({ length: 50 }, (_, at) => append(at)));
    const records = await chain();
    expect(verifyChain(records, sha256)).toMatchObject({ intact: true, records: 50 });
    expect(records.map(record => JSON.parse(record.text).at)).toEqual(Array.from({ length: 50 }, (_, at) => at));
  });

  test("one that fails undoes its own work alone", async () => {
    const fails = store.write(async tx => {
      await appendTrail(tx, { at: 99, act: "session-ended" });
      throw new Failure("session-unknown");
    });
    const results = await Promise.allSettled([append(1), fails, append(2)]);
    expect(results.map(result => result.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    await expect(fails).rejects.toMatchObject({ code: "session-unknown" });
    const records = await chain();
    expect(records.map(record => JSON.parse(record.text).at)).toEqual([1, 2]);
    expect(verifyChain(records, sha256)).toMatchObject({ intact: true });
  });

  test("where the store says no, is `trail-unavailable`", async () => {
    inTestStore(file, "alter table trail_record rename to away");
    await expect(append(1)).rejects.toMatchObject({ code: "trail-unavailable" });
    inTestStore(file, "alter table away rename to trail_record");
    expect(await chain()).toEqual([]);
    await append(2);
    expect(await chain()).toHaveLength(1);
  });

  test("survives being closed and opened again", async () => {
    await append(1);
    await store.close();
    store = await openTestStore(file);
    await append(2);
    expect(verifyChain(await chain(), sha256)).toMatchObject({ intact: true, records: 2 });
  });

  test("keeps one session a holder and one seat a workstation, whatever the code above does", async () => {
    const session = (id: string, holder: string, seat: string, workstation: string) => ({
      id,
      holder,
      holder_json: "{}",
      means: "card-pin",
      proven_at: null,
      opened_at: 0,
      expires_at: 1,
      seat,
      seat_workstation: workstation,
      seat_state: "open",
      absent_since: null,
    });
    const insert = (row: ReturnType<typeof session>) =>
      store.write(tx => tx.insertInto("session").values(row).execute());
    await insert(session("1", "a", "s1", "w1"));
    await expect(insert(session("2", "a", "s2", "w2"))).rejects.toMatchObject({ code: "trail-unavailable" });
    await expect(insert(session("3", "b", "s3", "w1"))).rejects.toMatchObject({ code: "trail-unavailable" });
    await insert(session("4", "b", "s4", "w2"));
  });
});
