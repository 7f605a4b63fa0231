/** A complex value, or a resource without `schemas`, `id` and `meta`: keys are names of attributes as their schema spells them. */
export interface ScimObject {
  [name: string]: ScimValue;
}
export type ScimValue = string | boolean | ScimObject | ScimValue[];

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isScimObject(value: ScimValue | undefined): value is ScimObject {
  return isObject(value);
}

/** What stands under a name, upper or lower case (RFC 7643, section 2.1). */
export function memberOf(given: Readonly<Record<string, unknown>>, name: string): unknown {
  const wanted = name.toLowerCase();
  return Object.entries(given).find(([key]) => key.toLowerCase() === wanted)?.[1];
}
