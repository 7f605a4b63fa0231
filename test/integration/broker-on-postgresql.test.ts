import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commandLine } from "../../demo/ward/command-line.ts";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import { killUnderLoad } from "../fixtures/killed-broker.ts";
import { PostgresqlServer } from "../fixtures/postgresql-server.ts";
import { databaseFor, keepStoresInFiles, keepStoresOn } from "../fixtures/test-stores.ts";
import { signIn, TestBroker } from "./support/test-broker.ts";

// Whole brokers, whose suites say what holds on SQLite files, hold to it on PostgreSQL: the same suites, word for word.

describe("on PostgreSQL", () => {
  let server: PostgresqlServer;

  beforeAll(async () => {
    server = await PostgresqlServer.start();
    await keepStoresOn(server);
  });

  afterAll(async () => {
    keepStoresInFiles();
    await server.remove();
  });

  test("killed again and again under load: nothing acknowledged is lost, nothing doubled", {
    timeout: 240_000,
  }, async () => {
    const outcome = await killUnderLoad(3);
    expect(outcome).toMatchObject({ lost: 0, doubled: 0, verdict: { intact: true, signatures: "checked" } });
    expect(outcome.acknowledged).toBeGreaterThan(0);
  });

  test("its server away: nobody is let in, and it says why; back again, it goes on by itself", async () => {
    const house = await TestBroker.start();
    const client = new BrokerClient(await house.enrol("A"));
    await signIn(client, house.keysOf("physician"));
    await server.stop();
    await expect(signIn(client, house.keysOf("nurse"))).rejects.toMatchObject({ code: "trail-unavailable" });
    await server.startAgain();
    await signIn(client, house.keysOf("nurse"));
    expect(house.records().flatMap(({ act, holder }) => (act === "session-opened" ? [holder] : []))).toHaveLength(2);
    await client.close();
    await house.close();
  });

  test("its trail is verified by the broker's configuration, with the key beside its files, while it runs", async () => {
    const house = await TestBroker.start();
    const client = new BrokerClient(await house.enrol("A"));
    await signIn(client, house.keysOf("physician"));
    const file = join(house.directory, "broker.json");
    writeFileSync(file, JSON.stringify(house.configuration));
    const verify = () => {
      const words = [commandLine, "audit", "verify", "--json", "--config", file];
      const { status, stdout } = spawnSync(process.execPath, words, { encoding: "utf8" });
      return { status, verdict: JSON.parse(stdout) };
    };
    expect(verify()).toMatchObject({ status: 0, verdict: { intact: true, signatures: "checked" } });
    house.sql("update trail_record set text = replace(text, 'session-opened', 'session-closed')");
    expect(verify()).toMatchObject({ status: 1, verdict: { intact: false, check: "chain", problem: "altered" } });
    await client.close();
    await house.close();
  });

  test("what a broker had in a file is copied whole: workstation, session and trail go on in the database", async () => {
    keepStoresInFiles();
    const house = await TestBroker.start();
    const client = new BrokerClient(await house.enrol("A"));
    const { seat } = await signIn(client, house.keysOf("physician"));
    await client.launch(seat, "record");
    await house.broker.close();
    const before = house.records();
    await keepStoresOn(server);
    const postgresql = databaseFor(house.configuration.store);
    const file = join(house.directory, "broker.json");
    writeFileSync(file, JSON.stringify({ ...house.configuration, postgresql }));
    const copy = () =>
      spawnSync(process.execPath, [commandLine, "store", "copy", "--config", file, house.configuration.store], {
        encoding: "utf8",
      });
    expect(copy()).toMatchObject({ status: 0, stdout: expect.stringContaining(`${before.length} records`) });
    expect(copy()).toMatchObject({ status: 1, stderr: expect.stringContaining("there is a trail already") });
    house.configuration = { ...house.configuration, ...(postgresql === undefined ? {} : { postgresql }) };
    await house.restartStopped();
    expect(await signIn(client, house.keysOf("physician"))).toMatchObject({ resumed: true });
    expect(house.records().slice(0, before.length)).toEqual(before);
    expect(house.records().filter(({ act }) => act === "trail-inconsistent")).toEqual([]);
    await client.close();
    await house.close();
  });

  // Each in a group of its own, so that its hooks are for its own tests.
  describe.each([
    () => import("./broker.test.ts"),
    () => import("./directory.test.ts"),
    () => import("./fallback.test.ts"),
  ])("%#", async suite => {
    await suite();
  });
});
