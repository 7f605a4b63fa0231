import { expect, test } from "vitest";
import { bindRefusal } from "../../../../../broker/directory/ldap/bind-refusal.ts";

const ofActiveDirectory = (data: string) =>
  `80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data ${data}, v4563`;

test.for([
  ["52e", "wrong password"],
  ["525", "nobody of this name"],
  ["532", "the password has expired"],
  ["533", "the account is disabled"],
  ["701", "the account has expired"],
  ["773", "the password has to be changed first"],
  ["775", "the account is locked after too many wrong passwords"],
] as const)("Active Directory's %s is: %s", ([data, why]) => {
  expect(bindRefusal(49, ofActiveDirectory(data), undefined)).toBe(why);
  expect(bindRefusal(49, ofActiveDirectory(data.toUpperCase()), undefined)).toBe(why);
});

test("a policy's answer is told beside a code that tells nothing", () => {
  expect(bindRefusal(49, "", 1)).toBe("the account is locked after too many wrong passwords");
  expect(bindRefusal(0, "", 2)).toBe("the password has to be changed first");
});

test("what nobody knows is told as the server said it", () => {
  expect(bindRefusal(49, ofActiveDirectory("999"), undefined)).toContain("data 999");
  expect(bindRefusal(53, "Account inactivated", 99)).toContain("Account inactivated");
});
