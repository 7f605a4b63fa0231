import { attribute } from "./scim-attribute.ts";
import type { ScimSchema } from "./scim-schema.ts";

/** RFC 7643, section 4.2. */
export const groupSchema: ScimSchema = {
  id: "urn:ietf:params:scim:schemas:core:2.0:Group",
  name: "Group",
  description: "A group of persons and groups",
  attributes: [
    attribute("displayName", "The name by which policies know the group.", { required: true }),
    attribute("members", "Persons, and groups whose members count as well.", {
      multiValued: true,
      subAttributes: [
        attribute("value", "The id of the person or group.", { mutability: "immutable", caseExact: true }),
        attribute("$ref", "Its address.", {
          type: "reference",
          mutability: "readOnly",
          referenceTypes: ["User", "Group"],
        }),
        attribute("type", "What it is.", { mutability: "readOnly", canonicalValues: ["User", "Group"] }),
        attribute("display", "Its name.", { mutability: "readOnly" }),
      ],
    }),
  ],
};
