import { expect, test } from "vitest";
import { absoluteTime, relativeTime } from "../../../../renderer/console/components/relative-time.ts";

const now = Date.UTC(2026, 5, 15, 12);
const minute = 60_000;

test.each([
  [-2 * minute, "2 minutes ago"],
  [-90 * minute, "1 hour ago"],
  [69 * 60 * minute, "in 2 days"],
  [-34_000, "30 seconds ago"],
  [4_000, "in 0 seconds"],
])("%d ms from now is %s", (away, words) => {
  expect(relativeTime(now + away, now, "en")).toBe(words);
});

test("each language says it in its own words, and the exact moment too", () => {
  expect(relativeTime(now - 3 * 60 * minute, now, "fr")).toBe("il y a 3 heures");
  expect(relativeTime(now - 3 * 60 * minute, now, "es")).toBe("hace 3 horas");
  expect(relativeTime(now - 3 * 60 * minute, now, "ca")).toBe("fa 3 hores");
  expect(absoluteTime(now, "en")).toContain("2026");
  expect(absoluteTime(now, "es")).toContain("junio de 2026");
  expect(absoluteTime(now, "ca")).toContain("de juny del 2026");
  expect(absoluteTime(now, "fr")).toContain("juin 2026");
});
