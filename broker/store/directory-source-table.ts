import { type DirectorySourceState, directorySourceState } from "../directory/source-state.ts";
import type { Db, Writing } from "./store.ts";

export async function directorySourceStateOf(db: Db, source: string): Promise<DirectorySourceState> {
  const row = await db
    .selectFrom("directory_source")
    .select("state_json")
    .where("source", "=", source)
    .executeTakeFirst();
  return directorySourceState.parse(row === undefined ? {} : JSON.parse(row.state_json));
}

/** Of every source that was ever read or written, by name. */
export async function directorySourceStates(db: Db): Promise<ReadonlyMap<string, DirectorySourceState>> {
  const rows = await db.selectFrom("directory_source").selectAll().orderBy("source").execute();
  return new Map(rows.map(({ source, state_json }) => [source, directorySourceState.parse(JSON.parse(state_json))]));
}

export async function saveDirectorySourceState(
  tx: Writing,
  source: string,
  state: DirectorySourceState,
): Promise<void> {
  const state_json = JSON.stringify(state);
  await tx
    .insertInto("directory_source")
    .values({ source, state_json })
    .onConflict(conflict => conflict.column("source").doUpdateSet({ state_json }))
    .execute();
}

export async function deleteDirectorySourceState(tx: Writing, source: string): Promise<void> {
  await tx.deleteFrom("directory_source").where("source", "=", source).execute();
}
