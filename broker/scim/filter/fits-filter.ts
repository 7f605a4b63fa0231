import { lastOf, valuesAt } from "../schema/attribute-path.ts";
import type { ScimAttribute } from "../schema/scim-attribute.ts";
import { isObject, type ScimValue } from "../schema/scim-value.ts";
import type { Comparison, ScimFilter } from "./scim-filter.ts";

/** Whether a resource, or a complex value, is one that the filter asks for. */
export function fitsFilter(filter: ScimFilter, value: ScimValue): boolean {
  switch (filter.kind) {
    case "and":
      return filter.filters.every(one => fitsFilter(one, value));
    case "or":
      return filter.filters.some(one => fitsFilter(one, value));
    case "not":
      return !fitsFilter(filter.filter, value);
    case "present":
      return valuesAt(value, filter.path).some(isSomething);
    case "some":
      return valuesAt(value, filter.path).some(one => fitsFilter(filter.filter, one));
    case "compare":
      return compares(filter, valuesAt(value, filter.path));
  }
}

/** Of several values one is enough (RFC 7644, section 3.4.2.2). */
function compares(filter: ScimFilter & { kind: "compare" }, values: readonly ScimValue[]): boolean {
  const { comparison, value: wanted } = filter;
  if (wanted === null) return values.some(isSomething) === (comparison === "ne");
  // No value at all is not equal to any.
  if (values.length === 0) return comparison === "ne";
  const attribute = lastOf(filter.path);
  const right = comparable(attribute, wanted);
  return values.some(value => typeof value !== "object" && holds(comparison, comparable(attribute, value), right));
}

function holds(comparison: Comparison, left: string | boolean, right: string | boolean): boolean {
  switch (comparison) {
    case "eq":
      return left === right;
    case "ne":
      return left !== right;
    case "co":
      return String(left).includes(String(right));
    case "sw":
      return String(left).startsWith(String(right));
    case "ew":
      return String(left).endsWith(String(right));
    case "gt":
      return left > right;
    case "ge":
      return left >= right;
    case "lt":
      return left < right;
    case "le":
      return left <= right;
  }
}

/** In a form that can be compared: times as one, texts in one case unless the case counts. */
export function comparable({ type, caseExact }: ScimAttribute, value: string | boolean): string | boolean {
  if (typeof value === "boolean") return value;
  if (type === "dateTime") return new Date(value).toISOString();
  return caseExact ? value : value.toLowerCase();
}

/** RFC 7644, table 3: an empty text or an empty complex value is not present. */
function isSomething(value: ScimValue): boolean {
  return isObject(value) ? Object.keys(value).length > 0 : value !== "";
}
