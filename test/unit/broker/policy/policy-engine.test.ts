import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isAuthorized, policySchema } from "../../../../broker/policy/cedar.ts";
import { cedarRequest } from "../../../../broker/policy/cedar-request.ts";
import { factsOf } from "../../../../broker/policy/launch-facts.ts";
import { wallClock } from "../../../../broker/policy/local-time.ts";
import { allMeans, type Means } from "../../../../core/session/means.ts";
import { applications, compile, decide, engineOf, physician } from "./policy-house.ts";

const permit = (id: string, condition = "", scope = "principal") =>
  `@id("${id}")\npermit(${scope}, action == Action::"launch", resource == Application::"record")${condition};\n`;
const forbid = (id: string, condition = "") =>
  `@id("${id}")\nforbid(principal, action == Action::"launch", resource)${condition};\n`;

describe("what policies decide", () => {
  test("where no policy permits, nothing opens", () => {
    expect(decide(engineOf(""), physician, "record")).toEqual({ permitted: false, because: "no-permit", by: [] });
  });

  test("a permit opens its application, and no other", () => {
    const engine = engineOf(permit("record"));
    expect(decide(engine, physician, "record")).toEqual({ permitted: true, by: ["record"] });
    expect(decide(engine, physician, "stock")).toMatchObject({ permitted: false, because: "no-permit" });
    expect(decide(engine, physician, "unheard-of")).toMatchObject({ permitted: false, because: "no-permit" });
  });

  test("what forbids wins over any number of permits, and is named", () => {
    const engine = engineOf(permit("one") + permit("two") + forbid("closed"));
    expect(decide(engine, physician, "record")).toEqual({ permitted: false, because: "forbidden", by: ["closed"] });
    expect(engine.decideByPermits(engine.factsOf(physician), "record").permitted).toBe(true);
    expect(engine.decideByPermits(engine.factsOf(physician), "stock").permitted).toBe(false);
  });

  test.each([
    ["profession", `principal in Profession::"10"`, { roles: { profession: "60" } }],
    ["structure", `principal in Structure::"1750000001"`, { roles: { profession: "10" } }],
    ["card family", `principal in CardFamily::"CPS"`, { roles: { family: "CPF" } }],
    ["group", `principal in Group::"cardiologists"`, { groups: ["surgeons"] }],
    ["holder", `principal == Holder::"899700075064"`, { holder: "899700075065" }],
  ])("a permit by %s is for nobody else", (_what, scope, change) => {
    const engine = engineOf(permit("p", "", scope));
    expect(decide(engine, physician, "record").permitted).toBe(true);
    expect(decide(engine, { ...physician, ...change }, "record").permitted).toBe(false);
  });

  test("an activity's role comes with the activity alone", () => {
    const engine = engineOf(permit("p", "", `principal in Activity::"liberal"`));
    expect(decide(engine, physician, "record").permitted).toBe(false);
    const inIt = { ...physician, roles: { ...physician.roles, activity: "liberal" } };
    expect(decide(engine, inIt, "record").permitted).toBe(true);
  });

  test("a place holds what is within it, and not what it is within", () => {
    const everywhere = engineOf(permit("p", ` when { context.place in Place::"hospital" }`));
    const ward = engineOf(permit("p", ` when { context.workstation in Place::"ward" }`));
    expect(decide(everywhere, physician, "record").permitted).toBe(true);
    expect(decide(ward, physician, "record").permitted).toBe(true);
    expect(decide(ward, { ...physician, places: ["hospital"] }, "record").permitted).toBe(false);
    expect(decide(ward, { ...physician, places: ["pharmacy", "hospital"] }, "record").permitted).toBe(false);
  });

  test("a second factor is asked for by its kind, and none is what nobody gave", () => {
    const byKey = engineOf(permit("p", ` when { context.secondFactor == SecondFactor::"security-key" }`));
    const byAny = engineOf(permit("p", ` when { context.secondFactor != SecondFactor::"none" }`));
    const decided = (secondFactor?: "totp" | "security-key") =>
      [byKey, byAny].map(engine => decide(engine, { ...physician, secondFactor }, "record").permitted);
    expect([decided(), decided("totp"), decided("security-key")]).toEqual([
      [false, false],
      [false, true],
      [true, true],
    ]);
    expect(compile(permit("p", ` when { context.secondFactor == SecondFactor::"sms" }`)).sound).toBe(false);
  });

  test("a workstation is known by its name", () => {
    const engine = engineOf(permit("p", ` when { context.workstation.name like "WARD-*" }`));
    expect(decide(engine, physician, "record").permitted).toBe(true);
    const elsewhere = { ...physician, workstation: { id: "w2", name: "STORE-1" } };
    expect(decide(engine, elsewhere, "record").permitted).toBe(false);
  });

  test("a workstation whose name is made to look like something else gets nothing by it", () => {
    const engine = engineOf(
      permit("p", ` when { context.workstation.name like "A*" && context.assurance == 3 && context.hour == 10 }`),
    );
    const named = (name: string) => ({ ...physician, workstation: { id: "w1", name } });
    expect(decide(engine, named("A"), "record").permitted).toBe(true);
    const forged = { ...named("A\nhour 10"), at: physician.at + 3_600_000 };
    expect(decide(engine, forged, "record").permitted).toBe(false);
  });

  test("means and what they prove", () => {
    const byPin = engineOf(permit("p", ` when { context.means == Means::"card-pin" }`));
    const proven = engineOf(permit("p", " when { context.assurance >= 2 }"));
    const opens = (engine: typeof byPin) =>
      allMeans.filter(means => decide(engine, { ...physician, means }, "record").permitted);
    expect(opens(byPin)).toEqual(["card-pin"]);
    expect(opens(proven)).toEqual(["card-pin", "card-presence", "federated"]);
  });

  test("a window of time over midnight, told by the wall clock of the zone", () => {
    const night = engineOf(permit("night", " when { context.hour >= 20 || context.minuteOfDay < 420 }"));
    const at = (hours: number, minutes: number) => ({ ...physician, at: Date.UTC(2026, 10, 25, hours, minutes) });
    // Paris is an hour ahead of UTC in November.
    expect(decide(night, at(18, 59), "record").permitted).toBe(false);
    expect(decide(night, at(19, 0), "record").permitted).toBe(true);
    expect(decide(night, at(5, 59), "record").permitted).toBe(true);
    expect(decide(night, at(6, 0), "record").permitted).toBe(false);
  });

  test("days of the week, and a last day", () => {
    const engine = engineOf(
      permit("p", ` when { context.weekday == Weekday::"wednesday" && context.now < datetime("2026-11-26") }`),
    );
    expect(decide(engine, physician, "record").permitted).toBe(true);
    expect(decide(engine, { ...physician, at: physician.at + 24 * 3_600_000 }, "record").permitted).toBe(false);
    expect(decide(engine, { ...physician, at: physician.at + 7 * 24 * 3_600_000 }, "record").permitted).toBe(false);
  });

  test("an application is reached through its group", () => {
    const engine = engineOf(
      `@id("care") permit(principal, action == Action::"launch", resource in ApplicationGroup::"care");`,
    );
    expect(applications.map(({ id }) => decide(engine, physician, id).permitted)).toEqual([true, true, false]);
  });

  test("a policy that cannot be evaluated permits nothing, even one that would forbid", () => {
    const overflow = "9223372036854775807 + context.hour < 0";
    const engine = engineOf(permit("p") + forbid("broken", ` when { ${overflow} }`));
    expect(decide(engine, physician, "record")).toEqual({ permitted: false, because: "not-evaluated", by: ["broken"] });
    expect(decide(engine, { ...physician, at: Date.UTC(2026, 10, 24, 23, 0) }, "record").permitted).toBe(true);
  });

  test("two sets in force one after the other do not mix", () => {
    const before = engineOf(permit("p"));
    const after = engineOf(forbid("f"));
    expect(decide(before, physician, "record").permitted).toBe(true);
    before.close();
    const third = engineOf("");
    expect(decide(after, physician, "record")).toMatchObject({ because: "forbidden" });
    expect(decide(third, { ...physician, means: "card-seen" }, "record")).toMatchObject({ because: "no-permit" });
  });
});

