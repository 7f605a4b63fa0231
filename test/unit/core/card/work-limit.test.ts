import { describe, expect, test } from "vitest";
import type { PinPadCommand } from "../../../../core/card/pin/pin-pad.ts";
import { limited, WorkLimit } from "../../../../core/card/work-limit.ts";
import { FakeTimers } from "../../../fakes/fake-timers.ts";
import { RecordingCard } from "../../../fakes/scripted-card.ts";

const tooSlow = { code: "card-too-slow" };
const never = () => new Promise<never>(() => {});
const command = Uint8Array.of(0, 0xb0, 0, 0, 0);
const done = Uint8Array.of(0x90, 0);
const padCommand: PinPadCommand = {
  cla: 0,
  ins: 0x20,
  p1: 0,
  p2: 1,
  format: { encoding: "ascii", minimumLength: 4, maximumLength: 4, storedLength: undefined, padding: 0xff },
};

describe("time", () => {
  test("a call that answers in time does so, and nothing is timed after the work", async () => {
    const timers = new FakeTimers();
    const limit = new WorkLimit(timers);
    expect(await limit.within(async () => "answer")).toBe("answer");
    limit.close();
    expect(timers.waiting).toBe(0);
  });

  test("a call that is never answered rejects once ten seconds are over, and so does the next", async () => {
    const timers = new FakeTimers();
    const limit = new WorkLimit(timers);
    const call = limit.within(never);
    timers.pass(9_999);
    expect(await Promise.race([call, Promise.resolve("waits")])).toBe("waits");
    timers.pass(1);
    await expect(call).rejects.toMatchObject(tooSlow);
    await expect(limit.within(async () => "answer")).rejects.toMatchObject(tooSlow);
  });

  test("is the work's, not the call's: many short calls use it up", async () => {
    const timers = new FakeTimers();
    const card = new RecordingCard(() => {
      timers.pass(1_000);
      return done;
    });
    const limit = new WorkLimit(timers);
    const transport = limited(card, () => limit);
    const work = async () => {
      for (;;) await transport.transmit(command);
    };
    await expect(work()).rejects.toMatchObject(tooSlow);
    expect(card.commands).toHaveLength(10);
  });

  test("an own failure of the call passes unchanged", async () => {
    const limit = new WorkLimit(new FakeTimers());
    await expect(limit.within(() => Promise.reject(new Error("own")))).rejects.toThrow("own");
  });
});

describe("commands", () => {
  test("a thousand are sent; the next is refused without reaching the card", async () => {
    const card = new RecordingCard(() => done);
    const limit = new WorkLimit(new FakeTimers());
    const transport = limited(card, () => limit);
    for (let sent = 0; sent < 1_000; sent += 1) await transport.transmit(command);
    await expect(transport.transmit(command)).rejects.toMatchObject({ code: "card-answer-malformed" });
    expect(card.commands).toHaveLength(1_000);
  });

  test("the next work has its own thousand", async () => {
    const card = new RecordingCard(() => done);
    let limit = new WorkLimit(new FakeTimers());
    const transport = limited(card, () => limit);
    for (let sent = 0; sent < 1_000; sent += 1) await transport.transmit(command);
    limit = new WorkLimit(new FakeTimers());
    expect(await transport.transmit(command)).toEqual(done);
  });
});

describe("a PIN pad", () => {
  const withPad = (verify: () => Promise<number>) =>
    Object.assign(new RecordingCard(() => done), { pinPad: { verify } });

  test("may be typed on for longer; then the time starts anew", async () => {
    const timers = new FakeTimers();
    const limit = new WorkLimit(timers);
    const transport = limited(
      withPad(async () => {
        timers.pass(60_000);
        return 0x9000;
      }),
      () => limit,
    );
    expect(await transport.pinPad?.verify(padCommand)).toBe(0x9000);
    expect(await transport.transmit(command)).toEqual(done);
    timers.pass(10_000);
    await expect(transport.transmit(command)).rejects.toMatchObject(tooSlow);
  });

  test("is not started when the time is over already, and is none where the reader has none", async () => {
    const timers = new FakeTimers();
    const limit = new WorkLimit(timers);
    timers.pass(10_000);
    let typed = 0;
    const transport = limited(
      withPad(async () => {
        typed += 1;
        return 0x9000;
      }),
      () => limit,
    );
    await expect(transport.pinPad?.verify(padCommand)).rejects.toMatchObject(tooSlow);
    expect(typed).toBe(0);
    expect(limited(new RecordingCard(() => done), () => limit).pinPad).toBeUndefined();
  });
});
