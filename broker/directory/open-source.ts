import type { SourceConfiguration } from "./directory-configuration.ts";
import type { DirectorySource } from "./directory-entry.ts";
import { FileSource } from "./file-source.ts";
import { LdapSource } from "./ldap/ldap-source.ts";

/** The adapter for a configured source. It asks nothing before its first look. */
export function openSource(configuration: SourceConfiguration): DirectorySource {
  switch (configuration.kind) {
    case "csv":
      return new FileSource(configuration);
    case "ldap":
      return new LdapSource(configuration);
  }
}
