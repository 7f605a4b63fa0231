import { type Compiled, compilePolicies } from "../../../../broker/policy/compile-policies.ts";
import type { LaunchQuestion } from "../../../../broker/policy/launch-question.ts";
import { type Decision, PolicyEngine } from "../../../../broker/policy/policy-engine.ts";

export const applications = [
  { id: "record", group: "care" },
  { id: "prescriptions", group: "care" },
  { id: "stock", group: "logistics" },
] as const;

const names = {
  places: ["hospital", "ward", "pharmacy"],
  applications: applications.map(({ id }) => id),
  applicationGroups: ["care", "logistics"],
};

export function compile(text: string, file = "ward.cedar"): Compiled {
  return compilePolicies([{ file, text }], names);
}

export function engineOf(text: string, timeZone = "Europe/Paris"): PolicyEngine {
  const compiled = compile(text);
  if (!compiled.sound) throw new Error(JSON.stringify(compiled.faults));
  return new PolicyEngine(compiled.set, applications, timeZone);
}

/** A physician on the ward, card and PIN, on Wednesday 25 November 2026 at 10:30 in Paris. */
export const physician: LaunchQuestion = {
  holder: "899700075064",
  roles: { profession: "10", structure: "1750000001", family: "CPS" },
  groups: ["cardiologists"],
  means: "card-pin",
  places: ["ward", "hospital"],
  workstation: { id: "w1", name: "WARD-1" },
  at: Date.UTC(2026, 10, 25, 9, 30),
};

export function decide(engine: PolicyEngine, question: LaunchQuestion, application: string): Decision {
  return engine.decide(engine.factsOf(question), application);
}
