import { isObject } from "./schema/scim-value.ts";
import { scimLimits } from "./scim-limits.ts";
import { badRequest } from "./scim-problem.ts";

/** By these a careless reader of JSON would write into every object. */
const forbiddenNames: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** Reads a body. Throws a ScimProblem `invalidSyntax`. */
export function readBody(text: string): unknown {
  if (text.trim() === "") return undefined;
  if (nestingOf(text) > scimLimits.nesting)
    throw badRequest("invalidSyntax", `nested more than ${scimLimits.nesting} deep`);
  const body = parsed(text);
  if (hasForbiddenName(body)) throw badRequest("invalidSyntax", "a name that no attribute has");
  return body;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest("invalidSyntax", "no JSON");
  }
}

function hasForbiddenName(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasForbiddenName);
  if (!isObject(value)) return false;
  return Object.entries(value).some(([name, one]) => forbiddenNames.has(name) || hasForbiddenName(one));
}

/** How deep objects and lists stand within one another, by the signs alone: before anything is made of them. */
function nestingOf(text: string): number {
  let deepest = 0;
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '"') quoted = !quoted;
    else if (quoted) at += sign === "\\" ? 1 : 0;
    else if (sign === "[" || sign === "{") depth += 1;
    else if (sign === "]" || sign === "}") depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
