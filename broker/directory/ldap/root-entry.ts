import type { LdapConnection } from "../../ldap/ldap-connection.ts";
import { comparableName, isWithin } from "./distinguished-name.ts";
import { LdapEntry } from "./ldap-entry.ts";
import { anyEntry } from "./search-filters.ts";

/** One entry by its name; `undefined` where the server shows none. */
export async function entryNamed(
  connection: LdapConnection,
  base: string,
  attributes: readonly string[],
): Promise<LdapEntry | undefined> {
  const search = { base, scope: "base", filter: anyEntry, attributes } as const;
  let found: LdapEntry | undefined;
  for await (const entry of connection.search(search)) found = new LdapEntry(entry);
  return found;
}

/** What a server tells of itself (RFC 4512 5.1). */
export function rootEntry(connection: LdapConnection, attributes: readonly string[]): Promise<LdapEntry | undefined> {
  return entryNamed(connection, "", ["namingContexts", ...attributes]);
}

/** The naming context that an entry is in: below it, whatever is moved stays. */
export function contextOf(root: LdapEntry | undefined, name: string): string {
  const comparable = comparableName(name);
  const contexts = root?.texts("namingContexts") ?? [];
  const around = contexts.filter(context => isWithin(comparable, comparableName(context)));
  return around.sort((a, b) => b.length - a.length)[0] ?? name;
}
