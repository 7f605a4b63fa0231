import type { LdapConnection } from "../../ldap/ldap-connection.ts";
import { entryRange } from "./entry-range.ts";
import { LdapEntry, textOf } from "./ldap-entry.ts";
import type { LdapSchema } from "./ldap-schema.ts";
import { anyEntry } from "./search-filters.ts";

/** What to ask a group for, so that its members come. */
export function memberRequest({ memberAttributes, membersAtOnce }: LdapSchema): readonly string[] {
  return memberAttributes.map(attribute => entryRange(attribute, 0, membersAtOnce));
}

/** References of a group's members, the parts that did not come with it fetched one after another ([MS-ADTS] 3.1.1.3.1.3.3). */
export async function readMembers(
  connection: LdapConnection,
  schema: LdapSchema,
  group: LdapEntry,
): Promise<readonly string[]> {
  const members = new Set<string>();
  for (const attribute of schema.memberAttributes) {
    let part = group.range(attribute) ?? { values: group.bytes(attribute), last: "end" as const };
    for (;;) {
      for (const value of part.values) members.add(schema.memberReference(textOf(attribute, value)));
      if (part.last === "end") break;
      part = await nextPart(connection, schema, group, attribute, part.last + 1);
    }
  }
  return [...members];
}

async function nextPart(
  connection: LdapConnection,
  schema: LdapSchema,
  group: LdapEntry,
  attribute: string,
  from: number,
) {
  const search = {
    base: group.name,
    scope: "base",
    filter: anyEntry,
    attributes: [entryRange(attribute, from, schema.membersAtOnce)],
    controls: schema.controls,
  } as const;
  for await (const found of connection.search(search)) {
    const part = new LdapEntry(found).range(attribute);
    if (part !== undefined && (part.last === "end" || part.last >= from)) return part;
  }
  throw new Error(`its members after the first ${from} do not come`);
}
