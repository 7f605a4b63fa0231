import { anyPolicy, type PolicyMappings } from "../policy-extensions.ts";

interface PolicyNode {
  readonly policy: string;
  readonly parents: readonly PolicyNode[];
  expected: ReadonlySet<string>;
}

type Level = ReadonlyMap<string, PolicyNode>;

/**
 * The policies that a path is good for, as the graph of RFC 9618, which grows with the certificates and not, like the tree of RFC
 * 5280, with their products. Only the last level can grow, so it alone is at hand; those above are reached by their children.
 */
export class PolicyGraph {
  #level: Level | undefined = new Map([
    [anyPolicy, { policy: anyPolicy, parents: [], expected: new Set([anyPolicy]) } satisfies PolicyNode],
  ]);

  /** True where no policy is left: the graph is NULL. */
  get isEmpty(): boolean {
    return this.#level === undefined;
  }

  /** Section 6.1.3 (d) and (e): the policies of the next certificate. `countsAny`: its anyPolicy is not inhibited. */
  add(policies: ReadonlySet<string> | undefined, countsAny: boolean): void {
    const above = this.#level;
    if (above === undefined) return;
    const byExpected = expectedOf(above);
    const next = new Map<string, PolicyNode>();
    const grow = (policy: string, parents: readonly PolicyNode[]) =>
      next.set(policy, { policy, parents, expected: new Set([policy]) });
    for (const policy of policies ?? []) {
      if (policy === anyPolicy) continue;
      const any = above.get(anyPolicy);
      const parents = byExpected.get(policy) ?? (any === undefined ? [] : [any]);
      if (parents.length > 0) grow(policy, parents);
    }
    if (countsAny && policies?.has(anyPolicy)) {
      for (const [policy, parents] of byExpected) if (!next.has(policy)) grow(policy, parents);
    }
    this.#become(next);
  }

  /** Section 6.1.4 (b): the mappings of the certificate added last. */
  map(mappings: PolicyMappings, isAllowed: boolean): void {
    if (this.#level === undefined) return;
    const level = new Map(this.#level);
    const any = level.get(anyPolicy);
    for (const [issuerDomain, subjectDomain] of mappings) {
      const node = level.get(issuerDomain);
      if (!isAllowed) level.delete(issuerDomain);
      else if (node !== undefined) node.expected = subjectDomain;
      else if (any !== undefined)
        level.set(issuerDomain, { policy: issuerDomain, parents: any.parents, expected: subjectDomain });
    }
    this.#become(level);
  }

  /** Section 6.1.5 (g): the policies, in the anchor's words, that the path is good for and the user wants. */
  acceptedBy(wanted: ReadonlySet<string>): ReadonlySet<string> {
    const authorities = this.#authorityPolicies();
    if (wanted.has(anyPolicy)) return authorities;
    if (authorities.has(anyPolicy)) return wanted;
    return new Set([...authorities].filter(policy => wanted.has(policy)));
  }

  #authorityPolicies(): ReadonlySet<string> {
    const policies = new Set<string>();
    const seen = new Set<PolicyNode>();
    const waiting = [...(this.#level?.values() ?? [])];
    if (this.#level?.has(anyPolicy)) policies.add(anyPolicy);
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      if (seen.has(node)) continue;
      seen.add(node);
      if (node.policy !== anyPolicy && node.parents.some(({ policy }) => policy === anyPolicy))
        policies.add(node.policy);
      waiting.push(...node.parents);
    }
    return policies;
  }

  #become(level: Level): void {
    this.#level = level.size === 0 ? undefined : level;
  }
}

/** The nodes of a level by each policy that they expect below. */
function expectedOf(level: Level): ReadonlyMap<string, readonly PolicyNode[]> {
  const byExpected = new Map<string, PolicyNode[]>();
  for (const node of level.values()) {
    for (const policy of node.expected) {
      const others = byExpected.get(policy);
      if (others === undefined) byExpected.set(policy, [node]);
      else others.push(node);
    }
  }
  return byExpected;
}
