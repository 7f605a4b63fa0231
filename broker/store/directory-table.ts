import { sql } from "kysely";
import { type DirectoryEntry, type DirectoryPerson, directoryEntry } from "../directory/directory-entry.ts";
import { type DirectorySourceState, directorySourceState } from "../directory/source-state.ts";
import type { Db, Writing } from "./store.ts";

export type Executor = Db | Writing;
const batch = 200;

export async function sourceState(db: Executor, source: string): Promise<DirectorySourceState> {
  const row = await db
    .selectFrom("directory_source")
    .select("state_json")
    .where("source", "=", source)
    .executeTakeFirst();
  return directorySourceState.parse(row === undefined ? {} : JSON.parse(row.state_json));
}

export async function sourceStates(db: Executor): Promise<readonly (DirectorySourceState & { source: string })[]> {
  const rows = await db.selectFrom("directory_source").selectAll().orderBy("source").execute();
  return rows.map(({ source, state_json }) => ({ source, ...directorySourceState.parse(JSON.parse(state_json)) }));
}

export async function saveSourceState(tx: Writing, source: string, state: DirectorySourceState): Promise<void> {
  const state_json = JSON.stringify(state);
  await tx
    .insertInto("directory_source")
    .values({ source, state_json })
    .onConflict(conflict => conflict.column("source").doUpdateSet({ state_json }))
    .execute();
}

export async function clearStaged(tx: Writing, source: string): Promise<void> {
  await tx.deleteFrom("directory_staged").where("source", "=", source).execute();
}

export async function stage(tx: Writing, source: string, entries: readonly DirectoryEntry[]): Promise<void> {
  for (let at = 0; at < entries.length; at += batch) {
    const rows = entries
      .slice(at, at + batch)
      .map(entry => ({ source, kind: entry.kind, key: entry.key, entry_json: JSON.stringify(entry) }));
    await tx
      .insertInto("directory_staged")
      .values(rows)
      .onConflict(conflict =>
        conflict
          .columns(["source", "kind", "key"])
          .doUpdateSet(row => ({ entry_json: row.ref("excluded.entry_json") })),
      )
      .execute();
  }
}

/** Persons of a source that are active now and not among what was staged. */
export async function countLost(db: Executor, source: string): Promise<{ active: number; lost: number }> {
  const active = await db
    .selectFrom("directory_entry")
    .select(row => row.fn.countAll<number>().as("count"))
    .where("source", "=", source)
    .where("kind", "=", "person")
    .where("active", "=", 1)
    .executeTakeFirstOrThrow();
  const lost = await notStaged(db, source)
    .select(row => row.fn.countAll<number>().as("count"))
    .where("kind", "=", "person")
    .where("active", "=", 1)
    .executeTakeFirstOrThrow();
  return { active: Number(active.count), lost: Number(lost.count) };
}

/** A piece of work on the entries of a source, small enough that no sign-in waits for it. */
export interface Portion {
  /** Holders whose entry has changed. */
  readonly holders: readonly string[];
  /** Where the next portion begins; undefined: this was the last. */
  readonly next: StagedPosition | undefined;
}

export interface StagedPosition {
  readonly kind: string;
  readonly key: string;
}

/** Before every entry. */
export const firstStaged: StagedPosition = { kind: "", key: "" };

/**
 * What was not staged is gone: groups are deleted; persons stay, not active, so that who has left is refused and not merely
 * unknown. To be repeated while the answer is not empty.
 */
export async function dropPortion(tx: Writing, source: string): Promise<{ dropped: number; holders: string[] }> {
  const gone = await notStaged(tx, source)
    .select("entry_json")
    .where(row => row.or([row("kind", "=", "group"), row("active", "=", 1)]))
    .limit(batch)
    .execute();
  const holders: string[] = [];
  for (const row of gone) {
    const entry = directoryEntry.parse(JSON.parse(row.entry_json));
    if (entry.kind === "group") await deleteGroup(tx, source, entry.key);
    else holders.push(...(await saveEntry(tx, source, { ...entry, active: false })));
  }
  return { dropped: gone.length, holders };
}

/** Takes over what was staged and differs from what is known, a portion at a time. */
export async function takeOverPortion(tx: Writing, source: string, from: StagedPosition): Promise<Portion> {
  const rows = await tx
    .selectFrom("directory_staged as staged")
    .leftJoin("directory_entry as entry", join =>
      join
        .onRef("entry.source", "=", "staged.source")
        .onRef("entry.kind", "=", "staged.kind")
        .onRef("entry.key", "=", "staged.key"),
    )
    .select(["staged.kind", "staged.key", "staged.entry_json", "entry.entry_json as known"])
    .where("staged.source", "=", source)
    .where(({ eb, refTuple, tuple }) =>
      eb(refTuple("staged.kind", "staged.key"), ">", tuple(from.kind as "person", from.key)),
    )
    .orderBy("staged.kind")
    .orderBy("staged.key")
    .limit(batch)
    .execute();
  const holders: string[] = [];
  for (const { entry_json, known } of rows)
    if (entry_json !== known)
      holders.push(...(await saveEntry(tx, source, directoryEntry.parse(JSON.parse(entry_json)))));
  const last = rows.length < batch ? undefined : rows.at(-1);
  return { holders, next: last === undefined ? undefined : { kind: last.kind, key: last.key } };
}

