import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readCheckpoint } from "../../core/trail/checkpoint.ts";
import { textOfNote } from "../../core/trail/signed-note.ts";
import { freePorts } from "../../demo/ward/free-ports.ts";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import { type Enrolment, readEnrolment } from "../../electron/main/broker/enrolment.ts";
import { signIn, TestBroker } from "./support/test-broker.ts";

let house: TestBroker;
let enrolment: Enrolment;
let metricsPort = 0;
const clients: BrokerClient[] = [];

beforeEach(async () => {
  const [port = 0] = await freePorts(1);
  metricsPort = port;
  house = await TestBroker.start({ metrics: { host: "127.0.0.1", port }, trail: { checkpointSeconds: 1 } });
  enrolment = await house.enrol("A");
});

afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
  await house.close();
});

const kept = () => readFileSync(enrolment.checkpointFile, "utf8");
const sizeOf = (note: string) => readCheckpoint(textOfNote(note) ?? "")?.size;
const alarms = () => house.records().filter(({ act }) => act === "trail-inconsistent");

/** A workstation that is connected, has heard the newest checkpoint, and has signed somebody in. */
async function work(): Promise<BrokerClient> {
  const client = new BrokerClient(readEnrolment(join(house.directory, "A")));
  clients.push(client);
  await connected(client);
  await signIn(client, house.keysOf("physician"));
  return client;
}

async function connected(client: BrokerClient): Promise<void> {
  await new Promise<void>(resolve => {
    const stop = client.subscribe(event => {
      if (event.type !== "connected") return;
      queueMicrotask(() => stop());
      resolve();
    });
  });
}

/** What an attacker or an unlucky administrator does while the broker is stopped. */
async function whileStopped(act: (store: string) => void): Promise<void> {
  for (const client of clients.splice(0)) await client.close();
  await house.broker.close();
  act(house.configuration.store);
  await house.restartStopped();
}

function files(store: string, folder: string, direction: "save" | "restore"): void {
  mkdirSync(folder, { recursive: true });
  for (const end of ["", "-wal", "-shm"]) {
    const [from, to] = [`${store}${end}`, join(folder, `store${end}`)];
    if (direction === "save" && existsSync(from)) copyFileSync(from, to);
    if (direction === "restore") {
      rmSync(from, { force: true });
      if (existsSync(to)) copyFileSync(to, from);
    }
  }
}

describe("a workstation", () => {
  test("keeps the newest checkpoint, says it at its next hello, and nothing is wrong", async () => {
    await work();
    await expect.poll(() => existsSync(enrolment.checkpointFile)).toBe(true);
    await whileStopped(() => {});
    await work();
    await expect.poll(() => sizeOf(kept())).toBeGreaterThan(5);
    expect(alarms()).toEqual([]);
  });

  test("contradicts an older file that was put back, once, in trail and metrics", async () => {
    const safe = join(house.directory, "yesterday");
    await whileStopped(store => files(store, safe, "save"));
    await work();
    await whileStopped(() => {});
    await work();
    await expect.poll(() => sizeOf(kept())).toBeGreaterThan(6);
    const before = kept();
    await whileStopped(store => files(store, safe, "restore"));
    await work();
    await expect.poll(() => alarms().length).toBe(1);
    expect(alarms()).toMatchObject([{ code: "cut", workstation: enrolment.workstation }]);
    // A smaller one does not take its place.
    expect(kept()).toBe(before);
    clients[0]?.renewLine();
    await work();
    expect(alarms()).toHaveLength(1);
    const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    expect(metrics).toContain("wardkey_trail_contradictions_total{} 1");
  });

  test("contradicts a trail that was written anew, with a key of its own", async () => {
    await work();
    await expect.poll(() => existsSync(enrolment.checkpointFile)).toBe(true);
    await whileStopped(store => {
      const database = new DatabaseSync(store);
      database.exec(
        "delete from trail_record; delete from trail_index; delete from trail_checkpoint; delete from trail_tile",
      );
      database.close();
      rmSync(`${store}.trail-key`);
      rmSync(`${store}.trail-key.pub`);
    });
    await work();
    await expect.poll(() => alarms().length).toBe(1);
    expect(alarms()).toMatchObject([{ code: "foreign" }]);
  });
});

test("a tree that cannot be read is contradicted, and keeps nobody from working", async () => {
  await work();
  await expect.poll(() => existsSync(enrolment.checkpointFile)).toBe(true);
  await whileStopped(store => {
    const database = new DatabaseSync(store);
    database.exec("delete from trail_tile");
    database.close();
  });
  await work();
  await expect.poll(() => alarms().length).toBe(1);
  expect(alarms()).toMatchObject([{ code: "rewritten", detail: expect.stringContaining("no tile 0/0") }]);
});

describe("the file outside", () => {
  const file = () => join(house.directory, "outside", "checkpoint");
  const toFile = async () => {
    mkdirSync(join(house.directory, "outside"));
    house.configuration = {
      ...house.configuration,
      trail: { ...house.configuration.trail, checkpointFile: file() },
    };
    await house.restart();
  };

  test("holds the last checkpoint, and agrees at the next start", async () => {
    await toFile();
    const first = sizeOf(readFileSync(file(), "utf8")) ?? 0;
    await house.restart();
    expect(sizeOf(readFileSync(file(), "utf8"))).toBeGreaterThan(first);
    expect(alarms()).toEqual([]);
  });

  test("contradicts a cut trail at the start, and is laid aside, not written over", async () => {
    await toFile();
    const before = readFileSync(file(), "utf8");
    await whileStopped(store => {
      const database = new DatabaseSync(store);
      database.exec(
        "delete from trail_record where sequence > 1; delete from trail_checkpoint; delete from trail_tile",
      );
      database.close();
    });
    expect(alarms()).toMatchObject([{ code: "cut" }]);
    const aside = readdirSync(join(house.directory, "outside")).find(name => name.includes("contradicts")) ?? "";
    expect(sizeOf(readFileSync(join(house.directory, "outside", aside), "utf8"))).toBeGreaterThanOrEqual(
      sizeOf(before) ?? 0,
    );
  });

  test("that holds anything else contradicts, too", async () => {
    await toFile();
    await whileStopped(() => writeFileSync(file(), "nothing that was signed\n"));
    expect(alarms()).toMatchObject([{ code: "foreign" }]);
  });
});
