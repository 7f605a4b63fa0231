import { beforeEach, describe, expect, test } from "vitest";
import { BrokerLife } from "../../../../broker/main/broker-life.ts";
import type { Log } from "../../../../core/ports/log.ts";
import { FakeTimers } from "../../../fakes/fake-timers.ts";

let happened: string[];
let timers: FakeTimers;
const log: Log = { info() {}, warn: (event, about) => void happened.push(`${event}: ${about?.["detail"]}`) };
const part = (name: string) => ({ close: async () => void happened.push(`${name} closed`) });

beforeEach(() => {
  happened = [];
  timers = new FakeTimers();
});

/** A start of two parts, of which the second one may not open. */
async function start(second: "opens" | "fails"): Promise<() => Promise<void>> {
  await using life = new BrokerLife(timers, log);
  life.keep(part("store"));
  life.keep(undefined);
  life.onceOpen(() => happened.push("watching"));
  life.atEnd(() => void happened.push("sealed"));
  life.every(1_000, "not-done", async () => void happened.push("done"));
  if (second === "fails") throw new Error("port in use");
  life.keep(part("door"));
  return life.begin();
}

describe("a broker's life", () => {
  test("what was opened last is closed first, once, at the end", async () => {
    const end = await start("opens");
    expect(happened).toEqual(["watching"]);
    await end();
    await end();
    expect(happened).toEqual(["watching", "door closed", "sealed", "store closed"]);
  });

  test("a start that fails closes what it had opened, and begins nothing", async () => {
    await expect(start("fails")).rejects.toThrow("port in use");
    expect(happened).toEqual(["sealed", "store closed"]);
    expect(timers.waiting).toBe(0);
  });

  test("what is done again and again begins when all is open, and ends with it", async () => {
    const end = await start("opens");
    timers.pass(999);
    expect(happened).toEqual(["watching"]);
    timers.pass(1);
    timers.pass(1_000);
    expect(happened).toEqual(["watching", "done", "done"]);
    await end();
    expect(timers.waiting).toBe(0);
  });

  test("what fails once is logged, done again, and in nobody else's way", async () => {
    const life = new BrokerLife(timers, log);
    life.every(1_000, "not-kept", () => Promise.reject(new Error("disk full")));
    life.every(1_000, "not-done", async () => void happened.push("done"));
    const end = life.begin();
    for (let round = 0; round < 2; round += 1) {
      timers.pass(1_000);
      await Promise.resolve();
    }
    expect(happened.filter(what => what === "done")).toHaveLength(2);
    expect(happened.filter(what => what === "not-kept: Error: disk full")).toHaveLength(2);
    await end();
  });
});
