import { type AttributePath, findPath, lastOf } from "./schema/attribute-path.ts";
import { userType } from "./schema/resource-type.ts";
import type { ScimSource } from "./scim-source.ts";
import type { TokenPlace } from "./scim-tokens.ts";

interface ConfiguredSource {
  readonly id: string;
  readonly kind: string;
}
interface ConfiguredScimSource extends ConfiguredSource, TokenPlace {
  readonly kind: "scim";
  readonly holderAttribute: string;
}

/** Those that clients of SCIM write. */
export function configuredScimSources(
  sources: readonly (ConfiguredScimSource | (ConfiguredSource & { readonly kind: "csv" }))[],
): readonly (ScimSource & TokenPlace)[] {
  return sources.flatMap(source => {
    const holder = source.kind === "scim" ? holderPath(source.holderAttribute) : undefined;
    return source.kind !== "scim" || holder === undefined
      ? []
      : [{ id: source.id, tokenFile: source.tokenFile, holder }];
  });
}

/** The attribute of a user by this name, where it has one text. */
export function holderPath(name: string): AttributePath | undefined {
  const path = findPath(userType, name);
  if (path === undefined || lastOf(path).type !== "string") return undefined;
  return path.some(({ multiValued }) => multiValued) ? undefined : path;
}
