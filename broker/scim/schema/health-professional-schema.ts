import { attribute } from "./scim-attribute.ts";
import type { ScimSchema } from "./scim-schema.ts";

/** What ties a person to a card, and how he practises: an extension of ours to the core User. */
export const healthProfessionalSchema: ScimSchema = {
  id: "urn:wardkey:scim:schemas:1.0:HealthProfessional",
  name: "Health Professional",
  description: "A person as the registers of health professionals know him",
  attributes: [
    attribute("holder", "PS_IdNat: the national identifier that the card shows.", { caseExact: true }),
    attribute("activities", "How the professional practises; one of them is chosen at sign-in.", {
      multiValued: true,
      subAttributes: [
        attribute("id", "Stable identifier of the activity.", { required: true, caseExact: true }),
        attribute("label", "As the holder chooses it, such as Cardiologist, Heart clinic.", { required: true }),
        attribute("profession", "A code of table G15.", { caseExact: true }),
        attribute("speciality", "A code of a speciality (savoir-faire), such as SM26.", { caseExact: true }),
        attribute("structure", "Struct_IdNat.", { caseExact: true }),
        attribute("structureName", "The structure's name."),
      ],
    }),
  ],
};
