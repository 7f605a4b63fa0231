import { expect, test } from "vitest";
import { atMost } from "../../../broker/services/attempt-rules.ts";
import { Attempts } from "../../../broker/services/attempts.ts";

function throttleAt() {
  const clock = { at: 1_000_000, now: () => clock.at };
  return { clock, throttle: new Attempts(clock, atMost({ most: 2, withinMs: 60_000 })) };
}

test("so many within so long, and then the wait until the oldest is forgotten", () => {
  const { clock, throttle } = throttleAt();
  expect(throttle.take("a")).toBe(0);
  clock.at += 20_000;
  expect(throttle.take("a")).toBe(0);
  clock.at += 10_000;
  expect(throttle.take("a")).toBe(30_000);
  clock.at += 30_000;
  expect(throttle.take("a")).toBe(0);
  expect(throttle.take("a")).toBe(20_000);
});

test("who is not let through is not punished for trying", () => {
  const { clock, throttle } = throttleAt();
  throttle.take("a");
  throttle.take("a");
  for (let time = 0; time < 59; time += 1) {
    clock.at += 1_000;
    expect(throttle.take("a")).toBeGreaterThan(0);
  }
  clock.at += 1_000;
  expect(throttle.take("a")).toBe(0);
});

test("keys do not touch one another", () => {
  const { throttle } = throttleAt();
  throttle.take("a");
  throttle.take("a");
  expect(throttle.take("b")).toBe(0);
  expect(throttle.take("a")).toBe(60_000);
});

test("who waits is told with the moment until which, and may be let through at once", () => {
  const { clock, throttle } = throttleAt();
  const start = clock.at;
  throttle.take("a");
  throttle.take("b");
  clock.at += 20_000;
  throttle.take("a");
  expect(throttle.pauses()).toEqual([{ key: "a", until: start + 60_000 }]);
  expect(throttle.take("a")).toBe(40_000);
  throttle.clear("a");
  expect(throttle.pauses()).toEqual([]);
  expect(throttle.take("a")).toBe(0);
});
