import { expect, test } from "vitest";
import { readLdapAddress } from "../../../../broker/trust/fetch-ldap.ts";

test.each([
  [
    "ldap://annuaire.invalid/cn=AC%20PERSONNES,o=ASIP-SANTE,c=FR?certificaterevocationlist;binary?base?objectClass=pkiCA",
    {
      server: "ldap://annuaire.invalid",
      name: "cn=AC PERSONNES,o=ASIP-SANTE,c=FR",
      attribute: "certificaterevocationlist;binary",
      scope: "base",
      filter: "(objectClass=pkiCA)",
    },
  ],
  [
    "ldaps://annuaire.invalid:1636/c=FR?deltaRevocationList??(cn=A)",
    {
      server: "ldaps://annuaire.invalid:1636",
      name: "c=FR",
      attribute: "deltaRevocationList",
      scope: "base",
      filter: "(cn=A)",
    },
  ],
  [
    "ldap://annuaire.invalid/c=FR?a?sub",
    { server: "ldap://annuaire.invalid", name: "c=FR", attribute: "a", scope: "sub", filter: "(objectClass=*)" },
  ],
  ["ldap://annuaire.invalid/c=FR", undefined],
  ["ldap://annuaire.invalid/c=FR?a,b", undefined],
  ["ldap://annuaire.invalid/c=FR?a?children", undefined],
  ["ldap://user@annuaire.invalid/c=FR?a", undefined],
  ["ldap:///c=FR?a", undefined],
  ["http://annuaire.invalid/c=FR?a", undefined],
  ["no address", undefined],
])("%s", (address, expected) => {
  expect(readLdapAddress(address)).toEqual(expected);
});
