import type { Selectable } from "kysely";
import { type Fallback, isLiving } from "../../core/fallback/fallback.ts";
import type { Schema } from "./schema.ts";
import type { Db, Writing } from "./store.ts";

/** How long one that has ended is kept for the console, milliseconds; the trail keeps it for ever. */
export const endedFallbackMs = 30 * 24 * 3_600_000;

/** A temporary access as the store has it. */
export interface KeptFallback {
  readonly fallback: Fallback;
  /** By what its holder may call himself, as they are compared. */
  readonly names: readonly string[];
  /** PHC string; absent before the issue and after the end. */
  readonly passwordHash: string | undefined;
}

export async function addFallback(tx: Writing, fallback: Fallback, names: readonly string[]): Promise<void> {
  await tx
    .insertInto("fallback")
    .values({ ...rowOf(fallback), names_json: JSON.stringify(names), password_hash: null, told_at: null })
    .execute();
}

/** What has ended for good has no password any more. */
export async function saveFallback(tx: Writing, fallback: Fallback, passwordHash?: string): Promise<void> {
  const { id, ...row } = rowOf(fallback);
  const password = isLiving(fallback)
    ? passwordHash === undefined
      ? {}
      : { password_hash: passwordHash }
    : { password_hash: null };
  await tx
    .updateTable("fallback")
    .set({ ...row, ...password })
    .where("id", "=", id)
    .execute();
}

export async function fallbackById(db: Db, id: string): Promise<KeptFallback | undefined> {
  const row = await db.selectFrom("fallback").selectAll().where("id", "=", id).executeTakeFirst();
  return row === undefined ? undefined : read(row);
}

/** The one that the holder has, or that is being asked for. */
export async function livingFallbackOf(db: Db, holder: string): Promise<KeptFallback | undefined> {
  const row = await db
    .selectFrom("fallback")
    .selectAll()
    .where("holder", "=", holder)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return row === undefined ? undefined : read(row);
}

export async function livingFallbacks(db: Db): Promise<readonly KeptFallback[]> {
  const rows = await db.selectFrom("fallback").selectAll().where("ended_at", "is", null).execute();
  return rows.map(read);
}

/** The living ones, and those that have ended since; the newest first. */
export async function fallbacksSince(db: Db, since: number, most: number): Promise<readonly Fallback[]> {
  const rows = await db
    .selectFrom("fallback")
    .selectAll()
    .where(where => where.or([where("ended_at", "is", null), where("ended_at", ">", since)]))
    .orderBy("requested_at", "desc")
    .limit(most)
    .execute();
  return rows.map(row => read(row).fallback);
}

export async function forgetEndedFallbacks(tx: Writing, now: number): Promise<void> {
  await tx
    .deleteFrom("fallback")
    .where("ended_at", "<=", now - endedFallbackMs)
    .execute();
}

/** The holder's card is back: what was issued in his name counts as told with the sign-in at `now`. */
export async function tellOfFallbacks(tx: Writing, holder: string, now: number): Promise<void> {
  await tx
    .updateTable("fallback")
    .set({ told_at: now })
    .where("holder", "=", holder)
    .where("issued_at", "is not", null)
    .where("told_at", "is", null)
    .execute();
}

/** The newest access that was told with the holder's sign-in at `at`. */
export async function fallbackToldAt(
  db: Db,
  holder: string,
  at: number,
): Promise<{ readonly issuedAt: number; readonly by: string } | undefined> {
  const row = await db
    .selectFrom("fallback")
    .select(["issued_at", "fallback_json"])
    .where("holder", "=", holder)
    .where("told_at", "=", at)
    .orderBy("issued_at", "desc")
    .executeTakeFirst();
  if (row === undefined || row.issued_at === null) return undefined;
  return { issuedAt: row.issued_at, by: (JSON.parse(row.fallback_json) as Fallback).requestedBy };
}

/** To whom accesses were issued since then, and when last; the most first. */
export async function issuedByHolder(
  db: Db,
  since: number,
  most: number,
): Promise<readonly { readonly holder: string; readonly issued: number; readonly lastAt: number }[]> {
  const rows = await db
    .selectFrom("fallback")
    .where("issued_at", ">", since)
    .select(({ fn }) => ["holder", fn.countAll<number>().as("issued"), fn.max("issued_at").as("last_at")])
    .groupBy("holder")
    .orderBy("issued", "desc")
    .orderBy("last_at", "desc")
    .limit(most)
    .execute();
  return rows.map(({ holder, issued, last_at }) => ({ holder, issued: Number(issued), lastAt: Number(last_at) }));
}

/** The holder's, the newest first. */
export async function fallbacksOfHolder(db: Db, holder: string, most: number): Promise<readonly Fallback[]> {
  const rows = await db
    .selectFrom("fallback")
    .selectAll()
    .where("holder", "=", holder)
    .orderBy("requested_at", "desc")
    .limit(most)
    .execute();
  return rows.map(row => read(row).fallback);
}

function read({ fallback_json, names_json, password_hash }: Selectable<Schema["fallback"]>): KeptFallback {
  return {
    fallback: JSON.parse(fallback_json) as Fallback,
    names: JSON.parse(names_json) as string[],
    passwordHash: password_hash ?? undefined,
  };
}

/** When it was issued stays, whatever becomes of it. */
function rowOf(fallback: Fallback) {
  return {
    id: fallback.id,
    holder: fallback.holder.id,
    fallback_json: JSON.stringify(fallback),
    requested_at: fallback.requestedAt,
    ended_at: isLiving(fallback) ? null : fallback.endedAt,
    ...("issuedAt" in fallback ? { issued_at: fallback.issuedAt } : {}),
  };
}
