import { activeDirectory } from "./active-directory.ts";
import { inetOrgPerson } from "./inet-org-person.ts";
import type { LdapSourceConfiguration } from "./ldap-configuration.ts";
import type { LdapSchema } from "./ldap-schema.ts";
import { ModificationTimes, type Times } from "./modification-times.ts";

/** How the source's servers write persons and groups. */
export function schemaOf(
  { schema, people }: Pick<LdapSourceConfiguration, "schema" | "people">,
  times: Times,
): LdapSchema {
  return schema === "active-directory"
    ? activeDirectory(people.base)
    : inetOrgPerson(people.base, new ModificationTimes(times));
}
