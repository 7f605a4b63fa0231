import { attribute, severalValues } from "./scim-attribute.ts";
import type { ScimSchema } from "./scim-schema.ts";

/** RFC 7643, section 4.1, but for `password`: nobody signs in here by one that a directory knows. */
export const userSchema: ScimSchema = {
  id: "urn:ietf:params:scim:schemas:core:2.0:User",
  name: "User",
  description: "A person",
  attributes: [
    attribute("userName", "The account, unique within the source.", { required: true, uniqueness: "server" }),
    attribute("name", "The parts of the name.", {
      subAttributes: [
        attribute("formatted", "The whole name, as it is shown."),
        attribute("familyName", "The family name."),
        attribute("givenName", "The given name."),
        attribute("middleName", "The middle name."),
        attribute("honorificPrefix", "What stands before the name, such as Dr."),
        attribute("honorificSuffix", "What stands after the name."),
      ],
    }),
    attribute("displayName", "The name that workstations and console show."),
    attribute("nickName", "How the person is called."),
    attribute("profileUrl", "A page about the person.", { type: "reference", referenceTypes: ["external"] }),
    attribute("title", "The title, such as Head nurse."),
    attribute("userType", "The relation to the hospital, such as Contractor."),
    attribute("preferredLanguage", "The preferred language, as in Accept-Language."),
    attribute("locale", "The locale for dates and numbers."),
    attribute("timezone", "The time zone, by its IANA name."),
    attribute("active", "False: the person may not sign in, and open sessions end.", { type: "boolean" }),
    severalValues("emails", "Mail addresses."),
    severalValues("phoneNumbers", "Telephone numbers."),
    severalValues("ims", "Addresses for instant messages."),
    severalValues("photos", "Addresses of pictures.", { type: "reference", referenceTypes: ["external"] }),
    attribute("addresses", "Postal addresses.", {
      multiValued: true,
      subAttributes: [
        attribute("formatted", "The whole address."),
        attribute("streetAddress", "Street and number."),
        attribute("locality", "The town."),
        attribute("region", "The region."),
        attribute("postalCode", "The postal code."),
        attribute("country", "The country, ISO 3166-1 alpha-2."),
        attribute("type", "What the address is for, such as work or home."),
        attribute("primary", "True for the one that is preferred.", { type: "boolean" }),
      ],
    }),
    attribute("groups", "The groups that name this person as a member; changed at the groups.", {
      multiValued: true,
      mutability: "readOnly",
      subAttributes: [
        attribute("value", "The group's id.", { mutability: "readOnly", caseExact: true }),
        attribute("$ref", "The group's address.", {
          type: "reference",
          mutability: "readOnly",
          referenceTypes: ["Group"],
        }),
        attribute("display", "The group's name.", { mutability: "readOnly" }),
        attribute("type", "Always direct: groups of groups are followed where rights are decided.", {
          mutability: "readOnly",
          canonicalValues: ["direct"],
        }),
      ],
    }),
    severalValues("entitlements", "Kept and given back; applications are opened by policies."),
    severalValues("roles", "Kept and given back; policies go by groups and activities."),
    severalValues("x509Certificates", "Kept and given back; a card's certificate is judged by itself.", {
      type: "binary",
      caseExact: true,
    }),
  ],
};
