import type { ResourceType } from "./schema/resource-type.ts";
import { resourceTypes } from "./schema/resource-type.ts";
import type { ScimSchema } from "./schema/scim-schema.ts";
import { scimLimits } from "./scim-limits.ts";

const schemaOf = (name: string) => `urn:ietf:params:scim:schemas:core:2.0:${name}`;

/** What this service provider can do (RFC 7643, section 5). */
export function serviceProviderConfig(base: string) {
  return {
    schemas: [schemaOf("ServiceProviderConfig")],
    patch: { supported: true },
    bulk: { supported: true, maxOperations: scimLimits.bulkOperations, maxPayloadSize: scimLimits.body },
    filter: { supported: true, maxResults: scimLimits.page },
    changePassword: { supported: false },
    sort: { supported: true },
    etag: { supported: true },
    authenticationSchemes: [
      {
        type: "oauthbearertoken",
        name: "Bearer token",
        description: "A token of the source (RFC 6750), made by `wardkey directory scim-token`",
        specUri: "https://www.rfc-editor.org/info/rfc6750",
        primary: true,
      },
    ],
    meta: { resourceType: "ServiceProviderConfig", location: `${base}/ServiceProviderConfig` },
  };
}

/** RFC 7643, section 6. */
export function resourceTypeDocuments(base: string) {
  return resourceTypes.map(type => resourceTypeDocument(type, base));
}

/** RFC 7643, section 7. */
export function schemaDocuments(base: string) {
  const schemas = new Set(resourceTypes.flatMap(({ schema, extensions }) => [schema, ...extensions]));
  return [...schemas].map(schema => schemaDocument(schema, base));
}

function resourceTypeDocument({ name, endpoint, schema, extensions }: ResourceType, base: string) {
  return {
    schemas: [schemaOf("ResourceType")],
    id: name,
    name,
    endpoint,
    description: schema.description,
    schema: schema.id,
    schemaExtensions: extensions.map(({ id }) => ({ schema: id, required: false })),
    meta: { resourceType: "ResourceType", location: `${base}/ResourceTypes/${name}` },
  };
}

function schemaDocument(schema: ScimSchema, base: string) {
  return {
    schemas: [schemaOf("Schema")],
    ...schema,
    meta: { resourceType: "Schema", location: `${base}/Schemas/${schema.id}` },
  };
}
