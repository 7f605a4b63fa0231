import { filterWords } from "../filter/filter-words.ts";
import { FilterReader, subAttributesOf } from "../filter/parse-filter.ts";
import type { ScimFilter } from "../filter/scim-filter.ts";
import { type AttributePath, lastOf, type PathRoot, pathOf } from "../schema/attribute-path.ts";
import { badRequest } from "../scim-problem.ts";

/** What a PATCH works on (RFC 7644, section 3.5.2, figure 7). */
export interface PatchPath {
  readonly path: AttributePath;
  /** Which of several values; undefined: all of the attribute. */
  readonly which: ScimFilter | undefined;
  /** What of those values; undefined: the values themselves. */
  readonly sub: AttributePath | undefined;
}

/** Reads `name`, `name.sub`, `name[filter]`, `name[filter].sub`, each with a schema's name before it. Throws a ScimProblem. */
export function patchPath(root: PathRoot, text: string): PatchPath {
  const reader = new FilterReader(filterWords(text, "invalidPath"), "invalidPath");
  const path = pathOf(root, reader.word(), "invalidPath");
  if (!reader.takes("[")) {
    reader.end();
    return { path, which: undefined, sub: undefined };
  }
  if (!lastOf(path).multiValued) throw badRequest("invalidPath", `${lastOf(path).name} has one value only`);
  const inner: PathRoot = { attributes: subAttributesOf(path, "invalidPath") };
  const which = reader.filter(inner);
  reader.demand("]");
  const sub = reader.subAttribute();
  reader.end();
  return { path, which, sub: sub === undefined ? undefined : pathOf(inner, sub, "invalidPath") };
}
