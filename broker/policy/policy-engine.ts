import { type EntityUidJson, preparsePolicySet, statefulIsAuthorized } from "./cedar.ts";
import { type AskedApplication, cedarRequest, type SeenFacts, seenBy } from "./cedar-request.ts";
import { factsOf, type LaunchFacts } from "./launch-facts.ts";
import type { LaunchQuestion } from "./launch-question.ts";
import { wallClock } from "./local-time.ts";
import { type Mentions, mentionsOf } from "./mentions.ts";
import type { Policy, PolicySet } from "./policy-set.ts";

/** What the policies say of one launch. `by` names those that decided. */
export type Decision =
  | { readonly permitted: true; readonly by: readonly string[] }
  | {
      readonly permitted: false;
      readonly because: "forbidden" | "no-permit" | "not-evaluated";
      readonly by: readonly string[];
    };

/** The policies that can apply to one application, parsed once. */
interface Slice {
  readonly application: AskedApplication;
  readonly mentions: Mentions;
  /** Their `@id`s. */
  readonly policies: readonly string[];
  /** Cedar keeps the parsed policies under this name. */
  readonly name: string;
}

interface Slices {
  readonly all: Slice;
  /** The same without those that forbid. */
  readonly permits: Slice;
}

const noPermit: Decision = { permitted: false, because: "no-permit", by: [] };
const mostKept = 100_000;
const freeNames: string[] = [];
let namesMade = 0;

/**
 * Decides launches by one set of policies; default deny. Cedar costs about a tenth of a millisecond a call whatever it decides
 * (measured), so each application has only the policies that can apply to it, and each answer is kept for whoever asks the same:
 * a request holds nothing that no policy mentions (`cedarRequest`), so that colleagues of one ward share their answers.
 */
export class PolicyEngine {
  readonly set: PolicySet;
  readonly #slices = new Map<string, Slices>();
  readonly #policies: ReadonlyMap<string, Policy>;
  readonly #local: ReturnType<typeof wallClock>;
  readonly #kept = new Map<string, Decision>();
  readonly #name: string;

  constructor(set: PolicySet, applications: readonly AskedApplication[], timeZone: string) {
    this.set = set;
    this.#policies = new Map(set.policies.map(policy => [policy.id, policy]));
    this.#local = wallClock(timeZone);
    this.#name = freeNames.pop() ?? `wardkey-${++namesMade}`;
    for (const application of applications) {
      const policies = set.policies.filter(policy => canApply(policy, application));
      const permits = policies.filter(({ json }) => json.effect === "permit");
      const name = `${this.#name}/${application.id}`;
      this.#slices.set(application.id, {
        all: sliceOf(application, policies, name),
        permits: sliceOf(application, permits, `${name}/permits`),
      });
    }
  }

  /** What a question says, for any number of decisions. */
  factsOf(question: LaunchQuestion): LaunchFacts {
    return factsOf(question, this.#local(question.at));
  }

  decide(facts: LaunchFacts, application: string): Decision {
    return this.#ask(facts, this.#slices.get(application)?.all);
  }

  /** What would be decided if no policy forbade anything. */
  decideByPermits(facts: LaunchFacts, application: string): Decision {
    return this.#ask(facts, this.#slices.get(application)?.permits);
  }

  /** The policies that can permit or forbid an application. */
  policiesFor(application: string): readonly string[] {
    return this.#slices.get(application)?.all.policies ?? [];
  }

  policy(id: string): Policy | undefined {
    return this.#policies.get(id);
  }

  /** Its room in Cedar's memory, which cannot be given back, is for the next engine. */
  close(): void {
    freeNames.push(this.#name);
    this.#slices.clear();
    this.#kept.clear();
  }

  #ask(facts: LaunchFacts, slice: Slice | undefined): Decision {
    if (slice === undefined) return noPermit;
    const seen = seenBy(slice.mentions, facts);
    const key = keyOf(slice, seen);
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    const decision = decisionOf(
      statefulIsAuthorized({ ...cedarRequest(seen, slice.application), preparsedPolicySetId: slice.name }),
    );
    if (this.#kept.size >= mostKept) this.#forgetOldest();
    this.#kept.set(key, decision);
    return decision;
  }

  /** A map keeps the order of setting: what names a minute that has passed goes first, or comes back by its next question. */
  #forgetOldest(): void {
    let left = mostKept / 10;
    for (const key of this.#kept.keys()) {
      if (left-- === 0) return;
      this.#kept.delete(key);
    }
  }
}

function keyOf({ name }: Slice, { facts, context }: SeenFacts): string {
  let key = name;
  for (const fact of facts) key += `\n${fact}`;
  // A workstation's name is whatever it was enrolled with: quoted, it cannot pass for something else.
  for (const [attribute, value] of context) key += `\n${attribute} ${JSON.stringify(value)}`;
  return key;
}

function sliceOf(application: AskedApplication, policies: readonly Policy[], name: string): Slice {
  const parsed = preparsePolicySet(name, {
    staticPolicies: Object.fromEntries(policies.map(({ id, text }) => [id, text])),
  });
  if (parsed.type === "failure") throw new Error(parsed.errors.map(({ message }) => message).join("; "));
  const mentions = mentionsOf(policies.map(({ json }) => json));
  return { application, mentions, policies: policies.map(({ id }) => id), name };
}

/** False only where the policy's head names other applications. */
function canApply({ json: { resource } }: Policy, { id, group }: AskedApplication): boolean {
  switch (resource.op) {
    case "All":
      return true;
    case "==":
      return isOneOf(resource, [`Application::${id}`]);
    case "in":
      return isOneOf(resource, [`Application::${id}`, `ApplicationGroup::${group}`]);
    case "is":
      return resource.in === undefined || isOneOf(resource.in, [`Application::${id}`, `ApplicationGroup::${group}`]);
    default:
      return resource satisfies never;
  }
}

function isOneOf(
  constraint: { readonly entity: EntityUidJson } | { readonly slot: string },
  names: readonly string[],
): boolean {
  // Templates, which alone have slots, do not come this far.
  if (!("entity" in constraint)) return true;
  const { type, id } = "__entity" in constraint.entity ? constraint.entity.__entity : constraint.entity;
  return names.includes(`${type}::${id}`);
}

/** A policy that could not be evaluated might have forbidden: nothing is permitted without it. */
function decisionOf(answer: ReturnType<typeof statefulIsAuthorized>): Decision {
  if (answer.type === "failure") throw new Error(answer.errors.map(({ message }) => message).join("; "));
  const { decision, diagnostics } = answer.response;
  const by = [...diagnostics.reason].sort();
  if (diagnostics.errors.length > 0)
    return {
      permitted: false,
      because: "not-evaluated",
      by: diagnostics.errors.map(({ policyId }) => policyId).sort(),
    };
  if (decision === "allow") return { permitted: true, by };
  return { permitted: false, because: by.length > 0 ? "forbidden" : "no-permit", by };
}
