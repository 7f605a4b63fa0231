import { randomInt } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  drawPassword,
  groupedPassword,
  isWholePassword,
  passwordLength,
  passwordSigns,
  plainPassword,
} from "../../../../core/fallback/temporary-password.ts";

describe("a temporary password", () => {
  test("has at least 60 bits, of signs that are not taken for one another", () => {
    expect((passwordLength - 1) * Math.log2(passwordSigns.length)).toBeGreaterThan(60);
    expect(new Set(passwordSigns).size).toBe(passwordSigns.length);
    for (const ambiguous of "0O1IL") expect(passwordSigns).not.toContain(ambiguous);
  });

  test("is read out in groups, and taken however it is typed", () => {
    const password = drawPassword(limit => limit - 1);
    expect(password).toMatch(/^Z{14}.$/u);
    expect(groupedPassword(password)).toMatch(/^ZZZZZ ZZZZZ ZZZZ.$/u);
    expect(plainPassword(` ${groupedPassword(password).toLowerCase().replaceAll(" ", "-")} `)).toBe(password);
    expect(isWholePassword(password)).toBe(true);
  });

  test("is drawn sign by sign from all of them", () => {
    let drawn = 0;
    drawPassword(limit => {
      expect(limit).toBe(31);
      return drawn++;
    });
    expect(drawn).toBe(14);
  });

  test("shows every sign that was misheard, and any two that changed places", () => {
    for (let round = 0; round < 20; round += 1) {
      const password = drawPassword(limit => randomInt(limit));
      for (let at = 0; at < passwordLength; at += 1) {
        for (const sign of passwordSigns)
          expect(isWholePassword(password.slice(0, at) + sign + password.slice(at + 1))).toBe(sign === password[at]);
        for (let other = at + 1; other < passwordLength; other += 1) {
          const signs = [...password];
          [signs[at], signs[other]] = [signs[other] ?? "", signs[at] ?? ""];
          expect(isWholePassword(signs.join(""))).toBe(password[at] === password[other]);
        }
      }
    }
  });

  test("is not whole with a sign too few, too many or of another kind", () => {
    const password = drawPassword(() => 3);
    for (const text of ["", password.slice(1), `${password}2`, `${password.slice(1)}O`, password.replaceAll("5", "é")])
      expect(isWholePassword(text)).toBe(false);
  });
});
