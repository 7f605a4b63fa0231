import type { PolicyJson } from "./cedar.ts";

/** What a policy can look at: the entities that it names, as `Type::id`, and the attributes of context and entities. */
export interface Mentions {
  readonly entities: ReadonlySet<string>;
  /** What a holder, a place or a workstation can be to those entities, as `LaunchFacts` says it. */
  readonly possible: readonly string[];
  /** `all`: it uses the context other than by its attributes. */
  readonly attributes: ReadonlySet<string> | "all";
}

/** Collects what policies mention. What they do not mention cannot change how they decide. */
export function mentionsOf(policies: readonly PolicyJson[]): Mentions {
  const entities = new Set<string>();
  const attributes = new Set<string>();
  let wholeContext = false;
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    if (Array.isArray(node)) return node.forEach(visit);
    const members = node as Readonly<Record<string, unknown>>;
    const { type, id, attr } = members;
    if (typeof type === "string" && typeof id === "string") entities.add(`${type}::${id}`);
    for (const name of [attr].flat()) if (typeof name === "string") attributes.add(name);
    if (members["Var"] === "context") wholeContext = true;
    for (const [name, member] of Object.entries(members)) {
      const access = (name === "." || name === "has") && isContext((member as { left?: unknown }).left);
      visit(access ? { attr: (member as { attr: unknown }).attr } : member);
    }
  };
  visit(policies.map(({ principal, resource, conditions }) => ({ principal, resource, conditions })));
  const possible = [...entities].flatMap(entity => [`is::${entity}`, `in::${entity}`]);
  return { entities, possible, attributes: wholeContext ? "all" : attributes };
}

function isContext(node: unknown): boolean {
  return typeof node === "object" && node !== null && "Var" in node && node.Var === "context";
}
