import { describe, expect, test } from "vitest";
import { directoryConfiguration } from "../../../../broker/directory/directory-configuration.ts";
import { directoryEntryOf } from "../../../../broker/scim/directory-entry-of.ts";
import { applyPatch } from "../../../../broker/scim/patch/apply-patch.ts";
import { findPath } from "../../../../broker/scim/schema/attribute-path.ts";
import { groupType, userType } from "../../../../broker/scim/schema/resource-type.ts";
import type { ScimAttribute } from "../../../../broker/scim/schema/scim-attribute.ts";
import type { ScimObject } from "../../../../broker/scim/schema/scim-value.ts";

const professional = "urn:wardkey:scim:schemas:1.0:HealthProfessional";
const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

function person(content: ScimObject, holder = `${professional}:holder`) {
  const path = findPath(userType, holder);
  if (path === undefined) throw new Error(`no attribute ${holder}`);
  return directoryEntryOf({ holder: path }, userType, "u1", content);
}

describe("a user as the directory knows him", () => {
  test("has key, account, name, mail, identifier and activities", () => {
    const activities = [{ id: "a", label: "Cardiologist, Heart clinic", profession: "10", speciality: "SM04" }];
    expect(
      person({
        userName: "caubert",
        displayName: "Camille AUBERT",
        emails: [{ value: "home@example.com" }, { value: "work@example.com", type: "work" }],
        [professional]: { holder: "899700075064", activities },
      }),
    ).toEqual({
      kind: "person",
      key: "u1",
      reference: "u1",
      holder: "899700075064",
      account: "caubert",
      displayName: "Camille AUBERT",
      mail: "work@example.com",
      active: true,
      activities,
    });
  });

  test("has the person above and the language, where the client says them", () => {
    const content = { userName: "u", preferredLanguage: "fr", [enterprise]: { manager: { value: "u2" } } };
    expect(person(content)).toMatchObject({ manager: "u2", language: "fr" });
    const without = person({ userName: "u", preferredLanguage: "", [enterprise]: { manager: { value: "" } } });
    expect(without).toMatchObject({ manager: undefined, language: undefined });
  });

  test("is identified by the attribute that is configured, and by no other", () => {
    const content = { userName: "u", [professional]: { holder: "1" }, [enterprise]: { employeeNumber: "2" } };
    expect(person(content, `${enterprise}:employeeNumber`)).toMatchObject({ holder: "2" });
    expect(person({ userName: "u" })).not.toHaveProperty("holder", expect.anything());
    expect(person({ userName: "u", [professional]: { holder: "" } })).not.toHaveProperty("holder", expect.anything());
  });

  test.each([
    ["displayName", { displayName: "D", name: { formatted: "F" } }, "D"],
    ["formatted name", { displayName: "", name: { formatted: "F", givenName: "G" } }, "F"],
    ["parts of the name", { name: { givenName: "G", familyName: "F" } }, "G F"],
    ["account", { name: {} }, "u"],
  ])("is shown by his %s", (_what, content, displayName) => {
    expect(person({ userName: "u", ...content })).toMatchObject({ displayName });
  });

  test("is active unless it is said that he is not", () => {
    expect(person({ userName: "u" })).toMatchObject({ active: true });
    expect(person({ userName: "u", active: false })).toMatchObject({ active: false });
  });

  test("is refused where the directory cannot take him", () => {
    const tooLong = expect.objectContaining({ status: 400, scimType: "invalidValue" });
    expect(() => person({ userName: "u", displayName: "x".repeat(300) })).toThrow(tooLong);
    expect(() => person({ userName: "x".repeat(300) })).toThrow(tooLong);
  });

  test("gets activities one by one from a patch, and none that says not what it is", () => {
    const path = `${professional}:activities`;
    const value = [
      { id: "a", label: "A" },
      { id: "b", label: "B" },
    ];
    const user = applyPatch(userType, { userName: "u" }, [
      { op: "add", path, value },
      { op: "replace", path: `${path}[id eq "b"].label`, value: "B, Heart clinic" },
      { op: "add", path: professional, value: { holder: "899700075064" } },
    ]);
    expect(person(user)).toMatchObject({
      holder: "899700075064",
      activities: [{ label: "A" }, { label: "B, Heart clinic" }],
    });
    const nameless = { op: "add", path, value: [{ label: "A" }] } as const;
    expect(() => applyPatch(userType, { userName: "u" }, [nameless])).toThrow(
      expect.objectContaining({ scimType: "invalidValue" }),
    );
  });
});

describe("a group as the directory knows it", () => {
  const group = (content: ScimObject) =>
    directoryEntryOf({ holder: [userType.attributes[0] as ScimAttribute] }, groupType, "g1", content);

  test("has its name and its members", () => {
    expect(group({ displayName: "Cardiology", members: [{ value: "u1" }, { value: "g2" }] })).toEqual({
      kind: "group",
      key: "g1",
      reference: "g1",
      name: "Cardiology",
      members: ["u1", "g2"],
    });
  });

  test("has no member without an id", () => {
    expect(() => group({ displayName: "x", members: [{}] })).toThrow(
      expect.objectContaining({ scimType: "invalidValue" }),
    );
  });
});

describe("a source in the configuration", () => {
  const configured = (more: object) =>
    directoryConfiguration.safeParse({ sources: [{ id: "hr", kind: "scim", tokenFile: "hr.tokens", ...more }] })
      .success;

  test("takes the identifier from any attribute that has one text", () => {
    expect(configured({})).toBe(true);
    expect(configured({ holderAttribute: `${enterprise}:employeeNumber` })).toBe(true);
    expect(configured({ holderAttribute: "externalId" })).toBe(true);
  });

  test("and from no other", () => {
    for (const holderAttribute of ["shoeSize", "active", "emails.value", "name", "__proto__"])
      expect(configured({ holderAttribute })).toBe(false);
  });
});
