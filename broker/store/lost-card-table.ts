import type { Db, Writing } from "./store.ts";

export interface LostCard {
  /** PS_IdNat. */
  readonly holder: string;
  /** Certificates that were valid from before this are refused, milliseconds since 1970. */
  readonly reportedAt: number;
  /** PS_IdNat of who took the report. */
  readonly by: string;
  readonly reason: string;
}

/** A later report counts for the cards of the meantime, too. */
export async function reportLost(tx: Writing, { holder, reportedAt, by, reason }: LostCard): Promise<void> {
  const content = { reported_at: reportedAt, by_holder: by, reason };
  await tx
    .insertInto("lost_card")
    .values({ holder, ...content })
    .onConflict(conflict => conflict.column("holder").doUpdateSet(content))
    .execute();
}

/** True where there was a report. */
export async function withdrawLoss(tx: Writing, holder: string): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom("lost_card").where("holder", "=", holder).executeTakeFirst();
  return numDeletedRows > 0n;
}

/** When the holder's cards were reported lost. */
export async function lostSince(db: Db, holder: string): Promise<number | undefined> {
  const row = await db.selectFrom("lost_card").select("reported_at").where("holder", "=", holder).executeTakeFirst();
  return row?.reported_at;
}

export async function lostCards(db: Db): Promise<readonly LostCard[]> {
  const rows = await db.selectFrom("lost_card").selectAll().orderBy("reported_at", "desc").execute();
  return rows.map(({ holder, reported_at: reportedAt, by_holder: by, reason }) => ({ holder, reportedAt, by, reason }));
}
