import { expect, test } from "vitest";
import { daysLeftOf, validityOf } from "../../../../core/certificate/validity.ts";

const day = 86_400_000;
const dates = { notBefore: 100 * day, notAfter: 400 * day };

test.each([
  [100 * day - 1, "not-yet-valid", 300],
  [100 * day, "good", 300],
  [310 * day, "good", 90],
  [310 * day + 1, "expiring", 89],
  [400 * day, "expiring", 0],
  [400 * day + 1, "expired", -1],
  [405 * day, "expired", -5],
] as const)("at %d: %s, %d days left", (now, validity, daysLeft) => {
  expect(validityOf(dates, now)).toBe(validity);
  expect(daysLeftOf(dates, now)).toBe(daysLeft);
});
