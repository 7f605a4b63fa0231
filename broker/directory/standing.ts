import type { Executor } from "../store/directory-table.ts";
import { groupsOfPerson, type PersonOfSource, personsOfHolder } from "../store/directory-table.ts";

/** What the directory says of a holder. */
export type Standing =
  /** No source knows him. */
  | { readonly kind: "unknown" }
  /** One source at least says that he may not. */
  | { readonly kind: "disabled"; readonly sources: readonly string[] }
  | { readonly kind: "active"; readonly groups: readonly string[]; readonly conflict: Conflict | undefined };

/** Entries that do not fit together: shown to administrators, and never merged. */
export interface Conflict {
  readonly holder: string;
  /** `several-entries`: one source has two persons of this identifier: neither gives groups. `different-names`: two sources. */
  readonly kind: "several-entries" | "different-names" | "different-standing";
  readonly entries: readonly {
    readonly source: string;
    readonly key: string;
    readonly displayName: string;
    readonly active: boolean;
  }[];
}

/** Groups of all sources together, by name; a source that knows the holder twice gives none. */
export async function standingOf(db: Executor, holder: string): Promise<Standing> {
  const persons = await personsOfHolder(db, holder);
  if (persons.length === 0) return { kind: "unknown" };
  const refusing = persons.filter(({ person }) => !person.active).map(({ source }) => source);
  if (refusing.length > 0) return { kind: "disabled", sources: [...new Set(refusing)] };
  const groups = new Set<string>();
  for (const one of persons) {
    if (persons.filter(({ source }) => source === one.source).length > 1) continue;
    for (const group of await groupsOfPerson(db, one)) groups.add(group);
  }
  return { kind: "active", groups: [...groups].sort(), conflict: conflictAmong(holder, persons) };
}

export function conflictAmong(holder: string, persons: readonly PersonOfSource[]): Conflict | undefined {
  const kind = kindOfConflict(persons);
  if (kind === undefined) return undefined;
  const entries = persons.map(({ source, person: { key, displayName, active } }) => ({
    source,
    key,
    displayName,
    active,
  }));
  return { holder, kind, entries };
}

function kindOfConflict(persons: readonly PersonOfSource[]): Conflict["kind"] | undefined {
  if (new Set(persons.map(({ source }) => source)).size < persons.length) return "several-entries";
  if (new Set(persons.map(({ person }) => person.active)).size > 1) return "different-standing";
  if (new Set(persons.map(({ person }) => person.displayName.toLowerCase())).size > 1) return "different-names";
  return undefined;
}
