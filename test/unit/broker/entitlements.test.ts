import { describe, expect, test } from "vitest";
import { plainPolicies } from "../../../broker/policy/plain-policies.ts";
import { configuredGroups } from "../../../broker/services/configured-groups.ts";
import { type Asking, decidedBy, Entitlements } from "../../../broker/services/entitlements.ts";
import { applications, engineOf } from "./policy/policy-house.ts";

const nurse: Asking = {
  holder: { id: "899700218896", profession: "Infirmier", professionCode: 60, cardFamily: "CPS" },
  means: "card-presence",
  place: "ward",
  workstation: { id: "w1", name: "WARD-1" },
  at: Date.UTC(2026, 10, 25, 9, 30),
};
const places = [{ id: "hospital" }, { id: "ward", within: "hospital" }, { id: "pharmacy", within: "hospital" }];

function entitlementsBy(text: string): Entitlements {
  const groups = configuredGroups({ groups: [{ id: "night-shift", holders: [nurse.holder.id] }] });
  return new Entitlements({ policies: { engine: engineOf(text) }, house: { applications, places }, groups });
}

const permit = (condition: string) =>
  `@id("p") permit(principal, action, resource == Application::"record") ${condition};`;

describe("what a portal shows", () => {
  test("every application has its decision; one that no policy permits is not shown", async () => {
    const portal = await entitlementsBy(permit("")).portal(nurse);
    expect(
      portal.map(({ application, decision, unavailable }) => [application, decidedBy(decision), unavailable]),
    ).toEqual([
      ["record", "p", undefined],
      ["prescriptions", "no policy permits", undefined],
      ["stock", "no policy permits", undefined],
    ]);
  });

  test.each([
    ["a permit", permit("when { context.assurance >= 3 }")],
    [
      "a forbid",
      `${permit("")} @id("f") forbid(principal, action, resource) unless { context.means == Means::"card-pin" };`,
    ],
  ])("what %s asks card and PIN for is shown as closed by this means, and opens by them", async (_what, text) => {
    const entitlements = entitlementsBy(text);
    expect((await entitlements.decide(nurse, "record")).unavailable).toEqual({ reason: "means" });
    expect((await entitlements.decide({ ...nurse, means: "card-pin" }, "record")).decision.permitted).toBe(true);
  });

  test("what a forbid closes here has its words where it is the holder's, and is not shown where it is not", async () => {
    const closed = `@id("f") @why_en("At the pharmacy.") forbid(principal, action, resource) unless { context.place in Place::"pharmacy" };`;
    const own = await entitlementsBy(permit("") + closed).decide(nurse, "record");
    expect(own).toMatchObject({
      decision: { permitted: false, by: ["f"] },
      unavailable: { reason: "policy", policy: "f", words: { en: "At the pharmacy." } },
    });
    const others = permit(`when { principal in Profession::"10" }`);
    expect((await entitlementsBy(others + closed).decide(nurse, "record")).unavailable).toBeUndefined();
  });

  test("groups and the tree of places come from the configuration", async () => {
    const condition = (group: string) =>
      permit(`when { principal in Group::"${group}" && context.place in Place::"hospital" }`);
    expect((await entitlementsBy(condition("night-shift")).decide(nurse, "record")).decision.permitted).toBe(true);
    expect((await entitlementsBy(condition("day-shift")).decide(nurse, "record")).decision.permitted).toBe(false);
  });

  describe("in an emergency", () => {
    const byCard: Asking = { ...nurse, means: "card-pin" };
    const others = permit(`when { principal in Profession::"10" }`);
    const emergency = (least: number) =>
      `${others} @id("e") permit(principal, action, resource == Application::"record") when { context.means == Means::"break-glass" && context.assurance >= ${least} };`;

    test("what is closed but for it says so where the place offers it, and opens while a glass is broken", async () => {
      const entitlements = entitlementsBy(emergency(3));
      expect((await entitlements.decide(byCard, "record")).unavailable).toBeUndefined();
      const offered = await entitlements.decide({ ...byCard, breakGlass: "offered" }, "record");
      expect(offered).toMatchObject({ decision: { permitted: false }, unavailable: { reason: "break-glass" } });
      const open = await entitlements.decide({ ...byCard, breakGlass: "open" }, "record");
      expect(open).toMatchObject({ decision: { permitted: true, by: ["e"] }, byGlass: true });
    });

    test("what is his anyway is not opened by it, and what no policy opens stays closed", async () => {
      const own = await entitlementsBy(permit("")).decide({ ...byCard, breakGlass: "open" }, "record");
      expect(own).toEqual({ application: "record", decision: { permitted: true, by: ["p"] } });
      const none = await entitlementsBy(others).decide({ ...byCard, breakGlass: "open" }, "record");
      expect(none).toMatchObject({ decision: { permitted: false } });
      expect(none.unavailable).toBeUndefined();
    });

    test("a claim reaches only what asks for no more than a claim", async () => {
      const claim: Asking = { ...nurse, means: "break-glass" };
      expect((await entitlementsBy(emergency(3)).decide(claim, "record")).decision.permitted).toBe(false);
      expect((await entitlementsBy(emergency(1)).decide(claim, "record")).decision.permitted).toBe(true);
    });

    test("a forbid counts in it, too", async () => {
      const closed = `${emergency(1)} @id("f") forbid(principal, action, resource);`;
      const decided = await entitlementsBy(closed).decide({ ...byCard, breakGlass: "open" }, "record");
      expect(decided).toMatchObject({ decision: { permitted: false } });
    });

    test.each([
      [
        "proved",
        [
          ["card-pin", "open", true],
          ["break-glass", undefined, false],
        ],
      ],
      [
        "claimed",
        [
          ["card-pin", "open", true],
          ["break-glass", undefined, true],
        ],
      ],
    ] as const)(
      "an application's plain word “%s” is such a policy, whatever its professions",
      async (word, expected) => {
        for (const professions of [[10], undefined]) {
          const plain = plainPolicies([{ id: "record", professions, breakGlass: word }], false).text;
          for (const [means, breakGlass, permitted] of expected) {
            const asking = { ...nurse, means, breakGlass };
            expect((await entitlementsBy(plain).decide(asking, "record")).decision.permitted).toBe(permitted);
          }
          const usual = (await entitlementsBy(plain).decide(byCard, "record")).decision.permitted;
          expect(usual).toBe(professions === undefined);
        }
      },
    );
  });

  describe("under an activity", () => {
    const physician: Asking = {
      ...nurse,
      holder: { ...nurse.holder, professionCode: 10, speciality: "SM04", structure: "1120" },
    };
    const opens = async (condition: string, activity: Asking["activity"]) =>
      (await entitlementsBy(permit(`when { ${condition} }`)).decide({ ...physician, activity }, "record")).decision
        .permitted;

    test.each([
      ["its identifier counts", `principal in Activity::"a"`, { id: "a" }, true],
      ["another one's does not", `principal in Activity::"a"`, { id: "b" }, false],
      ["without one, none does", `principal in Activity::"a"`, undefined, false],
      ["its profession counts", `principal in Profession::"21"`, { id: "a", profession: "21" }, true],
      ["the card's does not beside it", `principal in Profession::"10"`, { id: "a", profession: "21" }, false],
      ["the card's counts where it names none", `principal in Profession::"10"`, { id: "a" }, true],
      ["its structure counts", `principal in Structure::"1140"`, { id: "a", structure: "1140" }, true],
      ["the card's structure does not count where it names none", `principal in Structure::"1120"`, { id: "a" }, false],
      ["its speciality counts", `principal in Speciality::"SM54"`, { id: "a", speciality: "SM54" }, true],
      [
        "the card's speciality counts under its profession",
        `principal in Speciality::"SM04"`,
        { id: "a", profession: "10" },
        true,
      ],
      ["and under no other", `principal in Speciality::"SM04"`, { id: "a", profession: "21" }, false],
      ["the family is the card's", `principal in CardFamily::"CPS"`, { id: "a", profession: "21" }, true],
    ] as const)("%s", async (_what, condition, activity, expected) => {
      expect(await opens(condition, activity)).toBe(expected);
    });
  });

  test("a policy that could not be evaluated is named as such", async () => {
    const text = `${permit("")} @id("f") forbid(principal, action, resource) when { 9223372036854775807 + context.hour < 0 };`;
    const { decision } = await entitlementsBy(text).decide(nurse, "record");
    expect(decidedBy(decision)).toBe("could not be evaluated: f");
  });
});
