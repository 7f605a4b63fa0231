import type { DirectoryConfiguration } from "../directory/directory-configuration.ts";
import type { FallbackConfiguration } from "./fallback-configuration.ts";

/** Profiles whose passwords could not be tried, or would cross the network as they are. */
export function directoryPasswordFaults({
  fallback,
  directory,
}: {
  readonly fallback?: FallbackConfiguration | undefined;
  readonly directory: DirectoryConfiguration;
}): readonly { readonly path: readonly (string | number)[]; readonly message: string }[] {
  return (fallback?.directoryPasswords ?? []).flatMap(({ source: id }, index) => {
    const source = directory.sources.find(one => one.id === id);
    const path = ["fallback", "directoryPasswords", index, "source"];
    if (source?.kind !== "ldap") return [{ path, message: `no LDAP source “${id}”` }];
    const isEncrypted = source.startTls || source.servers.every(address => address.startsWith("ldaps:"));
    return isEncrypted ? [] : [{ path, message: `“${id}” needs ldaps:// or startTls: true, even on this machine` }];
  });
}
