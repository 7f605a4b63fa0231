import { sql } from "kysely";
import type { EntryStanding } from "../../protocol/broker/console/directory-view.ts";
import {
  type DirectoryEntry,
  type DirectoryGroup,
  type DirectoryPerson,
  directoryEntry,
} from "../directory/directory-entry.ts";
import { folded } from "../directory/folded-words.ts";
import { searchWords } from "../directory/search-words.ts";
import { type KnownPerson, nameWords } from "../directory/standing.ts";
import type { Db, Writing } from "./store.ts";

/** Rows of one statement: databases bound its parameters. */
const rowsAtOnce = 200;

/** A person whose account has ended is disabled, whatever else his source says. Without `now` that is left to `endAccounts`. */
export function standingIn(entry: DirectoryEntry, now = 0): EntryStanding {
  if (entry.kind === "group") return "active";
  return entry.active && (entry.activeUntil === undefined || entry.activeUntil > now) ? "active" : "disabled";
}

/** Writes an entry as its source brings it. */
export async function saveEntry(
  tx: Writing,
  source: string,
  entry: DirectoryEntry,
  standing = standingIn(entry),
): Promise<void> {
  const name = entry.kind === "person" ? entry.displayName : entry.name;
  const content = {
    reference: entry.reference,
    holder: entry.kind === "person" ? (entry.holder ?? null) : null,
    standing,
    active_until: entry.kind === "person" ? (entry.activeUntil ?? null) : null,
    name,
    name_order: folded(name),
    name_words: nameWords(name),
    entry_json: JSON.stringify(entry),
  };
  await tx
    .insertInto("directory_entry")
    .values({ source, kind: entry.kind, key: entry.key, ...content })
    .onConflict(conflict => conflict.columns(["source", "kind", "key"]).doUpdateSet(content))
    .execute();
  if (entry.kind === "group") await saveMembers(tx, source, entry);
  else await saveWords(tx, source, entry);
}

/**
 * The source does not bring this entry any more. A group is deleted; a person stays, gone, so that who has left is refused and
 * not merely unknown.
 */
export async function loseEntry(
  tx: Writing,
  source: string,
  { kind, key }: Pick<DirectoryEntry, "kind" | "key">,
): Promise<void> {
  if (kind === "group") await deleteGroup(tx, source, key);
  else
    await tx
      .updateTable("directory_entry")
      .set({ standing: "gone" })
      .where("source", "=", source)
      .where("kind", "=", "person")
      .where("key", "=", key)
      .execute();
}

/** Disables persons whose account has ended since; answers how many. */
export async function disableEnded(tx: Writing, now: number): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable("directory_entry")
    .set({ standing: "disabled" })
    .where("standing", "=", "active")
    .where("active_until", "<=", now)
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}

