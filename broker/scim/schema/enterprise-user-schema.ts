import { attribute } from "./scim-attribute.ts";
import type { ScimSchema } from "./scim-schema.ts";

/** RFC 7643, section 4.3. */
export const enterpriseUserSchema: ScimSchema = {
  id: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
  name: "Enterprise User",
  description: "A person's place in the organisation",
  attributes: [
    attribute("employeeNumber", "The number that the hospital gave."),
    attribute("costCenter", "The cost centre."),
    attribute("organization", "The organisation."),
    attribute("division", "The division."),
    attribute("department", "The department."),
    attribute("manager", "The person above.", {
      subAttributes: [
        attribute("value", "The manager's id.", { caseExact: true }),
        attribute("$ref", "The manager's address.", { type: "reference", referenceTypes: ["User"] }),
        attribute("displayName", "The manager's name.", { mutability: "readOnly" }),
      ],
    }),
  ],
};
