import type { ResourceType } from "../schema/resource-type.ts";
import type { ScimObject } from "../schema/scim-value.ts";
import { etagOf } from "./etag.ts";

/** A resource as it is kept. Times are milliseconds since 1970. */
export interface KeptResource {
  readonly id: string;
  /** Counts up with every change. */
  readonly version: number;
  readonly created: number;
  readonly modified: number;
  /** What the client wrote, members of a group apart. */
  readonly content: ScimObject;
}

/** Where a person or group is linked to: members of a group, groups of a person. */
export interface Link {
  readonly id: string;
  readonly type: ResourceType["name"];
  readonly name: string;
}

/** A resource as clients see it: with the attributes that are ours to write (RFC 7643, section 3.1). */
export function fullRepresentation(
  type: ResourceType,
  { id, version, created, modified, content }: KeptResource,
  links: readonly Link[],
  base: string,
): ScimObject {
  const extensions = type.extensions.filter(extension => content[extension.id] !== undefined);
  const linked = links.map(link => ({
    value: link.id,
    $ref: locationOf(base, link.type, link.id),
    display: link.name,
    type: type.name === "User" ? "direct" : link.type,
  }));
  return {
    schemas: [type.schema.id, ...extensions.map(extension => extension.id)],
    id,
    ...content,
    ...(linked.length === 0 ? {} : { [linksOf(type)]: linked }),
    meta: {
      resourceType: type.name,
      created: new Date(created).toISOString(),
      lastModified: new Date(modified).toISOString(),
      location: locationOf(base, type.name, id),
      version: etagOf(version),
    },
  };
}

/** The attribute that shows the links. */
export function linksOf({ name }: Pick<ResourceType, "name">): "groups" | "members" {
  return name === "User" ? "groups" : "members";
}

export function locationOf(base: string, type: ResourceType["name"], id: string): string {
  return `${base}/${type}s/${id}`;
}
