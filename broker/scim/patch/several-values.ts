import { isScimObject, type ScimObject, type ScimValue } from "../schema/scim-value.ts";
import { isPrimary } from "../schema/take-value.ts";

/** A new primary value takes the place of the one before (RFC 7644, section 3.5.2). */
export function joined(known: ScimValue | undefined, added: readonly ScimValue[]): ScimValue[] {
  const before = Array.isArray(known) ? known : [];
  const kept = added.some(isPrimary) ? before.map(one => (isScimObject(one) ? withoutPrimary(one) : one)) : before;
  return distinct([...kept, ...added]);
}

export function withoutPrimary(value: ScimObject): ScimObject {
  return isPrimary(value) ? { ...value, primary: false } : value;
}

export function isOf(known: ScimValue): (named: ScimValue) => boolean {
  return named => {
    if (!isScimObject(known) || !isScimObject(named)) return known === named;
    return Object.entries(named).every(([name, value]) => JSON.stringify(known[name]) === JSON.stringify(value));
  };
}

/** By what they are: a value that has a `value` is that one whatever else is said of it beside its type. */
export function distinct(values: readonly ScimValue[]): ScimValue[] {
  const seen = new Map<string, ScimValue>();
  for (const value of values) {
    const key = keyOf(value);
    const known = seen.get(key);
    seen.set(key, isScimObject(known) && isScimObject(value) ? { ...known, ...value } : value);
  }
  return [...seen.values()];
}

/** Cheap for what is there by the thousand: members of a group. */
function keyOf(value: ScimValue): string {
  const named = isScimObject(value) ? value["value"] : undefined;
  if (!isScimObject(value) || typeof named !== "string") return JSON.stringify(value);
  return typeof value["type"] === "string" ? `${value["type"]} ${named}` : ` ${named}`;
}

export function isEmpty(value: ScimValue): boolean {
  return isScimObject(value) ? Object.keys(value).length === 0 : Array.isArray(value) && value.length === 0;
}
