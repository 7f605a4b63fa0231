import { parseFilter } from "./filter/parse-filter.ts";
import type { ResourceQuery } from "./find-resources.ts";
import { type RequestedAttributes, requestedAttributes } from "./representation/requested-attributes.ts";
import { pathOf } from "./schema/attribute-path.ts";
import type { ResourceType } from "./schema/resource-type.ts";
import { memberOf } from "./schema/scim-value.ts";
import { scimLimits } from "./scim-limits.ts";
import { badRequest } from "./scim-problem.ts";

/** Parameters of an address, or the members of a SearchRequest (RFC 7644, sections 3.4.2 and 3.4.3). */
export type ScimParameters = Readonly<Record<string, unknown>>;

const defaultCount = 100;

/** What a list is asked for. Throws a ScimProblem. */
export function resourceQuery(type: ResourceType, parameters: ScimParameters): ResourceQuery {
  const filter = textIn(parameters, "filter");
  const sortBy = textIn(parameters, "sortBy");
  const descending = textIn(parameters, "sortOrder")?.toLowerCase() === "descending";
  return {
    filter: filter === undefined ? undefined : parseFilter(type, filter),
    sort: sortBy === undefined ? undefined : { by: pathOf(type, sortBy, "invalidPath"), descending },
    startIndex: Math.max(1, numberIn(parameters, "startIndex") ?? 1),
    count: Math.min(scimLimits.page, Math.max(0, numberIn(parameters, "count") ?? defaultCount)),
    requested: requestedIn(type, parameters),
  };
}

/** Which attributes the answer is to have. Throws a ScimProblem. */
export function requestedIn(type: ResourceType, parameters: ScimParameters): RequestedAttributes {
  return requestedAttributes(type, namesIn(parameters, "attributes"), namesIn(parameters, "excludedAttributes"));
}

function textIn(parameters: ScimParameters, name: string): string | undefined {
  const value = memberOf(parameters, name);
  if (value === undefined || value === "") return undefined;
  if (typeof value !== "string") throw badRequest("invalidValue", `${name} is no text`);
  return value;
}

function numberIn(parameters: ScimParameters, name: string): number | undefined {
  const value = memberOf(parameters, name);
  if (value === undefined || value === "") return undefined;
  if (!/^-?\d{1,9}$/.test(String(value))) throw badRequest("invalidValue", `${name} is no whole number`);
  return Number(value);
}

/** With commas between them in an address, a list in a body. */
function namesIn(parameters: ScimParameters, name: string): readonly string[] {
  const value = memberOf(parameters, name);
  const names = Array.isArray(value) ? value : String(value ?? "").split(",");
  return names.map(one => String(one).trim()).filter(one => one !== "");
}
