import { expect, test } from "vitest";
import { OneTimeSecret } from "../../../../../electron/main/kiosk/one-time-secret.ts";

test("a secret is good once", () => {
  const secret = new OneTimeSecret();
  const issued = secret.issue();
  expect(issued).toHaveLength(43);
  expect(secret.redeem(issued)).toBe(true);
  expect(secret.redeem(issued)).toBe(false);
});

test("a newer one makes the older worthless", () => {
  const secret = new OneTimeSecret();
  const older = secret.issue();
  const newer = secret.issue();
  expect(secret.redeem(older)).toBe(false);
  expect(secret.redeem(newer)).toBe(true);
});

test("a wrong one is refused and does not use up the right one", () => {
  const secret = new OneTimeSecret();
  expect(secret.redeem("")).toBe(false);
  const issued = secret.issue();
  for (const wrong of ["", issued.slice(1), `${issued}A`, "A".repeat(43)]) expect(secret.redeem(wrong)).toBe(false);
  expect(secret.redeem(issued)).toBe(true);
});
