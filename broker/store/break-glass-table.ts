import type { Selectable } from "kysely";
import type { BreakGlass } from "../../core/break-glass/break-glass.ts";
import type { Schema } from "./schema.ts";
import type { Db, Writing } from "./store.ts";

/** How long one that was reviewed is kept for the console, milliseconds; the trail keeps it for ever. */
export const reviewedGlassMs = 365 * 24 * 3_600_000;

export async function addGlass(tx: Writing, glass: BreakGlass): Promise<void> {
  await tx
    .insertInto("break_glass")
    .values({ ...rowOf(glass), overdue_at: null })
    .execute();
}

export async function saveGlass(tx: Writing, glass: BreakGlass): Promise<void> {
  const { id, ...row } = rowOf(glass);
  await tx.updateTable("break_glass").set(row).where("id", "=", id).execute();
}

export async function glassById(db: Db, id: string): Promise<BreakGlass | undefined> {
  const row = await db.selectFrom("break_glass").selectAll().where("id", "=", id).executeTakeFirst();
  return row === undefined ? undefined : read(row);
}

export async function openGlasses(db: Db): Promise<readonly BreakGlass[]> {
  const rows = await db
    .selectFrom("break_glass")
    .selectAll()
    .where("ended_at", "is", null)
    .orderBy("opened_at", "desc")
    .execute();
  return rows.map(read);
}

/** Those that are not reviewed, and those that were reviewed since; the newest first. */
export async function glassesSince(db: Db, since: number, most: number): Promise<readonly BreakGlass[]> {
  const rows = await db
    .selectFrom("break_glass")
    .selectAll()
    .where(where => where.or([where("reviewed_at", "is", null), where("reviewed_at", ">", since)]))
    .orderBy("opened_at", "desc")
    .limit(most)
    .execute();
  return rows.map(read);
}

/** How many this holder has broken, and how many were broken at this place, since. */
export async function countGlasses(
  db: Db,
  by: { readonly holder: string } | { readonly place: string },
  since: number,
): Promise<number> {
  const [column, value] = "holder" in by ? (["holder", by.holder] as const) : (["place", by.place] as const);
  const { count } = await db
    .selectFrom("break_glass")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where(column, "=", value)
    .where("opened_at", ">", since)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Those that ended before and wait for a review, nobody having been alarmed. */
export async function overdueGlasses(db: Db, endedBefore: number): Promise<readonly BreakGlass[]> {
  const rows = await db
    .selectFrom("break_glass")
    .selectAll()
    .where("ended_at", "<=", endedBefore)
    .where("reviewed_at", "is", null)
    .where("overdue_at", "is", null)
    .execute();
  return rows.map(read);
}

export async function markOverdue(tx: Writing, id: string, at: number): Promise<void> {
  await tx.updateTable("break_glass").set({ overdue_at: at }).where("id", "=", id).execute();
}

/** For a monitor: how many are open, wait for a review, and wait for it since before. */
export async function glassCounts(
  db: Db,
  dueBefore: number,
): Promise<{ readonly open: number; readonly due: number; readonly overdue: number }> {
  const rows = await db.selectFrom("break_glass").select("ended_at").where("reviewed_at", "is", null).execute();
  const ended = rows.flatMap(({ ended_at }) => (ended_at === null ? [] : [ended_at]));
  const overdue = ended.filter(at => at <= dueBefore).length;
  return { open: rows.length - ended.length, due: ended.length - overdue, overdue };
}

/** Opening the same application by it again is the same. */
export async function rememberGlassLaunch(tx: Writing, glass: string, application: string, at: number): Promise<void> {
  await tx
    .insertInto("break_glass_launch")
    .values({ break_glass: glass, application, at })
    .onConflict(conflict => conflict.columns(["break_glass", "application"]).doNothing())
    .execute();
}

/** What was opened by it, in the order of its first opening. */
export async function launchesOfGlass(
  db: Db,
  glass: string,
): Promise<readonly { readonly application: string; readonly at: number }[]> {
  return db
    .selectFrom("break_glass_launch")
    .select(["application", "at"])
    .where("break_glass", "=", glass)
    .orderBy("at")
    .execute();
}

export async function isGlassLaunch(db: Db, glass: string, application: string): Promise<boolean> {
  return (await launchesOfGlass(db, glass)).some(launch => launch.application === application);
}

export async function forgetReviewedGlasses(tx: Writing, now: number): Promise<void> {
  const old = tx
    .selectFrom("break_glass")
    .select("id")
    .where("reviewed_at", "<=", now - reviewedGlassMs);
  await tx.deleteFrom("break_glass_launch").where("break_glass", "in", old).execute();
  await tx
    .deleteFrom("break_glass")
    .where("reviewed_at", "<=", now - reviewedGlassMs)
    .execute();
}

function read({ glass_json }: Selectable<Schema["break_glass"]>): BreakGlass {
  return JSON.parse(glass_json) as BreakGlass;
}

function rowOf(glass: BreakGlass) {
  return {
    id: glass.id,
    holder: glass.holder.id,
    place: glass.place,
    glass_json: JSON.stringify(glass),
    opened_at: glass.openedAt,
    ended_at: glass.state === "open" ? null : glass.endedAt,
    reviewed_at: glass.state === "reviewed" ? glass.review.at : null,
  };
}
