import type { Db, Writing } from "./store.ts";

/** What the holder has registered changed: he has to be told, whoever did it. */
export async function noteFactorChange(tx: Writing, holder: string, at: number): Promise<void> {
  await tx
    .insertInto("second_factor_notice")
    .values({ holder, at, told_at: null })
    .onConflict(conflict => conflict.column("holder").doUpdateSet({ at, told_at: null }))
    .execute();
}

/** With a sign-in by card at this moment, once. */
export async function tellOfFactorChange(tx: Writing, holder: string, at: number): Promise<void> {
  await tx
    .updateTable("second_factor_notice")
    .set({ told_at: at })
    .where("holder", "=", holder)
    .where("told_at", "is", null)
    .execute();
}

/** When it changed, where the holder is told of it with the sign-in of this moment. */
export async function factorChangeToldAt(db: Db, holder: string, at: number): Promise<number | undefined> {
  const told = await db
    .selectFrom("second_factor_notice")
    .select("at")
    .where("holder", "=", holder)
    .where("told_at", "=", at)
    .executeTakeFirst();
  return told?.at;
}
