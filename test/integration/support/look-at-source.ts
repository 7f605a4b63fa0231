import type {
  BroughtEntry,
  DirectoryGroup,
  DirectoryPerson,
  DirectoryReading,
  DirectorySource,
} from "../../../broker/directory/directory-entry.ts";

/** All that one look at a source brought. */
export interface Look {
  readonly extent: DirectoryReading["extent"];
  readonly entries: readonly BroughtEntry[];
  readonly watermark: string | undefined;
}

export async function lookAt(source: DirectorySource, since?: string): Promise<Look> {
  const reading = await source.read(since, new AbortController().signal);
  if (!("entries" in reading)) return { extent: reading.extent, entries: [], watermark: since };
  const entries: BroughtEntry[] = [];
  for await (const entry of reading.entries) entries.push(entry);
  return { extent: reading.extent, entries, watermark: reading.watermark() };
}

export function personIn({ entries }: Look, account: string): DirectoryPerson | undefined {
  return entries.filter(entry => entry.kind === "person").find(person => person.account === account);
}

export function groupIn({ entries }: Look, name: string): DirectoryGroup | undefined {
  return entries.filter(entry => entry.kind === "group").find(group => group.name === name);
}

/** Accounts of the persons brought whom a group names, itself or through groups in it. */
export function accountsIn(look: Look, name: string): readonly string[] {
  const references = new Set<string>();
  const follow = (reference: string) => {
    if (references.has(reference)) return;
    references.add(reference);
    for (const entry of look.entries)
      if (entry.kind === "group" && entry.reference === reference) entry.members.forEach(follow);
  };
  follow(groupIn(look, name)?.reference ?? "");
  const persons = look.entries.filter(entry => entry.kind === "person");
  return persons
    .filter(({ reference, groups = [] }) => [reference, ...groups].some(one => references.has(one)))
    .map(({ account }) => account ?? "")
    .sort();
}
