import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyPatch } from "../../../../broker/scim/patch/apply-patch.ts";
import { patchOperations } from "../../../../broker/scim/patch/patch-operation.ts";
import { groupType, type ResourceType, userType } from "../../../../broker/scim/schema/resource-type.ts";
import { isObject, type ScimObject } from "../../../../broker/scim/schema/scim-value.ts";
import { takeObject } from "../../../../broker/scim/schema/take-value.ts";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const professional = "urn:wardkey:scim:schemas:1.0:HealthProfessional";

const user: ScimObject = {
  userName: "bjensen",
  name: { familyName: "Jensen", givenName: "Barbara" },
  active: true,
  emails: [
    { value: "bjensen@example.com", type: "work", primary: true },
    { value: "babs@jensen.org", type: "home" },
  ],
  [enterprise]: { employeeNumber: "701984" },
};
const group: ScimObject = { displayName: "Tour Guides", members: [{ value: "babs" }, { value: "james" }] };

function patched(type: ResourceType, before: ScimObject, ...operations: unknown[]): ScimObject {
  const body = { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations: operations };
  return applyPatch(type, before, patchOperations(body));
}
const onUser = (...operations: unknown[]) => patched(userType, user, ...operations);
const onGroup = (...operations: unknown[]) => patched(groupType, group, ...operations);
const refusal = (scimType: string) => expect.objectContaining({ status: 400, scimType });

describe("a patch as RFC 7644, section 3.5.2 has it", () => {
  test("adds members of a group, and those that are there already only once", () => {
    const added = onGroup({
      op: "add",
      path: "members",
      value: [{ display: "James", value: "james" }, { value: "mary" }],
    });
    expect(added).toEqual({ ...group, members: [{ value: "babs" }, { value: "james" }, { value: "mary" }] });
  });

  test("adds attributes without a path", () => {
    const value = { emails: [{ value: "b@home.example", type: "home" }], nickname: "Babs" };
    expect(onUser({ op: "add", value })).toMatchObject({ nickName: "Babs", emails: { length: 3 } });
  });

  test("removes one member, all of them, or a part of a value", () => {
    expect(onGroup({ op: "remove", path: 'members[value eq "babs"]' })["members"]).toEqual([{ value: "james" }]);
    expect(onGroup({ op: "remove", path: "members" })).toEqual({ displayName: "Tour Guides" });
    expect(onUser({ op: "remove", path: 'emails[type eq "home"].value' })["emails"]).toMatchObject([
      {},
      { type: "home" },
    ]);
    expect(onUser({ op: "remove", path: "name.givenName" })["name"]).toEqual({ familyName: "Jensen" });
    expect(onUser({ op: "remove", path: `${enterprise}:employeeNumber` })).not.toHaveProperty([enterprise]);
  });

  test("replaces all values, one of them, or a part of it", () => {
    expect(onGroup({ op: "replace", path: "members", value: [{ value: "mary" }] })["members"]).toEqual([
      { value: "mary" },
    ]);
    const work = { type: "work", value: "new@example.com" };
    expect(onUser({ op: "replace", path: 'emails[type eq "work"]', value: work })["emails"]).toMatchObject([work, {}]);
    const value = "new@example.com";
    expect(onUser({ op: "replace", path: 'emails[type eq "work"].value', value })["emails"]).toMatchObject([
      { value, primary: true },
      { value: "babs@jensen.org" },
    ]);
    expect(onUser({ op: "replace", path: "emails.type", value: "other" })["emails"]).toMatchObject([
      { type: "other" },
      { type: "other" },
    ]);
  });

  test("leaves the other parts of a complex attribute as they were", () => {
    const changed = onUser({ op: "replace", value: { name: { familyName: "Smith" } } });
    expect(changed["name"]).toEqual({ familyName: "Smith", givenName: "Barbara" });
  });

  test("has one primary value: the new one", () => {
    const email = { value: "third@example.com", primary: true };
    const primaries = ({ emails }: ScimObject) =>
      Array.isArray(emails) && emails.filter(one => isObject(one) && one["primary"] === true);
    expect(primaries(onUser({ op: "add", path: "emails", value: [email] }))).toEqual([email]);
    const byFilter = onUser({ op: "replace", path: 'emails[type eq "home"].primary', value: true });
    expect(primaries(byFilter)).toMatchObject([{ type: "home" }]);
  });

  test("does one operation after the other, and nothing where one of them fails", () => {
    expect(
      onUser({ op: "add", path: "title", value: "a" }, { op: "replace", path: "title", value: "b" })["title"],
    ).toBe("b");
    const before = structuredClone(user);
    expect(() => onUser({ op: "add", path: "title", value: "a" }, { op: "remove", path: "userName" })).toThrow();
    expect(user).toEqual(before);
  });
});

