import { expect, test } from "vitest";
import { generalizedTimeMs, generalizedTimeText } from "../../../../../broker/directory/ldap/generalized-time.ts";

test.each([
  ["20260630220000Z", Date.UTC(2026, 5, 30, 22)],
  ["20260630220001.250Z", Date.UTC(2026, 5, 30, 22, 0, 1, 250)],
  ["202606302230Z", Date.UTC(2026, 5, 30, 22, 30)],
  ["2026063022.5Z", Date.UTC(2026, 5, 30, 22, 30)],
  ["20260701000000+0200", Date.UTC(2026, 5, 30, 22)],
  ["20260630170000-05", Date.UTC(2026, 5, 30, 22)],
])("%s is a time", (text, ms) => {
  expect(generalizedTimeMs(text)).toBe(ms);
});

test.each(["", "2026", "20260630220000", "2026-06-30T22:00:00Z", "20260630220000+2"])("“%s” is none", text => {
  expect(() => generalizedTimeMs(text)).toThrow("is no time");
});

test("is written to the second", () => {
  expect(generalizedTimeText(Date.UTC(2026, 5, 30, 22, 0, 1, 999))).toBe("20260630220001Z");
});
