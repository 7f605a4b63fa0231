import { randomUUID } from "node:crypto";
import type { Store, Writing } from "../../store/store.ts";
import { etagOf } from "../representation/etag.ts";
import { type KeptResource, locationOf } from "../representation/full-representation.ts";
import { ScimProblem } from "../scim-problem.ts";
import type { ScimSource } from "../scim-source.ts";
import { createResource, deleteResource, patchResource, replaceResource } from "../write-resource.ts";
import type { BulkOperation, BulkRequest } from "./bulk-operation.ts";
import { idFor, inOrderOfReferences, withIds } from "./bulk-references.ts";

interface BulkParts {
  readonly store: Store;
  readonly source: ScimSource;
  readonly base: string;
  readonly now: number;
}

/** So many share a transaction: sign-ins write in between. */
const atOnce = 25;

/** Does the operations one by one, each whole or not at all; answers what became of each that was tried (RFC 7644, section 3.7.3). */
export async function runBulk(parts: BulkParts, { operations, failOnErrors }: BulkRequest): Promise<readonly object[]> {
  const { order, circular } = inOrderOfReferences(operations);
  const ids = new Map(
    operations.flatMap(({ method, bulkId }) => (method === "POST" && bulkId ? [[bulkId, randomUUID()]] : [])),
  );
  const answers = new Map<number, object>();
  let errors = 0;
  const tryOne = async (at: number, operation: BulkOperation) => {
    try {
      const kept = await parts.store.write(async tx => {
        if (failOnErrors !== undefined && errors >= failOnErrors) return "not tried";
        try {
          if (circular.has(at)) throw new ScimProblem(409, "operations refer to one another in a circle");
          return await runOperation(tx, parts, operation, ids);
        } catch (problem) {
          errors += 1;
          throw problem;
        }
      });
      if (kept !== "not tried") answers.set(at, answered(operation, parts.base, kept));
    } catch (problem) {
      if (!(problem instanceof ScimProblem)) throw problem;
      answers.set(at, refused(operation, parts.base, problem));
    }
  };
  for (let from = 0; from < order.length; from += atOnce)
    await Promise.all(
      order.slice(from, from + atOnce).flatMap(at => {
        const operation = operations[at];
        return operation === undefined ? [] : [tryOne(at, operation)];
      }),
    );
  return [...answers].sort(([a], [b]) => a - b).map(([, answer]) => answer);
}

/** Answers the resource; its id alone where it was deleted. */
async function runOperation(
  tx: Writing,
  { source, now }: BulkParts,
  { method, type, target, bulkId, version, data }: BulkOperation,
  ids: ReadonlyMap<string, string>,
): Promise<KeptResource | { readonly id: string }> {
  const write = { source, type, now, ifMatch: version };
  const id = idFor(target ?? `bulkId:${bulkId}`, ids);
  switch (method) {
    case "POST":
      return createResource(tx, write, id, withIds(data, ids));
    case "PUT":
      return replaceResource(tx, write, id, withIds(data, ids));
    case "PATCH":
      return patchResource(tx, write, id, withIds(data, ids));
    case "DELETE":
      await deleteResource(tx, write, id);
      return { id };
  }
}

function answered(
  { method, type, bulkId }: BulkOperation,
  base: string,
  kept: KeptResource | { readonly id: string },
): object {
  const status = method === "POST" ? "201" : method === "DELETE" ? "204" : "200";
  const version = "version" in kept ? { version: etagOf(kept.version) } : {};
  return {
    method,
    ...(bulkId === undefined ? {} : { bulkId }),
    location: locationOf(base, type.name, kept.id),
    ...version,
    status,
  };
}

/** A resource that was not created has no location. */
function refused({ method, type, target, bulkId }: BulkOperation, base: string, problem: ScimProblem): object {
  const location = target === undefined ? {} : { location: locationOf(base, type.name, target) };
  return {
    method,
    ...(bulkId === undefined ? {} : { bulkId }),
    ...location,
    status: String(problem.status),
    response: problem.body,
  };
}
