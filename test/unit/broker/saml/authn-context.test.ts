import { describe, expect, test } from "vitest";
import { classOf, satisfies } from "../../../../broker/saml/authn-context.ts";
import type { Means } from "../../../../core/session/means.ts";

const name = (last: string) => `urn:oasis:names:tc:SAML:2.0:ac:classes:${last}`;

function asked(means: Means, comparison: "exact" | "minimum" | "maximum" | "better", ...classes: string[]): boolean {
  return satisfies(means, { forceAuthn: false, context: { comparison, classes: classes.map(name) } });
}

test("each means has its class", () => {
  expect(classOf("card-pin")).toBe(name("SmartcardPKI"));
  expect(classOf("card-presence")).toBe(name("Smartcard"));
  expect(classOf("temporary-password")).toBe(name("PasswordProtectedTransport"));
  expect(classOf("card-seen")).toBe(name("unspecified"));
  expect(classOf("break-glass")).toBe(name("unspecified"));
});

describe("what was proved satisfies", () => {
  test("a request that asks for nothing", () => {
    expect(satisfies("card-seen", { forceAuthn: false, context: undefined })).toBe(true);
  });

  test.each<Parameters<typeof asked>>([
    ["card-pin", "exact", "SmartcardPKI"],
    ["card-pin", "exact", "Password", "SmartcardPKI"],
    ["card-pin", "minimum", "PasswordProtectedTransport"],
    ["card-presence", "minimum", "Smartcard"],
    ["card-presence", "maximum", "SmartcardPKI"],
    ["card-pin", "better", "PasswordProtectedTransport", "Smartcard"],
  ])("%s: %s %s", (...question) => {
    expect(asked(...question)).toBe(true);
  });
});

describe("what was proved does not satisfy", () => {
  test("a request for a fresh proof", () => {
    expect(satisfies("card-pin", { forceAuthn: true, context: undefined })).toBe(false);
  });

  test.each<Parameters<typeof asked>>([
    ["card-presence", "exact", "SmartcardPKI"],
    ["card-pin", "exact", "Smartcard"],
    ["card-presence", "minimum", "SmartcardPKI"],
    ["temporary-password", "minimum", "Smartcard"],
    ["break-glass", "minimum", "Password"],
    ["card-pin", "minimum", "Telephony"],
    ["card-pin", "maximum", "Smartcard"],
    ["card-pin", "better", "SmartcardPKI"],
    ["card-pin", "better", "Password", "Telephony"],
    ["card-pin", "exact"],
  ])("%s: %s %s", (...question) => {
    expect(asked(...question)).toBe(false);
  });
});
