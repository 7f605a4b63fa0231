import type { Db, Writing } from "./store.ts";

export interface ChosenActivity {
  readonly holder: string;
  readonly place: string;
  /** Its identifier. */
  readonly activity: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** One for each holder and place: the latest. */
export async function rememberChosenActivity(tx: Writing, { holder, place, ...chosen }: ChosenActivity): Promise<void> {
  await tx
    .insertInto("chosen_activity")
    .values({ holder, place, ...chosen })
    .onConflict(conflict => conflict.columns(["holder", "place"]).doUpdateSet(chosen))
    .execute();
}

/** The identifier of what he chose last at this place. */
export async function activityChosenAt(db: Db | Writing, holder: string, place: string): Promise<string | undefined> {
  const row = await db
    .selectFrom("chosen_activity")
    .select("activity")
    .where("holder", "=", holder)
    .where("place", "=", place)
    .executeTakeFirst();
  return row?.activity;
}

/** The identifier of what he chose last, at whatever place. */
export async function activityChosenLast(db: Db, holder: string): Promise<string | undefined> {
  const row = await db
    .selectFrom("chosen_activity")
    .select("activity")
    .where("holder", "=", holder)
    .orderBy("at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.activity;
}