describe("the request that holds only what policies mention", () => {
  const conditions = [
    `principal in Profession::"10"`,
    `principal in [Profession::"60", Profession::"21"]`,
    `principal in Group::"a" && principal in Group::"b"`,
    `principal == Holder::"h1"`,
    `context.place in Place::"ward"`,
    `context.place == Place::"hospital"`,
    `context.workstation in context.place`,
    `context.workstation == Workstation::"w1"`,
    `context.workstation.name like "W*"`,
    `context.means == Means::"card-pin"`,
    `[Means::"card-presence", Means::"card-pin"].contains(context.means)`,
    `context.assurance > 1`,
    `context.hour < 7`,
    `context.minuteOfDay > 700`,
    `context.weekday == Weekday::"sunday"`,
    `context.now < datetime("2026-11-26T00:00:00Z")`,
    `resource in ApplicationGroup::"care"`,
    `context has place`,
  ];
  const wall = wallClock("Europe/Paris");

  test("is answered as the whole request is", () => {
    const policy = fc.record({
      effect: fc.constantFrom("permit", "forbid"),
      kind: fc.constantFrom("when", "unless"),
      parts: fc.array(fc.constantFrom(...conditions), { minLength: 1, maxLength: 3 }),
      or: fc.boolean(),
    });
    const question = fc.record({
      holder: fc.constantFrom("h1", "h2"),
      roles: fc.record({ profession: fc.constantFrom("10", "60", "99"), family: fc.constantFrom("CPS", "CPF") }),
      groups: fc.uniqueArray(fc.constantFrom("a", "b", "c", "d")),
      means: fc.constantFrom<Means>(...allMeans),
      places: fc.constantFrom(["ward", "hospital"], ["hospital"], ["pharmacy", "hospital"]),
      workstation: fc.constantFrom({ id: "w1", name: "WARD-1" }, { id: "w2", name: "x" }),
      at: fc.integer({ min: Date.UTC(2026, 10, 22), max: Date.UTC(2026, 10, 29) }),
    });
    fc.assert(
      fc.property(
        fc.array(policy, { minLength: 1, maxLength: 4 }),
        fc.array(question, { minLength: 5, maxLength: 5 }),
        (policies, questions) => {
          const text = policies
            .map(
              ({ effect, kind, parts, or }, index) =>
                `@id("p${index}") ${effect}(principal, action, resource) ${kind} { ${parts.join(or ? " || " : " && ")} };`,
            )
            .join("\n");
          const engine = engineOf(text);
          const staticPolicies = Object.fromEntries(engine.set.policies.map(policy => [policy.id, policy.text]));
          for (const asked of questions) {
            const all = factsOf(asked, wall(asked.at));
            const whole = cedarRequest({ facts: [...all.facts], context: all.context }, applications[0]);
            const decision = decide(engine, asked, "record");
            const answer = isAuthorized({ ...whole, policies: { staticPolicies }, schema: policySchema });
            if (answer.type === "failure") throw new Error(JSON.stringify(answer));
            expect(decision.permitted).toBe(answer.response.decision === "allow");
            expect(decision.by).toEqual([...answer.response.diagnostics.reason].sort());
          }
          engine.close();
        },
      ),
      { numRuns: 60 },
    );
  });
});
