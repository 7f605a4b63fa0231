import { type Assurance, assuranceOf } from "../../core/session/means.ts";
import type { HolderRoles, LaunchQuestion } from "./launch-question.ts";
import type { LocalTime } from "./local-time.ts";

/** A question as facts that can be looked up: `is::Holder::8997…`, `in::Group::cardiologists`, `in::Place::hospital`. */
export interface LaunchFacts {
  readonly facts: ReadonlySet<string>;
  /** The attributes of the context, and the workstation's `name`; entities of the question itself stand for themselves. */
  readonly context: readonly (readonly [string, string | number])[];
}

const level: Readonly<Record<Assurance, number>> = { none: 0, low: 1, substantial: 2, high: 3 };
const roleTypes: Readonly<Record<keyof HolderRoles, string>> = {
  profession: "Profession",
  speciality: "Speciality",
  structure: "Structure",
  family: "CardFamily",
  activity: "Activity",
};

export function factsOf(question: LaunchQuestion, local: LocalTime): LaunchFacts {
  const { holder, roles, groups, means, secondFactor = "none", places, workstation, at } = question;
  const { assurance = assuranceOf(means) } = question;
  const facts = new Set([`is::Holder::${holder}`, `is::Place::${places[0]}`, `is::Workstation::${workstation.id}`]);
  for (const [role, type] of Object.entries(roleTypes)) {
    const id = roles[role as keyof HolderRoles];
    if (id !== undefined) facts.add(`in::${type}::${id}`);
  }
  for (const group of groups) facts.add(`in::Group::${group}`);
  for (const above of places.slice(1)) facts.add(`in::Place::${above}`);
  return {
    facts,
    context: [
      ["means", means],
      ["secondFactor", secondFactor],
      ["assurance", level[assurance]],
      ["place", ""],
      ["workstation", ""],
      ["name", workstation.name],
      ["hour", local.hour],
      ["minuteOfDay", local.minuteOfDay],
      ["weekday", local.weekday],
      ["now", `${new Date(at).toISOString().slice(0, 16)}:00Z`],
    ],
  };
}
