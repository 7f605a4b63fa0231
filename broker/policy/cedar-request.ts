import type { CedarValueJson, EntityJson, StatefulAuthorizationCall, TypeAndId } from "./cedar.ts";
import type { LaunchFacts } from "./launch-facts.ts";
import type { Mentions } from "./mentions.ts";

export type CedarRequest = Omit<StatefulAuthorizationCall, "preparsedPolicySetId">;

/** Stands for an entity that no policy names. */
const unnamed = "-";
const rolesAndGroups = ["Profession", "Speciality", "Structure", "CardFamily", "Activity", "Group"];

/** An application, and the heading that it stands under in the portal. */
export interface AskedApplication {
  readonly id: string;
  readonly group?: string | undefined;
}

/** What policies that mention so much can see of a question. Two questions that look the same have the same answer. */
export interface SeenFacts {
  readonly facts: readonly string[];
  readonly context: readonly (readonly [string, string | number])[];
}

/** Leaves out all that is not mentioned. */
export function seenBy({ possible, attributes }: Mentions, { facts, context }: LaunchFacts): SeenFacts {
  return {
    facts: possible.filter(fact => facts.has(fact)),
    context: context.filter(([name]) => attributes === "all" || attributes.has(name)),
  };
}

/** What is seen in Cedar's words. It is made of nothing else, so that what is not seen cannot count. */
export function cedarRequest({ facts, context }: SeenFacts, { id, group }: AskedApplication): CedarRequest {
  const saying = (sort: "is" | "in", types: readonly string[]): readonly TypeAndId[] =>
    facts.flatMap(fact => {
      const [said, type = "", ...name] = fact.split("::");
      return said === sort && types.includes(type) ? [{ type, id: name.join("::") }] : [];
    });
  const self = (type: string): TypeAndId => saying("is", [type])[0] ?? { type, id: unnamed };
  const principal = self("Holder");
  const place = self("Place");
  const machine = self("Workstation");
  const resource = { type: "Application", id };
  const above = saying("in", ["Place"]);
  const entity = (uid: TypeAndId, parents: readonly TypeAndId[], attrs: EntityJson["attrs"] = {}) => ({
    uid,
    attrs,
    parents: [...parents],
  });
  const placeCounts = place.id !== unnamed || context.some(([attribute]) => attribute === "place");
  const here = placeCounts ? [place] : [];
  const name = context.find(([attribute]) => attribute === "name")?.[1];
  return {
    principal,
    action: { type: "Action", id: "launch" },
    resource,
    context: Object.fromEntries(
      context
        .filter(([attribute]) => attribute !== "name")
        .map(([attribute, value]) => [attribute, inCedar(attribute, value, { place, workstation: machine })]),
    ),
    entities: [
      entity(principal, saying("in", rolesAndGroups)),
      entity(resource, group === undefined ? [] : [{ type: "ApplicationGroup", id: group }]),
      entity(place, above),
      entity(machine, [...here, ...above], name === undefined ? {} : { name }),
      // One without parents and attributes is the same to Cedar as one that it is not told of, and that is quicker.
    ].filter(({ attrs, parents }) => parents.length > 0 || Object.keys(attrs).length > 0),
  };
}

function inCedar(
  attribute: string,
  value: string | number,
  { place, workstation }: { readonly place: TypeAndId; readonly workstation: TypeAndId },
): CedarValueJson {
  switch (attribute) {
    case "place":
      return { __entity: place };
    case "workstation":
      return { __entity: workstation };
    case "means":
      return { __entity: { type: "Means", id: String(value) } };
    case "secondFactor":
      return { __entity: { type: "SecondFactor", id: String(value) } };
    case "weekday":
      return { __entity: { type: "Weekday", id: String(value) } };
    case "now":
      return { __extn: { fn: "datetime", arg: String(value) } };
    default:
      return value;
  }
}
