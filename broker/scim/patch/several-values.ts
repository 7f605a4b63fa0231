import { isScimObject, type ScimObject, type ScimValue } from "../schema/scim-value.ts";
import { isPrimary } from "../schema/take-value.ts";

/**
 * The values with those that are added: one that is there already is told more of, and a new primary value takes the place of the
 * one before (RFC 7644, section 3.5.2). Quick for groups: it goes once through what is there, whatever is added.
 */
export function joined(known: ScimValue | undefined, added: readonly ScimValue[]): ScimValue[] {
  const fresh = new Map<string, ScimValue[]>();
  for (const value of added) {
    const alike = fresh.get(nameOf(value));
    const at = alike?.findIndex(one => isSame(one, value)) ?? -1;
    if (alike === undefined) fresh.set(nameOf(value), [value]);
    else if (at < 0) alike.push(value);
    else alike[at] = merged(alike[at], value);
  }
  const replacesPrimary = added.some(isPrimary);
  const kept = (Array.isArray(known) ? known : []).map(one => {
    const before = replacesPrimary && isScimObject(one) ? withoutPrimary(one) : one;
    const alike = fresh.get(nameOf(one));
    const at = alike?.findIndex(value => isSame(one, value)) ?? -1;
    return alike === undefined || at < 0 ? before : merged(before, alike.splice(at, 1)[0]);
  });
  return [...kept, ...[...fresh.values()].flat()];
}

/** Each once. */
export function distinct(values: readonly ScimValue[]): ScimValue[] {
  return joined(undefined, values);
}

export function withoutPrimary(value: ScimObject): ScimObject {
  return isPrimary(value) ? { ...value, primary: false } : value;
}

/** Whether a value is what another names: by all that is said of that one. */
export function isOf(known: ScimValue): (named: ScimValue) => boolean {
  return named => {
    if (!isScimObject(known) || !isScimObject(named)) return known === named;
    return Object.entries(named).every(([name, value]) => JSON.stringify(known[name]) === JSON.stringify(value));
  };
}

export function isEmpty(value: ScimValue): boolean {
  return isScimObject(value) ? Object.keys(value).length === 0 : Array.isArray(value) && value.length === 0;
}

/** What has a `value` is that one, whatever else is said of it beside its type. */
function isSame(one: ScimValue, other: ScimValue): boolean {
  if (nameOf(one) !== nameOf(other)) return false;
  return !isScimObject(one) || !isScimObject(other) || one["type"] === other["type"];
}

function nameOf(value: ScimValue): string {
  const named = isScimObject(value) ? value["value"] : undefined;
  return typeof named === "string" ? named : JSON.stringify(value);
}

function merged(before: ScimValue | undefined, after: ScimValue | undefined): ScimValue {
  if (isScimObject(before) && isScimObject(after)) return { ...before, ...after };
  return after ?? before ?? {};
}
