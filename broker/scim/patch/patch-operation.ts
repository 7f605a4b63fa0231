import { isObject, memberOf } from "../schema/scim-value.ts";
import { badRequest } from "../scim-problem.ts";

export const patchSchema = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/** RFC 7644, section 3.5.2. */
export interface PatchOperation {
  readonly op: "add" | "remove" | "replace";
  readonly path: string | undefined;
  readonly value: unknown;
}

const mostOperations = 1_000;
const ops = ["add", "remove", "replace"] as const;

/** Reads the body of a PATCH. Entra ID writes `Add`, `Replace`, `Remove`. Throws a ScimProblem. */
export function patchOperations(body: unknown): readonly PatchOperation[] {
  const given = isObject(body) ? memberOf(body, "Operations") : undefined;
  if (!Array.isArray(given) || given.length === 0) throw badRequest("invalidSyntax", "Operations is no list");
  if (given.length > mostOperations) throw badRequest("tooMany", `more than ${mostOperations} operations`);
  return given.map(one => {
    if (!isObject(one)) throw badRequest("invalidSyntax", "an operation is no object");
    const named = String(memberOf(one, "op")).toLowerCase();
    const op = ops.find(known => known === named);
    if (op === undefined) throw badRequest("invalidSyntax", `no operation “${named.slice(0, 40)}”`);
    const path = memberOf(one, "path") ?? undefined;
    if (path !== undefined && typeof path !== "string") throw badRequest("invalidPath", "path is no text");
    return { op, path: path === "" ? undefined : path, value: memberOf(one, "value") };
  });
}
