import { expect, test } from "vitest";
import { amrOf } from "../../../../broker/oidc/assurance-claims.ts";

test("what was proved besides is said as RFC 8176 names it, each method once", () => {
  expect(amrOf("temporary-password", undefined)).toEqual(["pwd"]);
  expect(amrOf("temporary-password", "totp")).toEqual(["pwd", "otp", "mfa"]);
  expect(amrOf("card-pin", "security-key")).toEqual(["sc", "pin", "mfa", "hwk"]);
});
