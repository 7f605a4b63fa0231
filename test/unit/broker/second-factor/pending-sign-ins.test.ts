import { expect, test } from "vitest";
import { PendingSignIns, pendingMs } from "../../../../broker/second-factor/pending-sign-ins.ts";
import type { Proved } from "../../../../broker/services/proved.ts";

const proved = (id: string): Proved => ({
  holder: { id, displayName: id, profession: "", professionCode: undefined },
  means: "card-pin",
  limit: { lifetimeMs: 1 },
  stages: {},
});

function open() {
  const clock = { at: 1_000, now: () => clock.at };
  const pending = new PendingSignIns(clock);
  pending.hold("w1", proved("a"), ["totp"]);
  const waiting = pending.waitingAt("w1");
  if (waiting === undefined) throw new Error("nothing waits");
  return { clock, pending, waiting };
}

const over = expect.objectContaining({ code: "second-factor-over" });

test("a sign-in waits at its workstation under its own name, and is taken once", () => {
  const { pending, waiting } = open();
  expect(pending.at("w1", waiting.request)).toBe(waiting);
  expect(pending.named(waiting.request)).toBe(waiting);
  expect(() => pending.at("w2", waiting.request)).toThrow(over);
  expect(() => pending.at("w1", "another")).toThrow(over);
  expect([pending.take(waiting), pending.take(waiting)]).toEqual([true, false]);
  expect(pending.waitingAt("w1")).toBeUndefined();
});

test("it waits two minutes, and no longer than the next one at the same workstation", () => {
  const { clock, pending, waiting } = open();
  clock.at += pendingMs - 1;
  expect(pending.waitingAt("w1")).toBe(waiting);
  pending.hold("w1", proved("b"), ["totp"]);
  expect(pending.named(waiting.request)).toBeUndefined();
  expect(pending.take(waiting)).toBe(false);
  const next = pending.waitingAt("w1");
  expect(next?.proved.holder.id).toBe("b");
  clock.at += pendingMs;
  expect(pending.waitingAt("w1")).toBeUndefined();
  expect(next && pending.take(next)).toBe(false);
});
