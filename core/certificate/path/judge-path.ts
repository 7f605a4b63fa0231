import { type Certificate, isSelfIssued } from "../certificate.ts";
import { anyPolicy } from "../policy-extensions.ts";
import { type Refusal, refuse } from "../verdict.ts";
import type { PolicyDemand } from "./demand.ts";
import { NamesAllowed } from "./name-constraints.ts";
import { PolicyGraph } from "./policy-graph.ts";
import type { SearchBudget } from "./search-budget.ts";
import type { Anchor } from "./trust-anchor.ts";

interface PathDemand {
  readonly policies: PolicyDemand;
  readonly mostIntermediates?: number;
}

export type PathJudgement = Refusal | { readonly valid: true; readonly policySet: readonly string[] };

/**
 * What RFC 5280 section 6.1 asks of a path as a whole, beyond what one link shows: path length, names, policies.
 * `path`: leaf first, without the anchor.
 */
export function judgePath(
  path: readonly Certificate[],
  anchor: Anchor,
  demand: PathDemand,
  budget: SearchBudget,
): PathJudgement {
  const state = new PathState(path.length, demand, budget);
  if (!anchor.nameAndKeyOnly) state.beginBelow(anchor.certificate);
  for (const [index, certificate] of path.toReversed().entries()) {
    const isLeaf = index === path.length - 1;
    const problem = state.enter(certificate, isLeaf) ?? (isLeaf ? undefined : state.leave(certificate));
    if (problem !== undefined) return problem;
  }
  return state.finish(path[0]);
}

class PathState {
  readonly #names: NamesAllowed;
  readonly #graph = new PolicyGraph();
  #wanted: ReadonlySet<string>;
  #authoritiesLeft: number;
  #untilExplicit: number;
  #untilNoMapping: number;
  #untilNoAny: number;

  constructor(length: number, { policies, mostIntermediates }: PathDemand, budget: SearchBudget) {
    this.#names = new NamesAllowed(budget);
    this.#wanted = policies.initialSet;
    this.#authoritiesLeft = Math.min(length, mostIntermediates ?? length);
    this.#untilExplicit = policies.requireExplicit ? 0 : length + 1;
    this.#untilNoMapping = policies.inhibitMapping ? 0 : length + 1;
    this.#untilNoAny = policies.inhibitAny ? 0 : length + 1;
  }

  /** What an anchor's own certificate says binds what is below (RFC 5937, 3.2). */
  beginBelow(anchor: Certificate): void {
    this.#constrain(anchor);
    const own = anchor.policies;
    if (own === undefined || own.has(anyPolicy)) return;
    this.#wanted = this.#wanted.has(anyPolicy) ? own : new Set([...own].filter(policy => this.#wanted.has(policy)));
  }

  /** Section 6.1.3 (b) to (f). */
  enter(certificate: Certificate, isLeaf: boolean): Refusal | undefined {
    const isExempt = isSelfIssued(certificate) && !isLeaf;
    const forbidden = isExempt ? undefined : this.#names.firstForbidden(certificate);
    if (forbidden !== undefined) return refuse("name-not-permitted", certificate, forbidden.key.slice(0, 200));
    this.#graph.add(certificate.policies, this.#untilNoAny > 0 || isExempt);
    return this.#untilExplicit > 0 || !this.#graph.isEmpty ? undefined : refuse("policy-missing", certificate);
  }

  /** Section 6.1.4: what an authority on the way leaves for those below it. */
  leave(authority: Certificate): Refusal | undefined {
    const mappings = authority.policyMappings;
    if (mappings !== undefined) {
      for (const [from, to] of mappings)
        if (from === anyPolicy || to.has(anyPolicy)) return refuse("policy-mapping-wrong", authority);
      this.#graph.map(mappings, this.#untilNoMapping > 0);
    }
    if (!isSelfIssued(authority)) {
      this.#countDown();
      if (this.#authoritiesLeft <= 0) return refuse("path-too-long", authority);
      this.#authoritiesLeft -= 1;
    }
    this.#constrain(authority);
    return undefined;
  }

  /** Section 6.1.5. */
  finish(leaf: Certificate | undefined): PathJudgement {
    if (leaf === undefined) throw new Error("a path has a leaf");
    this.#untilExplicit = Math.max(0, this.#untilExplicit - 1);
    if (leaf.policyConstraints?.requireExplicitPolicy === 0) this.#untilExplicit = 0;
    const accepted = this.#graph.acceptedBy(this.#wanted);
    if (this.#untilExplicit === 0 && accepted.size === 0) return refuse("policy-missing", leaf);
    return { valid: true, policySet: [...accepted] };
  }

  #countDown(): void {
    this.#untilExplicit = Math.max(0, this.#untilExplicit - 1);
    this.#untilNoMapping = Math.max(0, this.#untilNoMapping - 1);
    this.#untilNoAny = Math.max(0, this.#untilNoAny - 1);
  }

  /** Constraints only ever get narrower. */
  #constrain({ nameConstraints, policyConstraints, inhibitAnyPolicy, pathLength }: Certificate): void {
    this.#names.add(nameConstraints);
    this.#untilExplicit = Math.min(this.#untilExplicit, policyConstraints?.requireExplicitPolicy ?? Infinity);
    this.#untilNoMapping = Math.min(this.#untilNoMapping, policyConstraints?.inhibitPolicyMapping ?? Infinity);
    this.#untilNoAny = Math.min(this.#untilNoAny, inhibitAnyPolicy ?? Infinity);
    this.#authoritiesLeft = Math.min(this.#authoritiesLeft, pathLength ?? Infinity);
  }
}