export async function countPersons(db: Executor, source: string): Promise<number> {
  const row = await db
    .selectFrom("directory_entry")
    .select(one => one.fn.countAll<number>().as("count"))
    .where("source", "=", source)
    .where("kind", "=", "person")
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

export interface PersonOfSource {
  readonly source: string;
  readonly person: DirectoryPerson;
}

/** Every entry that says it is this holder. */
export async function personsOfHolder(db: Executor, holder: string): Promise<readonly PersonOfSource[]> {
  const rows = await db
    .selectFrom("directory_entry")
    .select(["source", "entry_json"])
    .where("holder", "=", holder)
    .where("kind", "=", "person")
    .orderBy("source")
    .orderBy("key")
    .execute();
  return rows.flatMap(({ source, entry_json }) => {
    const person = directoryEntry.parse(JSON.parse(entry_json));
    return person.kind === "person" ? [{ source, person }] : [];
  });
}

/** The names of a person's groups, those that a group gives by being in another one too. Circles end where they began. */
export async function groupsOfPerson(db: Executor, { source, person }: PersonOfSource): Promise<readonly string[]> {
  const rows = await sql<{ entry_json: string }>`
    WITH RECURSIVE held(reference) AS (
      SELECT CAST(${person.reference} AS TEXT)
      UNION
      SELECT entry.reference FROM held
        JOIN directory_member AS member ON member.source = ${source} AND member.member = held.reference
        JOIN directory_entry AS entry
          ON entry.source = member.source AND entry.kind = 'group' AND entry.key = member.group_key
    )
    SELECT entry.entry_json AS entry_json FROM held
      JOIN directory_entry AS entry
        ON entry.source = ${source} AND entry.kind = 'group' AND entry.reference = held.reference
  `.execute(db);
  return rows.rows.flatMap(({ entry_json }) => {
    const group = directoryEntry.parse(JSON.parse(entry_json));
    return group.kind === "group" ? [group.name] : [];
  });
}

/** Holders whom more than one entry claims to be, or whom two sources know differently. */
export async function holdersInSeveralEntries(db: Executor): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("directory_entry")
    .select("holder")
    .where("kind", "=", "person")
    .where("holder", "is not", null)
    .groupBy("holder")
    .having(row => row.fn.countAll(), ">", 1)
    .orderBy("holder")
    .execute();
  return rows.flatMap(({ holder }) => holder ?? []);
}

function notStaged(db: Executor, source: string) {
  return db
    .selectFrom("directory_entry")
    .where("source", "=", source)
    .where(row =>
      row.not(
        row.exists(
          row
            .selectFrom("directory_staged as staged")
            .select("staged.key")
            .whereRef("staged.source", "=", "directory_entry.source")
            .whereRef("staged.kind", "=", "directory_entry.kind")
            .whereRef("staged.key", "=", "directory_entry.key"),
        ),
      ),
    );
}

/** Answers whose entry it is, and was. */
async function saveEntry(tx: Writing, source: string, entry: DirectoryEntry): Promise<readonly string[]> {
  const before = await tx
    .selectFrom("directory_entry")
    .select("holder")
    .where("source", "=", source)
    .where("kind", "=", entry.kind)
    .where("key", "=", entry.key)
    .executeTakeFirst();
  const holder = entry.kind === "person" ? (entry.holder ?? null) : null;
  const active = entry.kind === "group" || entry.active ? 1 : 0;
  const content = { reference: entry.reference, holder, active, entry_json: JSON.stringify(entry) };
  await tx
    .insertInto("directory_entry")
    .values({ source, kind: entry.kind, key: entry.key, ...content })
    .onConflict(conflict => conflict.columns(["source", "kind", "key"]).doUpdateSet(content))
    .execute();
  if (entry.kind === "group") await saveMembers(tx, source, entry.key, entry.members);
  return [before?.holder, holder].flatMap(known => known ?? []);
}

async function saveMembers(tx: Writing, source: string, group_key: string, members: readonly string[]): Promise<void> {
  await tx.deleteFrom("directory_member").where("source", "=", source).where("group_key", "=", group_key).execute();
  const rows = [...new Set(members)].map(member => ({ source, group_key, member }));
  for (let at = 0; at < rows.length; at += batch)
    await tx
      .insertInto("directory_member")
      .values(rows.slice(at, at + batch))
      .execute();
}

async function deleteGroup(tx: Writing, source: string, key: string): Promise<void> {
  await tx.deleteFrom("directory_member").where("source", "=", source).where("group_key", "=", key).execute();
  await tx
    .deleteFrom("directory_entry")
    .where("source", "=", source)
    .where("kind", "=", "group")
    .where("key", "=", key)
    .execute();
}
