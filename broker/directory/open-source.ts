import type { SourceConfiguration } from "./directory-configuration.ts";
import type { DirectorySource } from "./directory-entry.ts";
import { FileSource } from "./file-source.ts";
import { LdapSource } from "./ldap/ldap-source.ts";

/** The adapter for a configured source: it asks nothing before its first look. Undefined: the source is written, not looked at. */
export function openSource(configuration: SourceConfiguration): DirectorySource | undefined {
  switch (configuration.kind) {
    case "csv":
      return new FileSource(configuration);
    case "ldap":
      return new LdapSource(configuration);
    case "scim":
      return undefined;
  }
}
