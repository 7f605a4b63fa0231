import { enterpriseUserSchema } from "./enterprise-user-schema.ts";
import { groupSchema } from "./group-schema.ts";
import { healthProfessionalSchema } from "./health-professional-schema.ts";
import { attribute, type ScimAttribute } from "./scim-attribute.ts";
import type { ScimSchema } from "./scim-schema.ts";
import { userSchema } from "./user-schema.ts";

/** RFC 7643, section 6. */
export interface ResourceType {
  readonly name: "User" | "Group";
  /** Below the base address, e.g. `/Users`. */
  readonly endpoint: "/Users" | "/Groups";
  readonly schema: ScimSchema;
  readonly extensions: readonly ScimSchema[];
  /** All that a resource can hold. An extension is a complex attribute whose name is the schema's. */
  readonly attributes: readonly ScimAttribute[];
}

/** What every resource has (RFC 7643, section 3.1). */
const common: readonly ScimAttribute[] = [
  attribute("schemas", "The schemas that the resource uses.", {
    multiValued: true,
    mutability: "readOnly",
    returned: "always",
    caseExact: true,
  }),
  attribute("id", "Ours, for good.", { mutability: "readOnly", returned: "always", caseExact: true }),
  attribute("externalId", "The client's own.", { caseExact: true }),
  attribute("meta", "About the resource itself.", {
    mutability: "readOnly",
    subAttributes: [
      attribute("resourceType", "User or Group.", { mutability: "readOnly", caseExact: true }),
      attribute("created", "When it came.", { type: "dateTime", mutability: "readOnly" }),
      attribute("lastModified", "When it changed last.", { type: "dateTime", mutability: "readOnly" }),
      attribute("location", "Its address.", { type: "reference", mutability: "readOnly", caseExact: true }),
      attribute("version", "Its ETag.", { mutability: "readOnly", caseExact: true }),
    ],
  }),
];

export const userType = resourceType("User", "/Users", userSchema, [enterpriseUserSchema, healthProfessionalSchema]);
export const groupType = resourceType("Group", "/Groups", groupSchema, []);
export const resourceTypes: readonly ResourceType[] = [userType, groupType];

function resourceType(
  name: ResourceType["name"],
  endpoint: ResourceType["endpoint"],
  schema: ScimSchema,
  extensions: readonly ScimSchema[],
): ResourceType {
  const extending = extensions.map(({ id, description, attributes }) =>
    attribute(id, description, { subAttributes: attributes }),
  );
  return { name, endpoint, schema, extensions, attributes: [...common, ...schema.attributes, ...extending] };
}
