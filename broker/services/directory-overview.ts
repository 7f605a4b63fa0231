import {
  type ConflictsView,
  type DirectoryConflict,
  type DirectorySourceView,
  type DirectoryView,
  embeddedSource,
  mostConflicts,
} from "../../protocol/broker/console/directory-view.ts";
import type { DirectoryConfiguration } from "../directory/directory-configuration.ts";
import { type DirectorySourceState, directoryHealthOf } from "../directory/source-state.ts";
import { conflictsAmong } from "../directory/standing.ts";
import { holderAliases } from "../store/alias-table.ts";
import { identifiersInConflict } from "../store/directory-conflict-table.ts";
import { directorySourceStates } from "../store/directory-source-table.ts";
import { personsOfHolder } from "../store/directory-table.ts";
import type { Db } from "../store/store.ts";

/** How each source fares; the console's own where it holds somebody. */
export async function directoryOverview(
  db: Db,
  { required, sources }: DirectoryConfiguration,
  now: number,
): Promise<DirectoryView> {
  const states = await directorySourceStates(db);
  const viewOf = (id: string, kind: string) => sourceView(id, kind, states.get(id) ?? { persons: 0 });
  const embedded = states.has(embeddedSource) ? [viewOf(embeddedSource, embeddedSource)] : [];
  return { now, required, sources: [...sources.map(({ id, kind }) => viewOf(id, kind)), ...embedded] };
}

/** Holders whose entries do not fit together, by their identifier: the first ones. */
export async function directoryConflicts(db: Db): Promise<ConflictsView> {
  const found = await identifiersInConflict(db, mostConflicts + 1);
  const aliases = await holderAliases(db);
  const holderOf = (identifier: string) => aliases.find(alias => alias.identifier === identifier)?.holder ?? identifier;
  // Entries under two identifiers of one holder meet only here.
  const holders = new Set([...found.map(holderOf), ...aliases.map(({ holder }) => holder)]);
  const conflicts: DirectoryConflict[] = [];
  for (const holder of [...holders].sort()) conflicts.push(...(await conflictOf(db, holder)));
  return { conflicts: conflicts.slice(0, mostConflicts), more: conflicts.length > mostConflicts };
}

async function conflictOf(db: Db, holder: string): Promise<readonly DirectoryConflict[]> {
  const entries = await personsOfHolder(db, holder);
  const kinds = [...conflictsAmong(entries)];
  if (kinds.length === 0) return [];
  const named = entries.map(({ source, standing, person }) => ({
    source,
    key: person.key,
    displayName: person.displayName,
    standing,
  }));
  return [{ holder, kinds, entries: named }];
}

function sourceView(id: string, kind: string, state: DirectorySourceState): DirectorySourceView {
  const { watermark: _, ...told } = state;
  return { id, kind, health: directoryHealthOf(state), ...told };
}
