import { describe, expect, test } from "vitest";
import {
  expiryOf,
  guidText,
  isAccountDisabled,
  primaryGroupSid,
  referenceIn,
  sidText,
} from "../../../../../broker/directory/ldap/active-directory-values.ts";

const bytes = (hex: string) => Buffer.from(hex, "hex");

describe("a value of Active Directory", () => {
  test("objectGUID is read as Microsoft writes it", () => {
    expect(guidText(bytes("78563412bc9af0de0123456789abcdef"))).toBe("12345678-9abc-def0-0123-456789abcdef");
    expect(() => guidText(bytes("7856"))).toThrow("2 bytes");
  });

  test("objectSid is read as Microsoft writes it", () => {
    const sid = "010500000000000515000000dcf4dc3b833d2b46828ba62800020000";
    expect(sidText(bytes(sid))).toBe("S-1-5-21-1004336348-1177238915-682003330-512");
    for (const wrong of ["", "01", sid.slice(0, -2), `${sid}00`]) expect(() => sidText(bytes(wrong))).toThrow("bytes");
  });

  test("primaryGroupID names a group of the person's domain", () => {
    expect(primaryGroupSid("S-1-5-21-1-2-3-1104", "513")).toBe("S-1-5-21-1-2-3-513");
  });

  test.each([
    ["512", false],
    ["514", true],
    ["66050", true],
    ["66048", false],
    ["544", false],
  ])("userAccountControl %s: disabled is %s", (value, disabled) => {
    expect(isAccountDisabled(value)).toBe(disabled);
  });

  test("accountExpires is a time, or never in both its spellings", () => {
    expect(expiryOf("116444736000000000")).toBe(0);
    expect(expiryOf("134272512000000000")).toBe((134272512000000000 - 116444736000000000) / 10_000);
    expect(expiryOf("0")).toBeUndefined();
    expect(expiryOf("9223372036854775807")).toBeUndefined();
    expect(() => expiryOf("soon")).toThrow();
  });

  test.each([
    ["<GUID=49C8DB4D-13e8-4ffa-9364-080081f9e7a1>;<SID=S-1-5-21-1-2-3-1104>;CN=marc,DC=h", "S-1-5-21-1-2-3-1104"],
    ["<GUID=49C8DB4D-13e8-4ffa-9364-080081f9e7a1>;CN=contact,DC=h", "49c8db4d-13e8-4ffa-9364-080081f9e7a1"],
    ["CN=plain,DC=h", "CN=plain,DC=h"],
  ])("%s stands for %s", (extended, reference) => {
    expect(referenceIn(extended)).toBe(reference);
  });
});
