import { badRequest, type ScimType } from "../scim-problem.ts";
import type { ResourceType } from "./resource-type.ts";
import type { ScimAttribute } from "./scim-attribute.ts";
import { isScimObject, type ScimValue } from "./scim-value.ts";

/** The way from a resource, or from a complex value, down to an attribute; never empty. */
export type AttributePath = readonly [ScimAttribute, ...ScimAttribute[]];

/** Where a path may begin: the attributes, and the schema whose name may stand before them. */
export interface PathRoot {
  readonly attributes: readonly ScimAttribute[];
  readonly schema?: { readonly id: string } | undefined;
}

/** Finds `[URN:]name[.sub]` (RFC 7644, section 3.10); undefined where there is no such attribute. */
export function findPath(root: PathRoot | ResourceType, text: string): AttributePath | undefined {
  let rest = text;
  let attributes = root.attributes;
  const found: ScimAttribute[] = [];
  const core = root.schema?.id;
  if (core !== undefined && startsWithUrn(rest, core) && rest.length > core.length) rest = rest.slice(core.length + 1);
  const extension = attributes.find(({ name }) => name.includes(":") && startsWithUrn(rest, name));
  if (extension !== undefined) {
    found.push(extension);
    attributes = extension.subAttributes ?? [];
    rest = rest.slice(extension.name.length + 1);
  }
  for (const word of rest === "" ? [] : rest.split(".")) {
    const next = attributes.find(({ name }) => name.toLowerCase() === word.toLowerCase());
    if (next === undefined) return undefined;
    found.push(next);
    attributes = next.subAttributes ?? [];
  }
  const [first, ...others] = found;
  return first === undefined ? undefined : [first, ...others];
}

/** As `findPath`; throws where there is no such attribute. */
export function pathOf(root: PathRoot, text: string, scimType: ScimType): AttributePath {
  const path = findPath(root, text);
  if (path === undefined) throw badRequest(scimType, `no attribute “${text.slice(0, 200)}”`);
  return path;
}

export function lastOf(path: AttributePath): ScimAttribute {
  return path.at(-1) ?? path[0];
}

/** Every value at the end of the way, those of multi-valued attributes one by one. */
export function valuesAt(from: ScimValue | undefined, path: readonly ScimAttribute[]): readonly ScimValue[] {
  if (from === undefined) return [];
  if (Array.isArray(from)) return from.flatMap(one => valuesAt(one, path));
  const [next, ...rest] = path;
  if (next === undefined) return [from];
  if (!isScimObject(from)) return [];
  const value = from[next.name];
  // Asked of every member of a group: nothing is made that is not needed.
  return rest.length === 0 && value !== undefined && !Array.isArray(value) ? [value] : valuesAt(value, rest);
}

function startsWithUrn(text: string, urn: string): boolean {
  const lower = text.toLowerCase();
  return lower === urn.toLowerCase() || lower.startsWith(`${urn.toLowerCase()}:`);
}
