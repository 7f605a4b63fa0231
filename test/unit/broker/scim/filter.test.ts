import fc from "fast-check";
import { filter as otherFilter, parse as otherParse } from "scim2-parse-filter";
import { describe, expect, test } from "vitest";
import { fitsFilter } from "../../../../broker/scim/filter/fits-filter.ts";
import { parseFilter } from "../../../../broker/scim/filter/parse-filter.ts";
import { userType } from "../../../../broker/scim/schema/resource-type.ts";
import type { ScimObject } from "../../../../broker/scim/schema/scim-value.ts";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/** The user of RFC 7643, section 8.2, in part. */
const barbara: ScimObject = {
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:User", enterprise],
  id: "2819c223-7f76-453a-919d-413861904646",
  externalId: "BJensen-701984",
  userName: "bjensen@example.com",
  name: { formatted: "Ms. Barbara J Jensen, III", familyName: "Jensen", givenName: "Barbara" },
  title: "Tour Guide",
  nickName: "",
  active: true,
  emails: [
    { value: "bjensen@example.com", type: "work", primary: true },
    { value: "babs@jensen.org", type: "home" },
  ],
  [enterprise]: { employeeNumber: "701984", manager: { value: "26118915" } },
  meta: { resourceType: "User", lastModified: "2011-05-13T04:42:34.000Z" },
};

const fits = (text: string) => fitsFilter(parseFilter(userType, text), barbara);

