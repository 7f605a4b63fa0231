import {
  type DetailedError,
  type PolicyJson,
  policySchema,
  policySetTextToParts,
  policyToJson,
  type ValidationError,
  validate,
} from "./cedar.ts";
import { mentionsOf } from "./mentions.ts";
import type { Policy, PolicyFault, PolicySet } from "./policy-set.ts";
import { type PolicySource, versionOf } from "./policy-source.ts";

/** The names that the configuration gives; a policy that names another one is refused, since it would never apply. */
export interface KnownNames {
  readonly places: readonly string[];
  readonly applications: readonly string[];
  readonly applicationGroups: readonly string[];
}

export type Compiled =
  | { readonly sound: true; readonly set: PolicySet }
  | { readonly sound: false; readonly faults: readonly PolicyFault[] };

interface Part {
  readonly source: PolicySource;
  readonly text: string;
  /** Where it begins in its source, in characters. */
  readonly start: number;
}

/**
 * Checks policies whole: syntax, an `@id` each, Cedar's strict validation against the schema, and the names. One fault refuses all
 * of them, since a set without one of its policies would decide otherwise than meant. `names` absent: they are not checked.
 */
export function compilePolicies(sources: readonly PolicySource[], names: KnownNames | undefined): Compiled {
  const faults: PolicyFault[] = [];
  const policies = new Map<string, Policy & { readonly part: Part }>();
  for (const part of sources.flatMap(source => partsOf(source, faults))) {
    const read = policyToJson(part.text);
    if (read.type === "failure") faults.push(...read.errors.map(error => faultAt(part, error)));
    else {
      const policy = { ...policyIn(part, read.json), part };
      const other = policies.get(policy.id);
      if (policy.id === "") faults.push(faultOf(part, 0, 'a policy needs a name of its own: @id("…")'));
      else if (other !== undefined)
        faults.push(faultOf(part, 0, `@id("${policy.id}") is taken: ${other.file}:${other.line}`));
      else policies.set(policy.id, policy);
    }
  }
  if (faults.length > 0) return { sound: false, faults };

  const staticPolicies = Object.fromEntries([...policies].map(([id, { part }]) => [id, part.text]));
  const answer = validate({ schema: policySchema, policies: { staticPolicies } });
  if (answer.type === "failure") throw new Error(answer.errors.map(({ message }) => message).join("; "));
  const told = ({ policyId, error }: ValidationError) => {
    const part = policies.get(policyId)?.part;
    return part === undefined ? [] : [faultAt(part, error)];
  };
  const wrong = answer.validationErrors.flatMap(told);
  const unknown = names === undefined ? [] : [...policies.values()].flatMap(policy => unknownNames(policy, names));
  if (wrong.length + unknown.length > 0) return { sound: false, faults: [...wrong, ...unknown] };
  return {
    sound: true,
    set: {
      version: versionOf(sources),
      sources,
      policies: [...policies.values()].map(({ part: _part, ...policy }) => policy),
      remarks: answer.validationWarnings.flatMap(told),
    },
  };
}

function partsOf(source: PolicySource, faults: PolicyFault[]): readonly Part[] {
  const whole = { source, text: source.text, start: 0 };
  const split = policySetTextToParts(source.text);
  if (split.type === "failure") {
    faults.push(...split.errors.map(error => faultAt(whole, error)));
    return [];
  }
  const partAt = (text: string) => ({ source, text, start: Math.max(0, source.text.indexOf(text)) });
  for (const template of split.policy_templates)
    faults.push(faultOf(partAt(template), 0, "templates are not used here: name principal and resource"));
  return split.policies.map(partAt);
}

function policyIn(part: Part, json: PolicyJson): Policy {
  const annotations = json.annotations ?? {};
  const why = Object.entries(annotations).flatMap(([name, words]) =>
    name.startsWith("why_") ? [[name.slice("why_".length), words]] : [],
  );
  const { line } = faultOf(part, 0, "");
  return {
    id: annotations["id"] ?? "",
    file: part.source.file,
    line,
    text: part.text,
    json,
    why: Object.fromEntries(why),
  };
}

function unknownNames(
  { id: policy, json, part }: Policy & { readonly part: Part },
  names: KnownNames,
): readonly PolicyFault[] {
  const known: Readonly<Record<string, readonly string[]>> = {
    Place: names.places,
    Application: names.applications,
    ApplicationGroup: names.applicationGroups,
  };
  return [...mentionsOf([json]).entities].flatMap(entity => {
    const [type = "", ...rest] = entity.split("::");
    const id = rest.join("::");
    const expected = known[type];
    if (expected === undefined || expected.includes(id)) return [];
    const at = Math.max(0, part.text.indexOf(`"${id}"`));
    return [faultOf(part, at, `the configuration has no ${type}::"${id}", which “${policy}” names`)];
  });
}

/** Cedar counts bytes. */
function faultAt(part: Part, { message, help, sourceLocations = [] }: DetailedError): PolicyFault {
  const [place] = sourceLocations;
  const at = Buffer.from(part.text)
    .subarray(0, place?.start ?? 0)
    .toString().length;
  const words = [message, place?.label, help].filter(text => text !== null && text !== undefined);
  return faultOf(part, at, words.join("; "));
}

function faultOf({ source, start }: Part, at: number, words: string): PolicyFault {
  const before = source.text.slice(0, start + at).split("\n");
  return { file: source.file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1, words };
}
