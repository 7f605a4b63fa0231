import { describe, expect, test } from "vitest";
import { Failure } from "../../../../core/errors/failure.ts";
import { Outbox } from "../../../../electron/agent/outbox.ts";

const turns = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

describe("words to the broker", () => {
  test("arrive in order, one after the other", async () => {
    const outbox = new Outbox();
    const arrived: string[] = [];
    const gate = Promise.withResolvers<void>();
    outbox.post(async () => {
      await gate.promise;
      arrived.push("first");
    });
    outbox.post(async () => void arrived.push("second"));
    await turns();
    expect(arrived).toEqual([]);
    gate.resolve();
    await turns();
    expect(arrived).toEqual(["first", "second"]);
  });

  test("wait while the broker is away, and are said once when it is back", async () => {
    const outbox = new Outbox();
    let away = true;
    let said = 0;
    outbox.post(async () => {
      if (away) throw new Failure("broker-unreachable");
      said += 1;
    });
    await turns();
    away = false;
    await outbox.deliver();
    await outbox.deliver();
    expect(said).toBe(1);
  });

  test("that the broker refuses do not hold up the next", async () => {
    const outbox = new Outbox();
    let next = false;
    outbox.post(async () => Promise.reject(new Failure("session-unknown")));
    outbox.post(async () => {
      next = true;
    });
    await turns();
    expect(next).toBe(true);
  });
});
