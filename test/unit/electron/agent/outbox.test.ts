import { beforeEach, describe, expect, test } from "vitest";
import { Failure } from "../../../../core/errors/failure.ts";
import { Outbox } from "../../../../electron/agent/outbox.ts";
import { FakeTimers } from "../../../fakes/fake-timers.ts";

let timers: FakeTimers;
let logged: string[];
let outbox: Outbox;

beforeEach(() => {
  timers = new FakeTimers();
  logged = [];
  const log = (event: string, fields?: object) => logged.push(JSON.stringify({ event, ...fields }));
  outbox = new Outbox(timers, { info: log, warn: log });
});

const turns = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

/** An errand that fails with `codes`, one at a time, and then arrives. */
function errand(arrived: string[], name: string, ...codes: Failure["code"][]) {
  return async () => {
    const code = codes.shift();
    if (code !== undefined) throw new Failure(code);
    arrived.push(name);
  };
}

describe("words to the broker", () => {
  test("arrive in order, one after the other", async () => {
    const arrived: string[] = [];
    const gate = Promise.withResolvers<void>();
    outbox.post(async () => {
      await gate.promise;
      arrived.push("first");
    });
    outbox.post(errand(arrived, "second"));
    await turns();
    expect(arrived).toEqual([]);
    gate.resolve();
    await turns();
    expect(arrived).toEqual(["first", "second"]);
  });

  test.each(["broker-unreachable", "trail-unavailable"] as const)(
    "that the broker cannot take (%s) wait, keep their order, and are said once",
    async code => {
      const arrived: string[] = [];
      outbox.post(errand(arrived, "first", code));
      outbox.post(errand(arrived, "second"));
      await turns();
      expect(arrived).toEqual([]);
      await outbox.deliver();
      await outbox.deliver();
      expect(arrived).toEqual(["first", "second"]);
      expect(logged).toEqual([]);
    },
  );

  test("that wait are tried again by themselves, also where the line never broke", async () => {
    const arrived: string[] = [];
    outbox.post(errand(arrived, "word", "broker-unreachable", "broker-unreachable"));
    for (const said of [[], [], ["word"]]) {
      await turns();
      expect(arrived).toEqual(said);
      timers.pass(5_000);
    }
    expect(timers.waiting).toBe(0);
  });

  test("that the broker refuses do not hold up the next; support reads of it", async () => {
    const arrived: string[] = [];
    outbox.post(errand(arrived, "first", "session-unknown"));
    outbox.post(errand(arrived, "second"));
    await turns();
    expect(arrived).toEqual(["second"]);
    expect(logged).toEqual(['{"event":"word-to-broker-refused","code":"session-unknown"}']);
  });

  test("have arrived, or cannot, when the delivery is over", async () => {
    const arrived: string[] = [];
    const gate = Promise.withResolvers<void>();
    outbox.post(async () => {
      await gate.promise;
      arrived.push("word");
    });
    let over = false;
    const delivery = outbox.deliver().then(() => {
      over = true;
    });
    await turns();
    expect(over).toBe(false);
    gate.resolve();
    await delivery;
    expect(arrived).toEqual(["word"]);
    await outbox.deliver();
    outbox.post(errand(arrived, "lost", "broker-unreachable"));
    await outbox.deliver();
    expect(arrived).toEqual(["word"]);
  });

  test("are not without number: the oldest goes, not the one under way, and support reads of it", async () => {
    const arrived: string[] = [];
    const gate = Promise.withResolvers<void>();
    outbox.post(async () => {
      await gate.promise;
      arrived.push("0");
    });
    for (let word = 1; word <= 1_001; word += 1) outbox.post(errand(arrived, String(word)));
    gate.resolve();
    await outbox.deliver();
    expect(arrived.slice(0, 2)).toEqual(["0", "3"]);
    expect(arrived).toHaveLength(1_000);
    expect(logged).toHaveLength(2);
  });

  test("of a closed box are not said", async () => {
    const arrived: string[] = [];
    outbox.post(errand(arrived, "word", "broker-unreachable"));
    await turns();
    outbox.close();
    expect(timers.waiting).toBe(0);
    await outbox.deliver();
    expect(arrived).toEqual([]);
  });
});
