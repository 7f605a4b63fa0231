import { isObject } from "../schema/scim-value.ts";
import { badRequest } from "../scim-problem.ts";
import type { BulkOperation } from "./bulk-operation.ts";

const reference = /^bulkId:(.+)$/;

/** The data with the ids of what the same request creates in place of `bulkId:…` (RFC 7644, section 3.7.2). Throws a ScimProblem. */
export function withIds(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string") return idFor(value, ids);
  if (Array.isArray(value)) return value.map(one => withIds(one, ids));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withIds(one, ids)]));
}

/** A text itself, unless it is a reference. */
export function idFor(text: string, ids: ReadonlyMap<string, string>): string {
  const bulkId = reference.exec(text)?.[1];
  if (bulkId === undefined) return text;
  const id = ids.get(bulkId);
  if (id === undefined) throw badRequest("invalidValue", `no operation creates ${text.slice(0, 100)}`);
  return id;
}

/**
 * The operations by their places, what is referred to before what refers to it. `circular` are those that wait for one another
 * (RFC 7644, section 3.7.1).
 */
export function inOrderOfReferences(operations: readonly BulkOperation[]): {
  readonly order: readonly number[];
  readonly circular: ReadonlySet<number>;
} {
  const creating = new Map(operations.map(({ bulkId, method }, at) => [method === "POST" ? bulkId : undefined, at]));
  const order: number[] = [];
  const circular = new Set<number>();
  const done = new Set<number>();
  const open: number[] = [];
  const visit = (at: number) => {
    if (done.has(at)) return;
    if (open.includes(at)) {
      for (const one of open.slice(open.indexOf(at))) circular.add(one);
      return;
    }
    open.push(at);
    for (const bulkId of referencesIn([operations[at]?.target, operations[at]?.data])) {
      const before = creating.get(bulkId);
      if (before !== undefined) visit(before);
    }
    open.pop();
    done.add(at);
    order.push(at);
  };
  for (const at of operations.keys()) visit(at);
  return { order, circular };
}

function referencesIn(value: unknown): readonly string[] {
  if (typeof value === "string") return reference.exec(value)?.slice(1) ?? [];
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  return isObject(value) ? Object.values(value).flatMap(referencesIn) : [];
}
