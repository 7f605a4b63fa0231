import { badRequest } from "../scim-problem.ts";
import type { ScimAttribute } from "./scim-attribute.ts";
import { isObject, type ScimObject, type ScimValue } from "./scim-value.ts";

const longestText = 16_000;

/**
 * Takes in what a client sent for these attributes: by our spelling, checked for its type. What no schema knows, and what is not the
 * client's to write, is left out (RFC 7643, section 2.1; RFC 7644, section 3.3). Throws a ScimProblem.
 */
export function takeObject(
  attributes: readonly ScimAttribute[],
  given: Readonly<Record<string, unknown>>,
  at = "",
): ScimObject {
  const taken: ScimObject = {};
  for (const [key, value] of Object.entries(given)) {
    const known = attributes.find(({ name }) => name.toLowerCase() === key.toLowerCase());
    if (known === undefined || known.mutability === "readOnly") continue;
    const one = takeValue(known, value, at === "" ? known.name : `${at}.${known.name}`);
    if (one !== undefined) taken[known.name] = one;
  }
  return taken;
}

/** One attribute's value; undefined where it is none: null, an empty list, an object with nothing known in it. */
export function takeValue(attribute: ScimAttribute, given: unknown, at = attribute.name): ScimValue | undefined {
  if (given === null || given === undefined) return undefined;
  if (!attribute.multiValued) return takeOne(attribute, given, at);
  const several = Array.isArray(given) ? given : [given];
  const taken = several.flatMap(one => takeOne(attribute, one, at) ?? []);
  if (taken.length === 0) return undefined;
  if (taken.filter(isPrimary).length > 1) throw badRequest("invalidValue", `${at}: more than one is primary`);
  return taken;
}

/** One of the values of an attribute that may have several; the value itself of one that has one. */
export function takeOne(attribute: ScimAttribute, given: unknown, at = attribute.name): ScimValue | undefined {
  if (given === null) return undefined;
  switch (attribute.type) {
    case "complex":
      return takeComplex(attribute, given, at);
    case "boolean":
      return takeBoolean(given, at);
    case "string":
    case "dateTime":
    case "reference":
    case "binary":
      if (typeof given !== "string") throw badRequest("invalidValue", `${at} is no text`);
      if (given.length > longestText) throw badRequest("invalidValue", `${at} is longer than ${longestText}`);
      return given;
  }
}

export function isPrimary(value: ScimValue): boolean {
  return isObject(value) && value["primary"] === true;
}

function takeComplex(attribute: ScimAttribute, given: unknown, at: string): ScimValue | undefined {
  const attributes = attribute.subAttributes ?? [];
  // Entra ID sends `"manager": "<id>"` where `{ "value": "<id>" }` is meant.
  const whole = typeof given === "string" && attributes.some(({ name }) => name === "value") ? { value: given } : given;
  if (!isObject(whole)) throw badRequest("invalidValue", `${at} is no object`);
  const taken = takeObject(attributes, whole, at);
  if (Object.keys(taken).length === 0) return undefined;
  checkRequired(attributes, taken, at);
  return taken;
}

/** Entra ID sends `"True"` and `"False"`. */
function takeBoolean(given: unknown, at: string): boolean {
  const meant = typeof given === "string" ? given.toLowerCase() : given;
  if (meant === true || meant === "true") return true;
  if (meant === false || meant === "false") return false;
  throw badRequest("invalidValue", `${at} is neither true nor false`);
}

export function checkRequired(attributes: readonly ScimAttribute[], taken: ScimObject, at = ""): void {
  for (const { name, required } of attributes)
    if (required && (taken[name] === undefined || taken[name] === ""))
      throw badRequest("invalidValue", `${at === "" ? name : `${at}.${name}`} is missing`);
}
