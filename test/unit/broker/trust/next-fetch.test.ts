import { describe, expect, test } from "vitest";
import { nextFetchAfterAnswer, nextFetchAfterFailure } from "../../../../broker/trust/next-fetch.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** Noon, wherever the test runs. */
const noon = new Date(2026, 5, 15, 12).getTime();
const complete = { now: noon, thisUpdate: noon - day, nextUpdate: noon + 6 * day, isDelta: false, random: 0 };

describe("a source that answered is asked again", () => {
  test("for a complete list in the night to come, each broker at an hour of its own", () => {
    const hours = [0, 0.5, 0.999].map(random => {
      const next = new Date(nextFetchAfterAnswer({ ...complete, random }));
      return [next.getDate(), next.getHours()];
    });
    expect(hours).toEqual([
      [16, 0],
      [16, 2],
      [16, 4],
    ]);
  });

  test("not twice in one night", () => {
    const now = new Date(2026, 5, 15, 2).getTime();
    expect(new Date(nextFetchAfterAnswer({ ...complete, now, random: 0.4 })).getDate()).toBe(16);
    expect(new Date(nextFetchAfterAnswer({ ...complete, now, random: 0.9 })).getDate()).toBe(15);
  });

  test("for a delta within the hour", () => {
    for (const random of [0, 0.999]) {
      const next = nextFetchAfterAnswer({ ...complete, isDelta: true, random });
      expect(next).toBeGreaterThanOrEqual(noon + 45 * minute);
      expect(next).toBeLessThanOrEqual(noon + hour);
    }
  });

  test("before its data are old, with a tenth of their time to spare", () => {
    const short = { ...complete, thisUpdate: noon - hour, nextUpdate: noon + 4 * hour };
    expect(nextFetchAfterAnswer(short)).toBe(noon + 3.5 * hour);
  });

  test("in ten minutes where its data are old already", () => {
    expect(nextFetchAfterAnswer({ ...complete, nextUpdate: noon - hour })).toBe(noon + 10 * minute);
  });
});

describe("a source that failed is asked again", () => {
  test("after a minute, then twice as long, at most an hour", () => {
    const pauses = [1, 2, 3, 6, 7, 100].map(failures => (nextFetchAfterFailure(noon, failures, 0) - noon) / minute);
    expect(pauses).toEqual([1, 2, 4, 32, 60, 60]);
    expect(nextFetchAfterFailure(noon, 1, 0.999)).toBeGreaterThan(noon + 0.7 * minute);
  });
});
