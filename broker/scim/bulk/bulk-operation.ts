import type { ResourceType } from "../schema/resource-type.ts";
import { resourceTypes } from "../schema/resource-type.ts";
import { isObject, memberOf } from "../schema/scim-value.ts";
import { scimLimits } from "../scim-limits.ts";
import { badRequest, ScimProblem } from "../scim-problem.ts";

/** RFC 7644, section 3.7. */
export interface BulkRequest {
  /** After so many errors nothing more is tried; undefined: everything is. */
  readonly failOnErrors: number | undefined;
  readonly operations: readonly BulkOperation[];
}

export interface BulkOperation {
  readonly method: "POST" | "PUT" | "PATCH" | "DELETE";
  readonly type: ResourceType;
  /** Of the resource that it is about, perhaps as `bulkId:…`; absent with POST. */
  readonly target: string | undefined;
  readonly bulkId: string | undefined;
  readonly version: string | undefined;
  readonly data: unknown;
}

const methods = ["POST", "PUT", "PATCH", "DELETE"] as const;

/** Reads the body of a bulk request. One operation that cannot be read refuses them all. Throws a ScimProblem. */
export function bulkRequest(body: unknown): BulkRequest {
  const operations = isObject(body) ? memberOf(body, "Operations") : undefined;
  const failOnErrors = isObject(body) ? (memberOf(body, "failOnErrors") ?? undefined) : undefined;
  if (!Array.isArray(operations)) throw badRequest("invalidSyntax", "Operations is no list");
  if (operations.length > scimLimits.bulkOperations)
    throw new ScimProblem(413, `more than ${scimLimits.bulkOperations} operations`);
  if (failOnErrors !== undefined && (!Number.isInteger(failOnErrors) || Number(failOnErrors) < 1))
    throw badRequest("invalidValue", "failOnErrors is no positive number");
  const read = operations.map(bulkOperation);
  const named = read.flatMap(({ bulkId }) => bulkId ?? []);
  if (new Set(named).size < named.length) throw badRequest("invalidValue", "two operations of one bulkId");
  return { failOnErrors: failOnErrors === undefined ? undefined : Number(failOnErrors), operations: read };
}

function bulkOperation(given: unknown, at: number): BulkOperation {
  const problem = (detail: string) => badRequest("invalidSyntax", `operation ${at + 1}: ${detail}`);
  if (!isObject(given)) throw problem("no object");
  const named = String(memberOf(given, "method")).toUpperCase();
  const method = methods.find(known => known === named);
  if (method === undefined) throw problem("no method");
  const path = String(memberOf(given, "path"));
  const type = resourceTypes.find(({ endpoint }) => path === endpoint || path.startsWith(`${endpoint}/`));
  const target = type === undefined ? "" : path.slice(type.endpoint.length + 1);
  if (type === undefined || target.includes("/")) throw problem("no such path");
  if ((method === "POST") !== (target === "")) throw problem(`${method} of ${path}`);
  const bulkId = memberOf(given, "bulkId") ?? undefined;
  if (method === "POST" && typeof bulkId !== "string") throw problem("bulkId is missing");
  const version = memberOf(given, "version") ?? undefined;
  return {
    method,
    type,
    target: target === "" ? undefined : target,
    bulkId: bulkId === undefined ? undefined : String(bulkId),
    version: version === undefined ? undefined : String(version),
    data: memberOf(given, "data"),
  };
}
