import { describe, expect, test } from "vitest";
import { practiceOf } from "../../../../core/session/practice.ts";

const card = {
  profession: "Médecin",
  professionCode: 10,
  speciality: "SM04",
  structure: "1750000001",
  structureName: "CHU",
};

describe("as what a holder practises", () => {
  test("without an activity: what the card says", () => {
    expect(practiceOf(card, undefined)).toEqual({
      profession: "10",
      speciality: "SM04",
      structure: "1750000001",
      structureName: "CHU",
    });
  });

  test("a profession without a code goes by its name, and none is none", () => {
    expect(practiceOf({ profession: "Medic", professionCode: undefined }, undefined).profession).toBe("Medic");
    expect(practiceOf({ profession: "", professionCode: undefined }, undefined).profession).toBeUndefined();
  });

  test("under an activity: where it is practised is the activity's, a profession that it leaves open the card's", () => {
    expect(practiceOf(card, { structure: "1990000000", structureName: "Surgery" })).toEqual({
      profession: "10",
      speciality: "SM04",
      structure: "1990000000",
      structureName: "Surgery",
    });
  });

  test("a speciality is not carried over to another profession, nor the card's structure to an activity without one", () => {
    expect(practiceOf(card, { profession: "21" })).toEqual({
      profession: "21",
      speciality: undefined,
      structure: undefined,
      structureName: undefined,
    });
  });
});
