import { describe, expect, test } from "vitest";
import { directoryConfiguration, directoryFrom } from "../../../../../broker/directory/directory-configuration.ts";

const whole = {
  id: "hospital",
  kind: "ldap",
  servers: ["ldaps://one.hopital.test", "ldaps://two.hopital.test"],
  bindName: "cn=wardkey,dc=hopital,dc=test",
  bindPasswordFile: "ldap-password",
  schema: "inet-org-person",
  people: { base: "ou=people,dc=hopital,dc=test" },
};
const parse = (change: object) => directoryConfiguration.safeParse({ sources: [{ ...whole, ...change }] });

describe("an LDAP source in the configuration", () => {
  test("is taken, its files looked for beside the configuration", () => {
    const { data } = parse({ authorities: "/etc/ldap/authorities.pem" });
    if (data === undefined) throw new Error("not taken");
    expect(directoryFrom("/etc/wardkey/broker.json", data).sources).toMatchObject([
      {
        bindPasswordFile: "/etc/wardkey/ldap-password",
        authorities: "/etc/ldap/authorities.pem",
        intervalSeconds: 60,
        everythingHours: 6,
      },
    ]);
  });

  test.each([
    ["an unprotected server", { servers: ["ldap://one.hopital.test"] }],
    ["one unprotected server of several", { servers: ["ldaps://one", "ldap://two"] }],
    ["an address of another kind", { servers: ["https://one"] }],
    ["a loopback that only looks like one", { servers: ["ldap://localhost.hopital.test"] }],
    ["the console's name", { id: "embedded" }],
    ["no password file", { bindPasswordFile: undefined }],
    ["a filter that is none", { people: { base: "dc=h", filter: "(&(objectClass=person)" } }],
    ["a filter without its parentheses", { people: { base: "dc=h", filter: "objectClass=person" } }],
    ["a filter with an escaped letter", { people: { base: "dc=h", filter: "(ou=R\\c3\\a9animation)" } }],
    ["an attribute that is none", { people: { base: "dc=h", attributes: { holder: "employee number" } } }],
    ["a member that nobody knows", { password: "x" }],
  ])("is refused with %s", (_, change) => {
    expect(parse(change).success).toBe(false);
  });

  test.each([
    [{ servers: ["ldap://one.hopital.test"], startTls: true }],
    [{ servers: ["ldap://localhost:1389"] }],
    [{ servers: ["ldap://[::1]"] }],
    [{ people: { base: "dc=h", filter: "(&(ou=Réanimation)(cn=a\\28b\\29))" } }],
  ])("is taken where filters are whole and the password crosses no network as it is: %j", change => {
    expect(parse(change).success).toBe(true);
  });
});
