import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countOf, quantile, timeBounds, timeClassOf } from "../../../../core/statistics/time-histogram.ts";

const countsOf = (times: readonly number[]) => {
  const counts = new Map<number, number>();
  for (const ms of times) counts.set(timeClassOf(ms), (counts.get(timeClassOf(ms)) ?? 0) + 1);
  return counts;
};

describe("a histogram of durations", () => {
  test("knows each bound as the last of its class", () => {
    expect(timeClassOf(0)).toBe(0);
    expect(timeClassOf(10)).toBe(0);
    expect(timeClassOf(10.1)).toBe(1);
    expect(timeClassOf(60_000)).toBe(timeBounds.length - 1);
    expect(timeClassOf(60_001)).toBe(timeBounds.length);
  });

  test("says nothing of nothing", () => {
    expect(quantile(new Map(), 0.5)).toBeUndefined();
  });

  test("says the lower bound of what is above all bounds, and no more", () => {
    expect(quantile(countsOf([90_000, 90_000]), 0.5)).toBe(60_000);
  });

  test("is never further from the true value than the class is wide", () => {
    const times = fc.array(fc.double({ min: 0, max: 60_000, noNaN: true }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(times, fc.constantFrom(0.5, 0.95, 0.99), (given, part) => {
        const sorted = [...given].sort((a, b) => a - b);
        const exact = sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0;
        const counts = countsOf(given);
        expect(countOf(counts)).toBe(given.length);
        const said = quantile(counts, part) ?? Number.NaN;
        const number = timeClassOf(exact);
        expect(said).toBeGreaterThanOrEqual(timeBounds[number - 1] ?? 0);
        expect(said).toBeLessThanOrEqual(timeBounds[number] ?? Number.POSITIVE_INFINITY);
      }),
    );
  });
});
