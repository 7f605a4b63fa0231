import { describe, expect, test } from "vitest";
import { amrOf } from "../../../../broker/oidc/assurance-claims.ts";
import { holderClaims } from "../../../../broker/oidc/holder-claims.ts";
import type { Session } from "../../../../core/session/session.ts";

const session = (change: Partial<Session> = {}): Session => ({
  id: "s",
  holder: {
    id: "899700075064",
    displayName: "Camille AUBERT",
    givenName: "Camille",
    familyName: "AUBERT",
    profession: "Médecin",
    professionCode: 10,
    structure: "1750000001",
    structureName: "Hôpital",
  },
  means: "card-pin",
  openedAt: 0,
  provenAt: 0,
  expiresAt: 1,
  seat: undefined,
  absentSince: undefined,
  ...change,
});
const nowhere = { workstation: undefined, place: undefined };

describe("what a relying party learns", () => {
  test("is what the card says, where the holder chose no activity", () => {
    expect(holderClaims(session(), { workstation: "A", place: "ward" })).toEqual({
      name: "Camille AUBERT",
      given_name: "Camille",
      family_name: "AUBERT",
      preferred_username: "899700075064",
      SubjectNameID: "899700075064",
      SubjectRole: ["10^1.2.250.1.213.1.1.5.5"],
      SubjectOrganization: "Hôpital",
      SubjectOrganizationID: "1750000001",
      authMode: "CARD",
      SubjectRefPro: {
        exercices: [
          {
            codeProfession: "10",
            nomDexercice: "AUBERT",
            prenomDexercice: "Camille",
            activities: [
              {
                numeroFinessSite: "750000001",
                raisonSocialeSite: "Hôpital",
                ancienIdentifiantDeLaStructure: "1750000001",
              },
            ],
          },
        ],
      },
      otherIds: [{ identifiant: "899700075064", origine: "RPPS" }],
      wardkey_means: "card-pin",
      wardkey_place: "ward",
      wardkey_workstation: "A",
    });
  });

  test("follows the activity that he chose, and then says nothing of his card's structure", () => {
    const activity = {
      id: "R1",
      label: "Cardiology",
      profession: "10",
      speciality: "SM04",
      structureName: "Heart clinic",
    };
    const claims = holderClaims(session({ activity }), nowhere);
    expect(claims).toMatchObject({ SubjectRole: ["10^1.2.250.1.213.1.1.5.5"], SubjectOrganization: "Heart clinic" });
    expect(claims).not.toHaveProperty("SubjectOrganizationID");
    expect(claims.SubjectRefPro).toMatchObject({
      exercices: [
        {
          codeSavoirFaire: "SM04",
          activities: [{ identifiantTechniqueDeLaStructure: "R1", raisonSocialeSite: "Heart clinic" }],
        },
      ],
    });
  });

  test("leaves out what is not known, and says CARD of cards only", () => {
    const holder = { id: "user@hospital.example", displayName: "User", profession: "", professionCode: undefined };
    expect(holderClaims(session({ holder, means: "temporary-password" }), nowhere)).toEqual({
      name: "User",
      preferred_username: "user@hospital.example",
      SubjectNameID: "user@hospital.example",
      SubjectRole: [],
      SubjectRefPro: { exercices: [{ activities: [] }] },
      otherIds: [],
      wardkey_means: "temporary-password",
    });
  });
});

describe("in an emergency", () => {
  const breakGlass = { id: "g1", until: 1 };

  test("what was proved stays what it was, and the broken glass stands beside it", () => {
    expect(holderClaims(session({ breakGlass }), nowhere)).toMatchObject({
      ...{ wardkey_means: "card-pin", wardkey_break_glass: "proved", authMode: "CARD" },
    });
    expect(amrOf("card-pin", undefined)).toEqual(["sc", "pin", "mfa"]);
  });

  test("what nobody proved says so, by no method that is a proof", () => {
    const claims = holderClaims(session({ means: "break-glass", breakGlass }), nowhere);
    expect(claims).toMatchObject({ wardkey_means: "break-glass", wardkey_break_glass: "claimed" });
    expect(claims).not.toHaveProperty("authMode");
    expect(amrOf("break-glass", undefined)).toEqual(["urn:wardkey:amr:claimed"]);
  });

  test("and at other times nothing of it is said", () => {
    expect(holderClaims(session(), nowhere)).not.toHaveProperty("wardkey_break_glass");
  });
});