describe("a patch as Entra ID sends it", () => {
  test("with capitals, and truth as text", () => {
    expect(onUser({ op: "Replace", path: "active", value: "False" })["active"]).toBe(false);
    expect(onUser({ op: "Replace", path: "active", value: "True" })["active"]).toBe(true);
  });

  test("with paths for names where no path is", () => {
    const value = { active: false, "name.familyName": "Smith", [`${enterprise}:department`]: "Cardiology" };
    expect(onUser({ op: "replace", value })).toMatchObject({
      active: false,
      name: { familyName: "Smith", givenName: "Barbara" },
      [enterprise]: { employeeNumber: "701984", department: "Cardiology" },
    });
  });

  test("with the members that are to go as the value", () => {
    const value = [{ $ref: null, value: "babs" }];
    expect(onGroup({ op: "Remove", path: "members", value })["members"]).toEqual([{ value: "james" }]);
    expect(onGroup({ op: "Remove", path: "members", value: [{ value: "nobody" }] })["members"]).toHaveLength(2);
  });

  test("adds what no value fits, as the filter says it is", () => {
    expect(onUser({ op: "Add", path: 'phoneNumbers[type eq "mobile"].value', value: "+33 6" })["phoneNumbers"]).toEqual(
      [{ type: "mobile", value: "+33 6" }],
    );
    expect(onUser({ op: "Add", path: 'roles[primary eq "True"].display', value: "Nurse" })["roles"]).toEqual([
      { primary: true, display: "Nurse" },
    ]);
  });

  test("with a manager as text", () => {
    const manager = onUser({ op: "Add", path: `${enterprise}:manager`, value: "2819" })[enterprise];
    expect(manager).toMatchObject({ manager: { value: "2819" } });
  });
});

describe("a patch is refused", () => {
  test.each([
    ["of nothing", "invalidSyntax", []],
    ["by no such operation", "invalidSyntax", [{ op: "move", path: "title" }]],
    ["without a path or an object", "invalidSyntax", [{ op: "add", value: "x" }]],
    ["that removes it does not say what", "noTarget", [{ op: "remove" }]],
    ["of no such attribute", "invalidPath", [{ op: "add", path: "shoeSize", value: "43" }]],
    ["of a password", "invalidPath", [{ op: "replace", path: "password", value: "t0p" }]],
    ["of the way to other objects", "invalidPath", [{ op: "add", path: "__proto__.polluted", value: "x" }]],
    ["with half a filter", "invalidPath", [{ op: "remove", path: 'emails[type eq "work"' }]],
    ["with a filter on what has one value", "invalidPath", [{ op: "remove", path: 'name[familyName eq "x"]' }]],
    ["with a path that is none", "invalidPath", [{ op: "remove", path: 5 }]],
    ["of what no value fits", "noTarget", [{ op: "replace", path: 'emails[type eq "other"].value', value: "x" }]],
    [
      "that adds by a filter that does not say what",
      "noTarget",
      [{ op: "add", path: 'emails[type sw "x"].value', value: "x" }],
    ],
    ["of the id", "mutability", [{ op: "replace", path: "id", value: "x" }]],
    ["of the groups of a person", "mutability", [{ op: "add", path: "groups", value: [{ value: "x" }] }]],
    ["that takes away what is required", "mutability", [{ op: "remove", path: "userName" }]],
    ["with the wrong type", "invalidValue", [{ op: "replace", path: "active", value: "perhaps" }]],
    ["with an object for a text", "invalidValue", [{ op: "replace", path: "title", value: { value: "x" } }]],
    [
      "with two primary values",
      "invalidValue",
      [
        {
          op: "add",
          path: "emails",
          value: [
            { value: "a", primary: true },
            { value: "b", primary: true },
          ],
        },
      ],
    ],
  ])("%s: %s", (_what, scimType, operations) => {
    expect(() => onUser(...operations)).toThrow(refusal(scimType));
  });

  test("where it changes who a member is", () => {
    expect(() => onGroup({ op: "replace", path: 'members[value eq "babs"].value', value: "x" })).toThrow(
      refusal("mutability"),
    );
  });

  test("with too many operations", () => {
    const many = Array.from({ length: 1_001 }, () => ({ op: "add", path: "title", value: "x" }));
    expect(() => onUser(...many)).toThrow(refusal("tooMany"));
  });
});

describe("whatever a client sends", () => {
  const anything = fc.anything({ withBigInt: false, maxDepth: 4 });

  test("is taken for what the schema knows, or refused, and pollutes nothing", () => {
    const names = [
      "userName",
      "emails",
      "name",
      "active",
      "__proto__",
      "constructor",
      professional,
      enterprise,
      "members",
    ];
    fc.assert(
      fc.property(fc.dictionary(fc.oneof(fc.string(), fc.constantFrom(...names)), anything), given => {
        try {
          const taken = takeObject(userType.attributes, given);
          expect(Object.keys(taken).every(key => userType.attributes.some(({ name }) => name === key))).toBe(true);
        } catch (problem) {
          expect(problem).toMatchObject({ scimType: "invalidValue" });
        }
        expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
      }),
    );
  });

  test("leaves a resource that is whole: what is added twice is there once, and what is removed is not", () => {
    const type = fc.constantFrom("work", "home", "other");
    fc.assert(
      fc.property(fc.array(fc.record({ type, value: fc.string({ minLength: 1 }) }), { minLength: 1 }), emails => {
        const once = onUser({ op: "add", path: "emails", value: emails });
        expect(patched(userType, once, { op: "add", path: "emails", value: emails })).toEqual(once);
        const without = patched(userType, once, { op: "Remove", path: "emails", value: emails });
        const left = Array.isArray(without["emails"]) ? without["emails"] : [];
        for (const email of emails) expect(left).not.toContainEqual(email);
        expect(takeObject(userType.attributes, without)).toEqual(without);
      }),
    );
  });
});
