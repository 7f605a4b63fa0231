import { setImmediate } from "node:timers/promises";
import type { EntryStanding } from "../../protocol/broker/console/directory-view.ts";
import { type BroughtEntry, type DirectoryEntry, directoryEntry } from "../directory/directory-entry.ts";
import { loseEntry, saveEntry, standingIn } from "./directory-table.ts";
import type { Db, Writing } from "./store.ts";

/** A portion of work is small enough that no sign-in waits for it: so many entries, or the members of groups. */
const entriesAtOnce = 200;
const membersAtOnce = 5_000;
/** Of a reading that writes nothing. */
const readAtOnce = 1_000;

export async function clearStaged(tx: Writing, source: string): Promise<void> {
  await tx.deleteFrom("directory_staged").where("source", "=", source).execute();
}

/** Of an entry that comes twice the last counts. */
export async function stageEntries(
  tx: Writing,
  source: string,
  brought: readonly BroughtEntry[],
  now: number,
): Promise<void> {
  const entries = brought.filter(entry => entry.kind === "person" || entry.kind === "group");
  const latest = new Map(entries.map(entry => [`${entry.kind} ${entry.key}`, entry]));
  const rows = [...latest.values()].map(entry => ({
    source,
    kind: entry.kind,
    key: entry.key,
    standing: standingIn(entry, now),
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

/** Stages what the source said nothing readable of, as it is known: as it stands, or as gone. */
export async function stageKnown(
  tx: Writing,
  source: string,
  keys: readonly string[],
  standing: "as-it-was" | "gone",
): Promise<void> {
  for (let at = 0; at < keys.length; at += entriesAtOnce)
    await tx
      .insertInto("directory_staged")
      .columns(["source", "kind", "key", "standing", "entry_json"])
      .expression(
        tx
          .selectFrom("directory_entry")
          .select(row => [
            ...(["source", "kind", "key"] as const),
            (standing === "gone" ? row.val<EntryStanding>("gone") : row.ref("standing")).as("standing"),
            "entry_json",
          ])
          .where("source", "=", source)
          .where("key", "in", keys.slice(at, at + entriesAtOnce)),
      )
      .onConflict(conflict => conflict.columns(["source", "kind", "key"]).doNothing())
      .execute();
}

/** An entry by its place in its source. */
export interface EntryPlace {
  readonly kind: DirectoryEntry["kind"];
  readonly key: string;
}

/** What was staged beside what is known. */
export interface StagedBesideKnown extends EntryPlace {
  readonly standing: EntryStanding;
  /** Undefined: the entry is new. */
  readonly stood: EntryStanding | undefined;
  /** False also where the entry is new. */
  readonly same: boolean;
}

/** All that was staged, a portion at a time; others have their turn between two. */
export async function* stagedPortions(db: Db, source: string): AsyncGenerator<readonly StagedBesideKnown[]> {
  for (let from: EntryPlace | undefined = beforeAll; from !== undefined; ) {
    const rows = await stagedAfter(db, source, from);
    yield rows.map(({ kind, key, standing, stood, known }) => ({
      kind,
      key,
      standing,
      stood: stood ?? undefined,
      same: known === "same" && standing === stood,
    }));
    from = rows.length < readAtOnce ? undefined : rows.at(-1);
    await setImmediate();
  }
}

/** All that is known of a source, gone or not, with whether it was staged; a portion at a time, as `stagedPortions`. */
export async function* knownPortions(
  db: Db,
  source: string,
): AsyncGenerator<readonly (EntryPlace & { readonly standing: EntryStanding; readonly isStaged: boolean })[]> {
  for (let from: EntryPlace | undefined = beforeAll; from !== undefined; ) {
    const rows = await knownAfter(db, source, from);
    yield rows.map(({ kind, key, standing, staged }) => ({ kind, key, standing, isStaged: staged !== null }));
    from = rows.length < readAtOnce ? undefined : rows.at(-1);
    await setImmediate();
  }
}

/** Takes over some of what was staged: at most a portion; answers those that are left. */
export async function takeOver(
  tx: Writing,
  source: string,
  places: readonly EntryPlace[],
): Promise<readonly EntryPlace[]> {
  let members = 0;
  for (const [at, { kind, key }] of places.entries()) {
    if (at >= entriesAtOnce || members > membersAtOnce) return places.slice(at);
    const { entry_json, standing } = await tx
      .selectFrom("directory_staged")
      .select(["entry_json", "standing"])
      .where("source", "=", source)
      .where("kind", "=", kind)
      .where("key", "=", key)
      .executeTakeFirstOrThrow();
    if (standing === "gone") {
      await loseEntry(tx, source, { kind, key });
      continue;
    }
    const entry = directoryEntry.parse(JSON.parse(entry_json));
    await saveEntry(tx, source, entry, standing);
    if (entry.kind === "group") members += entry.members.length;
  }
  return [];
}

/** The source does not bring some entries any more: at most a portion of them; answers those that are left. */
export async function lose(tx: Writing, source: string, places: readonly EntryPlace[]): Promise<readonly EntryPlace[]> {
  for (const place of places.slice(0, entriesAtOnce)) await loseEntry(tx, source, place);
  return places.slice(entriesAtOnce);
}

/** Before every entry: kinds and keys are not empty. */
const beforeAll: EntryPlace = { kind: "" as EntryPlace["kind"], key: "" };

function stagedAfter(db: Db, source: string, { kind, key }: EntryPlace) {
  return db
    .selectFrom("directory_staged as staged")
    .leftJoin("directory_entry as entry", join =>
      join
        .onRef("entry.source", "=", "staged.source")
        .onRef("entry.kind", "=", "staged.kind")
        .onRef("entry.key", "=", "staged.key"),
    )
    .select(["staged.kind", "staged.key", "staged.standing", "entry.standing as stood"])
    .select(({ case: either, ref }) =>
      either().when("entry.entry_json", "=", ref("staged.entry_json")).then("same").else("other").end().as("known"),
    )
    .where("staged.source", "=", source)
    .where(({ eb, refTuple, tuple }) => eb(refTuple("staged.kind", "staged.key"), ">", tuple(kind, key)))
    .orderBy("staged.kind")
    .orderBy("staged.key")
    .limit(readAtOnce)
    .execute();
}

function knownAfter(db: Db, source: string, { kind, key }: EntryPlace) {
  return db
    .selectFrom("directory_entry as entry")
    .leftJoin("directory_staged as staged", join =>
      join
        .onRef("staged.source", "=", "entry.source")
        .onRef("staged.kind", "=", "entry.kind")
        .onRef("staged.key", "=", "entry.key"),
    )
    .select(["entry.kind", "entry.key", "entry.standing", "staged.key as staged"])
    .where("entry.source", "=", source)
    .where(({ eb, refTuple, tuple }) => eb(refTuple("entry.kind", "entry.key"), ">", tuple(kind, key)))
    .orderBy("entry.kind")
    .orderBy("entry.key")
    .limit(readAtOnce)
    .execute();
}