describe("a filter", () => {
  test.each([
    // RFC 7644, section 3.4.2.2: its examples, with what fits and what does not.
    ['userName eq "bjensen@example.com"', 'userName eq "bjensen"'],
    ['USERNAME Eq "BJENSEN@example.com"', 'userName eq "other@example.com"'],
    ['externalId eq "BJensen-701984"', 'externalId eq "bjensen-701984"'],
    ['name.familyName co "ENSE"', 'name.familyName co "O\'Malley"'],
    ['userName sw "bj"', 'userName sw "j"'],
    ['urn:ietf:params:scim:schemas:core:2.0:User:userName sw "bj"', 'userName ew "bj"'],
    ["title pr", "nickName pr"],
    ["not (nickName pr)", "not (title pr)"],
    ['meta.lastModified gt "2011-05-13T04:42:33Z"', 'meta.lastModified gt "2011-05-13T06:42:34+02:00"'],
    ['meta.lastModified ge "2011-05-13T06:42:34+02:00"', 'meta.lastModified lt "2011-05-13T04:42:34Z"'],
    ['meta.lastModified le "2011-05-13T04:42:34Z"', 'meta.lastModified lt "2011-05-13T04:42:34Z"'],
    ['title pr and name.givenName eq "barbara"', 'title pr and userType eq "Employee"'],
    ['title pr or userType eq "Intern"', 'nickName pr or userType eq "Intern"'],
    ['schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"', 'schemas eq "urn:other"'],
    ['userType ne "Employee"', 'title ne "tour guide"'],
    ['emails[type eq "work" and value co "@example.com"]', 'emails[type eq "work" and value co "@jensen.org"]'],
    ['emails[type eq "home"].value eq "babs@jensen.org"', 'emails[type eq "work"].value eq "babs@jensen.org"'],
    ['emails co "jensen.org"', 'emails co "nowhere"'],
    ['emails.type eq "home"', 'emails.type eq "other"'],
    [`${enterprise}:employeeNumber eq "701984"`, `${enterprise}:employeeNumber eq "1"`],
    [`${enterprise}:manager eq "26118915"`, `${enterprise}:manager.value eq "1"`],
    [`${enterprise} pr`, "urn:wardkey:scim:schemas:1.0:HealthProfessional:holder pr"],
    ["active eq true", "active eq false"],
    ['active eq "True"', 'active eq "False"'],
    ["userType eq null", "title eq null"],
    ["title ne null", "userType ne null"],
    ['userType eq "x" or title pr and active eq true', '(userType eq "x" or title pr) and active eq false'],
    ['title eq "Tour \\u0047uide"', 'title eq "a \\"quoted\\" title"'],
  ])("%s fits, and %s does not", (fitting, other) => {
    expect(fits(fitting)).toBe(true);
    expect(fits(other)).toBe(false);
  });

  test.each([
    ["nothing", ""],
    ["an operator alone", "userName eq"],
    ["no such operator", 'userName like "x"'],
    ["no such attribute", 'shoeSize eq "43"'],
    ["the way to other objects", '__proto__ eq "x"'],
    ["no such part", 'name.shoeSize eq "43"'],
    ["an open parenthesis", '(userName eq "x"'],
    ["an open bracket", 'emails[type eq "work"'],
    ["a closing one too many", 'userName eq "x")'],
    ["an open text", 'userName eq "x'],
    ["no text of JSON", 'userName eq "\\x"'],
    ["a number", "userName eq 5"],
    ["an order of truths", "active gt true"],
    ["parts of a text", 'userName[type eq "x"]'],
    ["no time", 'meta.created gt "yesterday"'],
    ["something after its end", 'title pr userName eq "x"'],
    ["depth", `${"(".repeat(30)}title pr${")".repeat(30)}`],
    ["depth of not", `${"not (".repeat(30)}title pr${")".repeat(30)}`],
    ["breadth", Array.from({ length: 300 }, () => "title pr").join(" or ")],
    ["length", `title eq "${"x".repeat(5_000)}"`],
  ])("with %s is refused as invalidFilter", (_what, text) => {
    expect(() => parseFilter(userType, text)).toThrow(
      expect.objectContaining({ status: 400, scimType: "invalidFilter" }),
    );
  });

  test("of many alternatives in many brackets is read in one go: nothing is multiplied out", () => {
    const text = Array.from({ length: 60 }, () => '(title eq "a" or title eq "b")').join(" and ");
    expect(fits(text)).toBe(false);
  });

  test("means what an independent reader takes it to mean", () => {
    const values = ["work", "home", "jensen", "bjensen@example.com", "barbara", "tour guide"];
    const compared = fc
      .tuple(
        fc.constantFrom("userName", "title", "name.givenName", "emails.type", "emails.value", "nickName"),
        fc.constantFrom("eq", "co", "sw", "ew", "gt", "ge", "lt", "le"),
        fc.constantFrom(...values),
      )
      .map(([path, operator, value]) => `${path} ${operator} "${value}"`);
    const inside = fc.constantFrom(
      'emails[type eq "work" and value co "jensen"]',
      'emails[type eq "home" or primary eq true]',
    );
    const { filter } = fc.letrec<{ filter: string }>(tie => ({
      filter: fc.oneof(
        { maxDepth: 4 },
        compared,
        inside,
        fc.constantFrom("userType pr", "title pr"),
        fc.tuple(tie("filter"), fc.constantFrom("and", "or"), tie("filter")).map(parts => parts.join(" ")),
        tie("filter").map(one => `(${one})`),
        tie("filter").map(one => `not (${one})`),
      ),
    }));
    // The other reader takes the case of every text for part of it, and an empty text for something present.
    const { nickName: _empty, ...whole } = barbara;
    const lower = JSON.parse(JSON.stringify(whole), (_name, value) =>
      typeof value === "string" ? value.toLowerCase() : value,
    );
    fc.assert(
      fc.property(filter, text => {
        expect(fitsFilter(parseFilter(userType, text), lower)).toBe(otherFilter(otherParse(text))(lower));
      }),
      { numRuns: 1_000 },
    );
  });

  test("whatever it says, is read or refused, and harms nothing", () => {
    const words = fc.constantFrom(
      "userName",
      "eq",
      '"x"',
      "(",
      ")",
      "[",
      "]",
      "and",
      "or",
      "not",
      "pr",
      ".",
      "null",
      "emails",
      "__proto__",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words, { maxLength: 30 }).map(some => some.join(" ")),
        ),
        text => {
          try {
            fits(text);
          } catch (problem) {
            expect(problem).toMatchObject({ scimType: "invalidFilter" });
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
