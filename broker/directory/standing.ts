import type { ConflictKind, EntryStanding } from "../../protocol/broker/console/directory-view.ts";
import type { DirectoryPerson } from "./directory-entry.ts";
import { foldedWords } from "./folded-words.ts";

/** A person of one source, with how he stands there. */
export interface KnownPerson {
  readonly source: string;
  readonly standing: EntryStanding;
  readonly person: DirectoryPerson;
}

/** What the whole directory says of a holder; `sources` are those that say so. */
export type Standing =
  | { readonly kind: "unknown" }
  | { readonly kind: "active" | "disabled" | "gone"; readonly sources: readonly string[] };

/** One source is enough to disable a holder; he is gone when every source that knew him lost him, as movers are not. */
export function standingAmong(entries: readonly KnownPerson[]): Standing {
  if (entries.length === 0) return { kind: "unknown" };
  const sourcesSaying = (said: EntryStanding) => [
    ...new Set(entries.filter(({ standing }) => standing === said).map(({ source }) => source)),
  ];
  for (const kind of ["disabled", "active"] as const) {
    const sources = sourcesSaying(kind);
    if (sources.length > 0) return { kind, sources };
  }
  return { kind: "gone", sources: sourcesSaying("gone") };
}

/** What a source does not bring any more is in conflict with nothing. */
export function conflictsAmong(entries: readonly KnownPerson[]): readonly ConflictKind[] {
  const brought = entries.filter(({ standing }) => standing !== "gone");
  const distinct = (of: (entry: KnownPerson) => string) => new Set(brought.map(of)).size;
  const found: ConflictKind[] = [];
  if (distinct(({ source }) => source) < brought.length) found.push("several-entries");
  if (distinct(({ standing }) => standing) > 1) found.push("different-standing");
  if (distinct(({ person }) => nameWords(person.displayName)) > 1) found.push("different-names");
  return found;
}

/** Entries by which a holder has groups and activities: active ones of sources that know him once. */
export function entriesThatGive(entries: readonly KnownPerson[]): readonly KnownPerson[] {
  const brought = entries.filter(({ standing }) => standing !== "gone");
  return brought.filter(
    ({ source, standing }) => standing === "active" && brought.filter(one => one.source === source).length === 1,
  );
}

/** `AUBERT Camille` and `Camille Aubert` are one name. */
export function nameWords(name: string): string {
  return [...foldedWords(name)].sort().join(" ");
}
