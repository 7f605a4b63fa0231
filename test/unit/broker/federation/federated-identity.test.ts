import { describe, expect, test } from "vitest";
import { federatedHolder, identifierIn } from "../../../../broker/federation/federated-identity.ts";

const claims = {
  SubjectNameID: "899700218896",
  given_name: "Camille",
  family_name: "AUBERT",
  SubjectRole: ["10^1.2.250.1.213.1.1.5.5"],
  SubjectOrganizationID: "1750000000",
};

describe("who a federation's claims name", () => {
  test("a person with a profession and a structure", () => {
    expect(federatedHolder(claims)).toEqual({
      id: "899700218896",
      displayName: "Camille AUBERT",
      profession: "Médecin",
      professionCode: 10,
      structure: "1750000000",
    });
  });

  test.each([
    ["no profession", []],
    ["a code of another table", ["10^1.2.250.1.213.1.1.4.5"]],
    ["a code that is none", ["doctor^1.2.250.1.213.1.1.5.5"]],
    ["two professions, of which none was chosen", ["10^1.2.250.1.213.1.1.5.5", "60^1.2.250.1.213.1.1.5.5"]],
  ])("%s: no profession's rights", (_case, SubjectRole) => {
    expect(federatedHolder({ ...claims, SubjectRole })).toMatchObject({ professionCode: undefined, profession: "" });
  });

  test("a code that the table does not have is shown as it is", () => {
    expect(federatedHolder({ ...claims, SubjectRole: ["999^1.2.250.1.213.1.1.5.5"] })).toMatchObject({
      professionCode: 999,
      profession: "999",
    });
  });

  test.each([
    ["no identifier", { ...claims, SubjectNameID: undefined }],
    ["an empty one", { ...claims, SubjectNameID: "" }],
    ["no name", { ...claims, family_name: "" }],
    ["nothing", undefined],
    ["roles that are no list", { ...claims, SubjectRole: "10" }],
  ])("nobody: %s", (_case, said) => {
    expect(federatedHolder(said)).toBeUndefined();
  });
});

describe("what somebody types", () => {
  test.each([
    ["99700218896", "899700218896"],
    ["99 700 218 896", "899700218896"],
    ["899700218896", "899700218896"],
    ["3750000000/ABC123".replace("/", ""), "3750000000ABC123"],
  ])("“%s” is %s", (typed, identifier) => {
    expect(identifierIn(typed)).toBe(identifier);
  });

  test.each(["", "1", "12345678", "Camille", "9970021889*", "9".repeat(31)])("“%s” is none", typed => {
    expect(identifierIn(typed)).toBeUndefined();
  });
});
