import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { publishedKeys } from "../../../../broker/oidc/key-ring.ts";
import { ProviderKeys } from "../../../../broker/oidc/provider-keys.ts";
import type { Store } from "../../../../broker/store/store.ts";
import { openTestStore } from "../../../fixtures/test-stores.ts";

const keepMs = 1_000;
const useMs = 10_000;
let folder: string;
let store: Store;
let now: number;
let file: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "wardkey-keys-"));
  file = join(folder, "keys");
  store = await openTestStore(join(folder, "broker.sqlite"));
  now = 1_000_000;
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const opened = () => new ProviderKeys({ file, store, clock: { now: () => now }, keepMs, useMs });
const published = (keys: ProviderKeys) => publishedKeys(keys.ring, now, keepMs).map(({ kid }) => kid);

describe("the provider's keys", () => {
  test("are made once, for their owner's eyes, and are the same after a restart", () => {
    const first = opened().ring;
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(opened().ring).toEqual(first);
  });

  test("come into use only after they were published, and stay published while what they signed counts", async () => {
    const keys = opened();
    const { current, next } = keys.ring.ec;
    expect(published(keys)).toEqual(expect.arrayContaining([current.kid, next.kid]));
    await keys.rotate("administrator");
    expect(keys.ring.ec.current).toEqual(next);
    // The provider signs with the first of a kind.
    expect(published(keys)[0]).toBe(next.kid);
    expect(published(keys)).toContain(current.kid);
    now += keepMs;
    expect(published(keys)).not.toContain(current.kid);
    await keys.rotate("administrator");
    expect(JSON.stringify(keys.ring)).not.toContain(current.kid);
  });

  test("are rotated by age, recorded, and not before", async () => {
    const keys = opened();
    const { next } = keys.ring.ec;
    now += useMs - 1;
    await keys.tick();
    expect(keys.ring.ec.next).toEqual(next);
    now += 1;
    await keys.tick();
    expect(keys.ring.ec.current).toEqual(next);
    const records = await store.db.selectFrom("trail_record").select("text").execute();
    expect(records.map(({ text }) => JSON.parse(text))).toMatchObject([
      {
        act: "provider-keys-rotated",
        at: now,
        detail: `age: ${keys.ring.ec.current.kid}, ${keys.ring.rsa.current.kid}`,
      },
    ]);
  });

  test("keep a browser's cookie good past a rotation, and pairwise subjects for good", async () => {
    const keys = opened();
    const { cookies, pairwise } = keys.ring;
    await keys.rotate("administrator");
    expect(keys.ring.cookies).toHaveLength(2);
    expect(keys.ring.cookies[1]).toMatchObject({ secret: cookies[0]?.secret });
    now += keepMs;
    await keys.rotate("administrator");
    expect(keys.ring.cookies.map(({ secret }) => secret)).not.toContain(cookies[0]?.secret);
    expect(keys.ring.pairwise).toBe(pairwise);
  });

  test("rotated by another process are taken over, and told of", async () => {
    const keys = opened();
    let told = 0;
    const stop = keys.subscribe(() => {
      told += 1;
    });
    await keys.tick();
    expect(told).toBe(0);
    const other = opened();
    await other.rotate("administrator");
    utimesSync(file, 1, 1);
    await keys.tick();
    expect(keys.ring).toEqual(other.ring);
    expect(told).toBe(1);
    stop();
    await keys.rotate("administrator");
    expect(told).toBe(1);
  });

  test("that cannot be read stop the start, and are not written over", () => {
    writeFileSync(file, "{}");
    expect(opened).toThrow(file);
    expect(readFileSync(file, "utf8")).toBe("{}");
  });
});
