import { type Assurance, assuranceOf } from "../../core/session/means.ts";
import type { CedarValueJson, EntityUidJson, StatefulAuthorizationCall, TypeAndId } from "./cedar.ts";
import type { HolderRoles, LaunchQuestion } from "./launch-question.ts";
import type { LocalTime } from "./local-time.ts";
import type { Mentions } from "./mentions.ts";

export type CedarRequest = Omit<StatefulAuthorizationCall, "preparsedPolicySetId">;

const level: Readonly<Record<Assurance, number>> = { none: 0, low: 1, substantial: 2, high: 3 };
const roleTypes: Readonly<Record<keyof HolderRoles, string>> = {
  profession: "Profession",
  speciality: "Speciality",
  structure: "Structure",
  family: "CardFamily",
  activity: "Activity",
};
/** Stands for an entity that no policy names. */
const unnamed = "-";

/** An application, and the groups that it belongs to in the portal. */
export interface AskedApplication {
  readonly id: string;
  readonly group?: string | undefined;
}

/**
 * A question in Cedar's words, with no more in it than the policies mention: two questions that differ in what no policy looks at
 * become the same request, and have the same answer.
 */
export function cedarRequest(
  question: LaunchQuestion,
  application: AskedApplication,
  local: LocalTime,
  mentions: Mentions,
): CedarRequest {
  const named = (type: string, id: string) => mentions.entities.has(`${type}::${id}`);
  const uid = (type: string, id: string): TypeAndId => ({ type, id: named(type, id) ? id : unnamed });
  const among = (type: string, ids: readonly string[]): EntityUidJson[] =>
    ids.filter(id => named(type, id)).map(id => ({ type, id }));
  const { holder, roles, groups, means, places, workstation, at } = question;
  const principal = uid("Holder", holder);
  const resource = { type: "Application", id: application.id };
  const place = uid("Place", places[0] ?? "");
  const above = among("Place", places.slice(1));
  const machine = uid("Workstation", workstation.id);
  const rolesGiven = Object.entries(roleTypes).flatMap(([role, type]) => {
    const id = roles[role as keyof HolderRoles];
    return id === undefined ? [] : among(type, [id]);
  });
  const context: Readonly<Record<string, CedarValueJson>> = {
    means: { __entity: { type: "Means", id: means } },
    assurance: level[assuranceOf(means)],
    place: { __entity: place },
    workstation: { __entity: machine },
    hour: local.hour,
    minuteOfDay: local.minuteOfDay,
    weekday: { __entity: { type: "Weekday", id: local.weekday } },
    now: { __extn: { fn: "datetime", arg: `${new Date(at).toISOString().slice(0, 16)}:00Z` } },
  };
  const entries = Object.entries(context).filter(([name]) => mentions.wholeContext || mentions.attributes.has(name));
  return {
    principal,
    action: { type: "Action", id: "launch" },
    resource,
    context: Object.fromEntries(entries),
    entities: [
      { uid: principal, attrs: {}, parents: [...rolesGiven, ...among("Group", groups)] },
      {
        uid: resource,
        attrs: {},
        parents: application.group === undefined ? [] : among("ApplicationGroup", [application.group]),
      },
      { uid: place, attrs: {}, parents: above },
      {
        uid: machine,
        attrs: mentions.attributes.has("name") ? { name: workstation.name } : {},
        parents: [place, ...above],
      },
    ],
  };
}
