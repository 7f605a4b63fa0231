import { expect, test } from "vitest";
import { everSlower } from "../../../broker/services/attempt-rules.ts";
import { Attempts } from "../../../broker/services/attempts.ts";

const limit = { free: 3, firstMs: 10_000, longestMs: 60_000 };

function watch() {
  const clock = { at: 0, now: () => clock.at };
  return { clock, backOff: new Attempts(clock, everSlower(limit)) };
}

test("a few attempts are free, then each has to wait twice as long as the one before, up to the longest", () => {
  const { clock, backOff } = watch();
  const waits: number[] = [];
  for (let attempt = 0; attempt < 9; attempt += 1) {
    const waitMs = backOff.take("name");
    waits.push(waitMs);
    clock.at += waitMs;
    if (waitMs > 0) expect(backOff.take("name")).toBe(0);
  }
  expect(waits).toEqual([0, 0, 0, 10_000, 20_000, 40_000, 60_000, 60_000, 60_000]);
});

test("one that is not let through does not count, and holds nobody else up", () => {
  const { clock, backOff } = watch();
  for (let attempt = 0; attempt < 3; attempt += 1) backOff.take("name");
  expect([backOff.take("name"), backOff.take("name"), backOff.take("another")]).toEqual([10_000, 10_000, 0]);
  clock.at = 9_999;
  expect(backOff.take("name")).toBe(1);
});

test("success, and a long quiet time, are forgiven", () => {
  const { clock, backOff } = watch();
  for (let attempt = 0; attempt < 3; attempt += 1) backOff.take("name");
  backOff.clear("name");
  expect(backOff.take("name")).toBe(0);
  for (let attempt = 0; attempt < 2; attempt += 1) backOff.take("name");
  expect(backOff.take("name")).toBe(10_000);
  clock.at += 4 * limit.longestMs;
  for (let attempt = 0; attempt < 3; attempt += 1) expect(backOff.take("name")).toBe(0);
  expect(backOff.take("name")).toBe(10_000);
});

test("who waits is told with the moment until which; who need not is not", () => {
  const { clock, backOff } = watch();
  for (let attempt = 0; attempt < 3; attempt += 1) backOff.take("name");
  backOff.take("another");
  expect(backOff.pauses()).toEqual([{ key: "name", until: 10_000 }]);
  clock.at = 10_000;
  expect(backOff.pauses()).toEqual([]);
  clock.at = 9_000;
  backOff.clear("name");
  expect(backOff.pauses()).toEqual([]);
});
