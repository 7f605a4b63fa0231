import { type AttributePath, findPath, type PathRoot } from "../schema/attribute-path.ts";
import type { ScimAttribute } from "../schema/scim-attribute.ts";
import { isScimObject, type ScimObject, type ScimValue } from "../schema/scim-value.ts";

/** Which attributes a client asked for (RFC 7644, section 3.9): all, these, or all but these. */
export type RequestedAttributes =
  | { readonly kind: "all" }
  | { readonly kind: "only" | "except"; readonly paths: readonly AttributePath[] };

/** Reads `attributes` and `excludedAttributes`; names that no schema knows ask for nothing. */
export function requestedAttributes(
  root: PathRoot,
  attributes: readonly string[],
  excludedAttributes: readonly string[],
): RequestedAttributes {
  const paths = (names: readonly string[]) =>
    names.flatMap(name => [findPath(root, name)]).filter(path => path !== undefined);
  if (attributes.length > 0) return { kind: "only", paths: paths(attributes) };
  if (excludedAttributes.length > 0) return { kind: "except", paths: paths(excludedAttributes) };
  return { kind: "all" };
}

/** Whether anything of an attribute at the top of a resource is asked for. */
export function isRequested(requested: RequestedAttributes, name: string): boolean {
  switch (requested.kind) {
    case "all":
      return true;
    case "only":
      return requested.paths.some(([first]) => first.name === name);
    case "except":
      return !requested.paths.some(path => path.length === 1 && path[0].name === name);
  }
}

/** The resource with what was asked for, and what is always given. */
export function onlyRequested(
  attributes: readonly ScimAttribute[],
  resource: ScimObject,
  requested: RequestedAttributes,
): ScimObject {
  if (requested.kind === "all") return resource;
  return parts(attributes, resource, requested.kind, requested.paths);
}

function parts(
  attributes: readonly ScimAttribute[],
  from: ScimObject,
  kind: "only" | "except",
  paths: readonly (readonly ScimAttribute[])[],
): ScimObject {
  const kept: ScimObject = {};
  for (const attribute of attributes) {
    const value = from[attribute.name];
    if (value === undefined) continue;
    const deeper = paths.filter(([first]) => first === attribute).map(([, ...rest]) => rest);
    const whole = deeper.some(rest => rest.length === 0);
    const one = attribute.returned === "always" ? value : partOf(attribute, value, kind, { deeper, whole });
    if (one !== undefined) kept[attribute.name] = one;
  }
  return kept;
}

function partOf(
  { subAttributes }: ScimAttribute,
  value: ScimValue,
  kind: "only" | "except",
  { deeper, whole }: { readonly deeper: readonly (readonly ScimAttribute[])[]; readonly whole: boolean },
): ScimValue | undefined {
  if (whole) return kind === "only" ? value : undefined;
  if (deeper.length === 0) return kind === "only" ? undefined : value;
  const inside = (one: ScimValue) => (isScimObject(one) ? parts(subAttributes ?? [], one, kind, deeper) : one);
  return Array.isArray(value) ? value.map(inside) : inside(value);
}
