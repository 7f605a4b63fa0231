import { execFileSync } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
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

/** A file system of a file's own, which the kernel can be told to take for broken. Needs a loop device: an ordinary user has none. */
const canBreak = attempt(folder => {
  makeImage(join(folder, "image"));
  execFileSync("mount", ["-o", "loop", join(folder, "image"), folder], { stdio: "ignore" });
});

test.runIf(canBreak)(
  "a disk that fails under a running broker: no session, and it says why; mounted again it goes on",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "wardkey-disk-"));
    const [image, disk] = [join(folder, "image"), join(folder, "disk")];
    mkdirSync(disk);
    makeImage(image);
    const mount = () => execFileSync("mount", ["-o", "loop", image, disk]);
    mount();
    const house = await TestBroker.start({ store: join(disk, "broker.sqlite"), trail: { checkpointSeconds: 1 } });
    const client = new BrokerClient(await house.enrol("A"));
    try {
      await signIn(client, house.keysOf("physician"));
      // As the kernel does when the disk answers no more: from now on it can only be read.
      execFileSync("mount", ["-o", "remount,abort", disk]);
      await expect(signIn(client, house.keysOf("nurse"))).rejects.toMatchObject({ code: "trail-unavailable" });
      await house.broker.close();
      execFileSync("umount", [disk]);
      mount();
      expect(verifyTrailFile(house.configuration.store)).toMatchObject({ intact: true });
      await house.restartStopped();
      await signIn(client, house.keysOf("nurse"));
      const opened = house.records().filter(({ act }) => act === "session-opened");
      expect(opened).toHaveLength(2);
    } finally {
      await client.close();
      await house.close();
      execFileSync("umount", [disk]);
      rmSync(folder, { recursive: true });
    }
  },
);

function makeImage(file: string): void {
  writeFileSync(file, Buffer.alloc(16 * 1024 * 1024));
  execFileSync("mkfs.ext4", ["-q", file], { stdio: "ignore" });
}

/** Whether this can be mounted on a folder here. */
function attempt(mount: (folder: string) => void): boolean {
  const folder = mkdtempSync(join(tmpdir(), "wardkey-mount-"));
  try {
    mount(folder);
    execFileSync("umount", [folder], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

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
    const acknowledged: string[] = [];
    // The write-ahead log may have room left in its blocks for a few.
    const report = async () => {
      for (let round = 0; round < 500; round += 1) {
        const certificate = randomBytes(32).toString("hex");
        await client.report({ report: randomUUID(), certificate, denied: "sign-in", code: "pin-wrong" });
        acknowledged.push(certificate);
      }
    };
    for (const load of await Promise.allSettled(Array.from({ length: 8 }, report)))
      expect(load).toMatchObject({ status: "rejected", reason: { code: "trail-unavailable" } });
    await expect(signIn(client, house.keysOf("nurse"))).rejects.toMatchObject({ code: "trail-unavailable" });
    expect(opened()).toBe(1);
    disk.free();
    await signIn(client, house.keysOf("nurse"));
    expect(opened()).toBe(2);
    expect(house.records().length).toBeGreaterThan(before);
    const recorded = house.records().map(({ detail }) => detail ?? "");
    expect(acknowledged.filter(one => !recorded.some(detail => detail.includes(one)))).toEqual([]);
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
