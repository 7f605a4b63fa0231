import { sql } from "kysely";
import { type DirectoryEntry, directoryEntry } from "../directory/directory-entry.ts";
import { loseEntry, saveEntry, standingIn } from "./directory-table.ts";
import type { Db, Writing } from "./store.ts";

/** A portion of work is small enough that no sign-in waits for it: so many entries, or the members of groups. */
const entriesAtOnce = 200;
const membersAtOnce = 5_000;

export async function clearStaged(tx: Writing, source: string): Promise<void> {
  await tx.deleteFrom("directory_staged").where("source", "=", source).execute();
}

/** Of an entry that comes twice the last counts. */
export async function stageEntries(tx: Writing, source: string, entries: readonly DirectoryEntry[]): Promise<void> {
  const latest = new Map(entries.map(entry => [`${entry.kind} ${entry.key}`, entry]));
  const rows = [...latest.values()].map(entry => ({
    source,
    kind: entry.kind,
    key: entry.key,
    standing: standingIn(entry),
    entry_json: JSON.stringify(entry),
  }));
  for (let at = 0; at < rows.length; at += entriesAtOnce)
    await tx
      .insertInto("directory_staged")
      .values(rows.slice(at, at + entriesAtOnce))
      .onConflict(conflict =>
        conflict.columns(["source", "kind", "key"]).doUpdateSet(row => ({
          standing: row.ref("excluded.standing"),
          entry_json: row.ref("excluded.entry_json"),
        })),
      )
      .execute();
}

/** What taking over would change, of persons and groups together; `active` and `losing`: persons active now, and those no more after. */
export interface StagedChange {
  readonly added: number;
  readonly changed: number;
  readonly gone: number;
  readonly active: number;
  readonly losing: number;
}

/** `everything`: what is not among the staged is gone. */
export async function stagedChange(db: Db, source: string, everything: boolean): Promise<StagedChange> {
  const known = () => db.selectFrom("directory_entry").where("source", "=", source);
  const compared = () =>
    db
      .selectFrom("directory_staged as staged")
      .leftJoin("directory_entry as entry", join =>
        join
          .onRef("entry.source", "=", "staged.source")
          .onRef("entry.kind", "=", "staged.kind")
          .onRef("entry.key", "=", "staged.key"),
      )
      .where("staged.source", "=", source);
  const unstaged = () => notStaged(db, source).select(counted);
  const gone = everything ? await countOf(unstaged().where("standing", "!=", "gone")) : 0;
  const lost = everything ? await countOf(unstaged().where("kind", "=", "person").where("standing", "=", "active")) : 0;
  const disabled = await countOf(
    compared()
      .select(counted)
      .where("staged.kind", "=", "person")
      .where("staged.standing", "=", "disabled")
      .where("entry.standing", "=", "active"),
  );
  return {
    added: await countOf(compared().select(counted).where("entry.key", "is", null)),
    changed: await countOf(
      compared()
        .select(counted)
        .where(row =>
          row.or([
            row("entry.entry_json", "!=", row.ref("staged.entry_json")),
            row("entry.standing", "!=", row.ref("staged.standing")),
          ]),
        ),
    ),
    gone,
    active: await countOf(known().select(counted).where("kind", "=", "person").where("standing", "=", "active")),
    losing: lost + disabled,
  };
}

/** What was not staged is gone, a portion at a time; true while there may be more. */
export async function losePortion(tx: Writing, source: string): Promise<boolean> {
  const gone = await notStaged(tx, source)
    .select(["kind", "key"])
    .where("standing", "!=", "gone")
    .limit(entriesAtOnce)
    .execute();
  for (const entry of gone) await loseEntry(tx, source, entry);
  return gone.length === entriesAtOnce;
}

export interface StagedPosition {
  readonly kind: string;
  readonly key: string;
}

/** Before every entry. */
export const firstStaged: StagedPosition = { kind: "", key: "" };

/** Takes over what was staged and differs from what is known, a portion at a time; answers where the next begins. */
export async function takeOverPortion(
  tx: Writing,
  source: string,
  from: StagedPosition,
): Promise<StagedPosition | undefined> {
  const rows = await tx
    .selectFrom("directory_staged as staged")
    .leftJoin("directory_entry as entry", join =>
      join
        .onRef("entry.source", "=", "staged.source")
        .onRef("entry.kind", "=", "staged.kind")
        .onRef("entry.key", "=", "staged.key"),
    )
    .select(["staged.kind", "staged.key", "staged.entry_json", "staged.standing", "entry.entry_json as known"])
    .select("entry.standing as stood")
    .where("staged.source", "=", source)
    .where(({ eb, refTuple, tuple }) =>
      eb(refTuple("staged.kind", "staged.key"), ">", tuple(from.kind as "person", from.key)),
    )
    .orderBy("staged.kind")
    .orderBy("staged.key")
    .limit(entriesAtOnce)
    .execute();
  let members = 0;
  for (const { kind, key, entry_json, known, standing, stood } of rows) {
    if (entry_json !== known || standing !== stood) {
      const entry = directoryEntry.parse(JSON.parse(entry_json));
      await saveEntry(tx, source, entry);
      if (entry.kind === "group") members += entry.members.length;
    }
    if (members > membersAtOnce) return { kind, key };
  }
  return rows.length < entriesAtOnce ? undefined : rows.at(-1);
}

function notStaged(db: Db, source: string) {
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

const counted = sql<number>`count(*)`.as("count");

async function countOf(query: { executeTakeFirstOrThrow(): Promise<{ count: number }> }): Promise<number> {
  return Number((await query.executeTakeFirstOrThrow()).count);
}
