import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { verifyTrailFile } from "../../broker/audit/trail-file.ts";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import { killUnderLoad } from "../fixtures/killed-broker.ts";
import { SmallDisk } from "../fixtures/small-disk.ts";
import { signIn, TestBroker } from "./support/test-broker.ts";

test("killed again and again under load: nothing acknowledged is lost, nothing doubled", {
  timeout: 240_000,
}, async () => {
  const outcome = await killUnderLoad(5);
  expect(outcome).toMatchObject({ lost: 0, doubled: 0, verdict: { intact: true, signatures: "checked" } });
  expect(outcome.acknowledged).toBeGreaterThan(0);
});

// An ordinary user without user namespaces has none.
describe.runIf(SmallDisk.isAllowed)("a disk of its own", () => {
  let disk: SmallDisk;
  let house: TestBroker;
  let client: BrokerClient;

  beforeEach(async () => {
    disk = SmallDisk.mount("6m");
    mkdirSync(join(disk.folder, "store"));
    const store = join(disk.folder, "store", "broker.sqlite");
    house = await TestBroker.start({ store, trail: { checkpointSeconds: 1 } });
    client = new BrokerClient(await house.enrol("A"));
  });

  afterEach(async () => {
    await client.close();
    await house.close();
    disk.unmount();
  });

  test("full: no session opens and it says why; with room again it goes on without repair", async () => {
    await signIn(client, house.keysOf("physician"));
    const before = house.records().length;
    disk.fill();
    // The write-ahead log may have room left in its blocks for a few.
    const refused = async () => {
      for (let round = 0; round < 500; round += 1)
        await client.report({ report: randomUUID(), denied: "sign-in", code: "pin-wrong" });
    };
    await expect(refused()).rejects.toMatchObject({ code: "trail-unavailable" });
    await expect(signIn(client, house.keysOf("nurse"))).rejects.toMatchObject({ code: "trail-unavailable" });
    expect(opened()).toBe(1);
    disk.free();
    await signIn(client, house.keysOf("nurse"));
    expect(opened()).toBe(2);
    expect(house.records().length).toBeGreaterThan(before);
    await restartsIntact();
  });

  test("for reading only: the broker does not start, and says so; later it does, without repair", async () => {
    await signIn(client, house.keysOf("physician"));
    await client.close();
    await house.broker.close();
    disk.remount("ro");
    await expect(house.restartStopped()).rejects.toThrow(/cannot be opened for writing/);
    disk.remount("rw");
    await house.restartStopped();
    await restartsIntact();
    expect(opened()).toBe(1);
  });

  const opened = () => house.records().filter(({ act }) => act === "session-opened").length;
  const restartsIntact = async () => {
    await house.broker.close();
    expect(verifyTrailFile(house.configuration.store)).toMatchObject({ intact: true });
    await house.restartStopped();
  };
});