/** True where an account has ended that is not disabled yet. */
export async function anyEnded(db: Db, now: number): Promise<boolean> {
  const row = await db
    .selectFrom("directory_entry")
    .select("key")
    .where("standing", "=", "active")
    .where("active_until", "<=", now)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** A person or group as this source brings, or last brought, it. */
export async function entryOf(
  db: Db,
  source: string,
  kind: DirectoryEntry["kind"],
  key: string,
): Promise<{ readonly entry: DirectoryEntry; readonly standing: EntryStanding } | undefined> {
  const row = await db
    .selectFrom("directory_entry")
    .select(["entry_json", "standing"])
    .where("source", "=", source)
    .where("kind", "=", kind)
    .where("key", "=", key)
    .executeTakeFirst();
  return row && { entry: directoryEntry.parse(JSON.parse(row.entry_json)), standing: row.standing };
}

/** Everything that a source brings, gone persons too, in the order of its keys. For sources kept in the console. */
export async function entriesOfSource(
  db: Db,
  source: string,
): Promise<readonly { readonly entry: DirectoryEntry; readonly standing: EntryStanding }[]> {
  const rows = await db
    .selectFrom("directory_entry")
    .select(["entry_json", "standing"])
    .where("source", "=", source)
    .orderBy("kind")
    .orderBy("key")
    .execute();
  return rows.map(({ entry_json, standing }) => ({ entry: directoryEntry.parse(JSON.parse(entry_json)), standing }));
}

export async function countPersons(db: Db, source: string): Promise<number> {
  const row = await db
    .selectFrom("directory_entry")
    .select(one => one.fn.countAll<number>().as("count"))
    .where("source", "=", source)
    .where("kind", "=", "person")
    .where("standing", "!=", "gone")
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Every entry that is this holder's, by his identifier or one that is an alias of his. Groups have no holder. */
export async function personsOfHolder(db: Db, holder: string): Promise<readonly KnownPerson[]> {
  const aliases = await db.selectFrom("holder_alias").select("identifier").where("holder", "=", holder).execute();
  const rows = await db
    .selectFrom("directory_entry")
    .select(["source", "standing", "entry_json"])
    .where("holder", "in", [holder, ...aliases.map(({ identifier }) => identifier)])
    .orderBy("source")
    .orderBy("key")
    .execute();
  return rows.flatMap(({ source, standing, entry_json }) => {
    const person = directoryEntry.parse(JSON.parse(entry_json));
    return person.kind === "person" ? [{ source, standing, person }] : [];
  });
}

/** Whom a reference of a source names, where it is a person. */
export async function personOfReference(db: Db, source: string, reference: string): Promise<KnownPerson | undefined> {
  const row = await db
    .selectFrom("directory_entry")
    .select(["standing", "entry_json"])
    .where("source", "=", source)
    .where("reference", "=", reference)
    .where("kind", "=", "person")
    .executeTakeFirst();
  const person = row && directoryEntry.parse(JSON.parse(row.entry_json));
  return row === undefined || person?.kind !== "person" ? undefined : { source, standing: row.standing, person };
}

/** The names of a person's groups in his source, those too that a group gives by being in another one. Circles end where they began. */
export async function groupsOfPerson(
  db: Db,
  source: string,
  { reference, groups = [] }: Pick<DirectoryPerson, "reference" | "groups">,
): Promise<readonly string[]> {
  const own = [reference, ...groups].map(one => sql`SELECT CAST(${one} AS TEXT)`);
  const found = await sql<{ name: string }>`
    WITH RECURSIVE held(reference) AS (
      SELECT * FROM (${sql.join(own, sql` UNION ALL `)}) AS own
      UNION
      SELECT entry.reference FROM held
        JOIN directory_member AS member ON member.source = ${source} AND member.member = held.reference
        JOIN directory_entry AS entry
          ON entry.source = member.source AND entry.kind = 'group' AND entry.key = member.group_key
    )
    SELECT DISTINCT entry.name AS name FROM held
      JOIN directory_entry AS entry
        ON entry.source = ${source} AND entry.reference = held.reference AND entry.kind = 'group'
      ORDER BY entry.name
  `.execute(db);
  return found.rows.map(({ name }) => name);
}

/** Sources that have entries. */
export async function sourcesWithEntries(db: Db): Promise<readonly string[]> {
  const rows = await db.selectFrom("directory_entry").select("source").distinct().orderBy("source").execute();
  return rows.map(({ source }) => source);
}

/** Deletes a portion of a source's entries, whatever they are; true while there are more. */
export async function deletePortion(tx: Writing, source: string): Promise<boolean> {
  const rows = await tx
    .selectFrom("directory_entry")
    .select(["kind", "key"])
    .where("source", "=", source)
    .limit(rowsAtOnce)
    .execute();
  for (const { kind, key } of rows) {
    if (kind === "group") await deleteGroup(tx, source, key);
    else await deletePerson(tx, source, key);
  }
  return rows.length === rowsAtOnce;
}

async function saveMembers(tx: Writing, source: string, { key: group_key, members }: DirectoryGroup): Promise<void> {
  const known = await tx
    .selectFrom("directory_member")
    .select("member")
    .where("source", "=", source)
    .where("group_key", "=", group_key)
    .execute();
  const before = new Set(known.map(({ member }) => member));
  const after = new Set(members);
  const left = [...before].filter(member => !after.has(member));
  const rows = [...after].filter(member => !before.has(member)).map(member => ({ source, group_key, member }));
  for (const some of portionsOf(left))
    await tx
      .deleteFrom("directory_member")
      .where("source", "=", source)
      .where("group_key", "=", group_key)
      .where("member", "in", some)
      .execute();
  for (const some of portionsOf(rows)) await tx.insertInto("directory_member").values(some).execute();
}

async function saveWords(tx: Writing, source: string, person: DirectoryPerson): Promise<void> {
  const { key } = person;
  await tx.deleteFrom("directory_word").where("source", "=", source).where("key", "=", key).execute();
  const rows = searchWords(person).map(word => ({ source, key, word }));
  if (rows.length > 0) await tx.insertInto("directory_word").values(rows).execute();
}

async function deleteGroup(tx: Writing, source: string, key: string): Promise<void> {
  await tx.deleteFrom("directory_member").where("source", "=", source).where("group_key", "=", key).execute();
  await deleteEntry(tx, source, "group", key);
}

async function deletePerson(tx: Writing, source: string, key: string): Promise<void> {
  await tx.deleteFrom("directory_word").where("source", "=", source).where("key", "=", key).execute();
  await deleteEntry(tx, source, "person", key);
}

async function deleteEntry(tx: Writing, source: string, kind: "person" | "group", key: string): Promise<void> {
  await tx
    .deleteFrom("directory_entry")
    .where("source", "=", source)
    .where("kind", "=", kind)
    .where("key", "=", key)
    .execute();
}

function* portionsOf<Row>(rows: readonly Row[]): Generator<readonly Row[]> {
  for (let at = 0; at < rows.length; at += rowsAtOnce) yield rows.slice(at, at + rowsAtOnce);
}
