import { describe, expect, test } from "vitest";
import { comparableName, isWithin } from "../../../../../broker/directory/ldap/distinguished-name.ts";

describe("a distinguished name", () => {
  test.each([
    ["UID=Camille,OU=People,DC=Hopital", "uid=camille,ou=people,dc=hopital"],
    ["uid = camille ,  ou=people", "uid=camille,ou=people"],
    ["cn=Aubert\\, Camille,ou=people", "cn=aubert\\2c camille,ou=people"],
    ["cn=Émilie  de   la Tour,ou=p", "cn=\\c3\\89milie de la tour,ou=p"],
    ["cn=E\u0301milie,ou=p", "cn=Émilie,ou=p"],
    ["cn=a\\+b+uid=1,ou=p", "uid=1+cn=a\\2bb,ou=p"],
    ["cn=a\\\\,ou=p", "cn=a\\5c,ou=p"],
    ["cn=two\\ ,ou=p", "cn=two,ou=p"],
    ["cn=a\\=b\\#c,ou=p", "cn=a=b#c,ou=p"],
  ])("is one in its spellings %s and %s", (one, other) => {
    expect(comparableName(one)).toBe(comparableName(other));
  });

  test.each([
    ["cn=a,ou=p", "cn=a\\,ou=p"],
    ["cn=a+uid=1,ou=p", "cn=a\\+uid=1,ou=p"],
    ["cn=ab,ou=p", "cn=a b,ou=p"],
    ["cn=a\\\\,ou=p", "cn=a\\\\\\,ou=p"],
    ["uid=1,ou=p", "cn=1,ou=p"],
  ])("is another than the one that only looks like it: %s, %s", (one, other) => {
    expect(comparableName(one)).not.toBe(comparableName(other));
  });

  test("is within itself, what is around it and the root, and not within a longer word", () => {
    const name = comparableName("uid=1,ou=people,dc=h");
    for (const base of ["", "dc=h", "ou=people,dc=h", name]) expect(isWithin(name, base)).toBe(true);
    for (const base of ["ou=eople,dc=h", "=people,dc=h", "uid=2,ou=people,dc=h"])
      expect(isWithin(name, base)).toBe(false);
  });
});
