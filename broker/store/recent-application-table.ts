import type { Db, Writing } from "./store.ts";

/** How many are kept of one holder at one place. */
const most = 8;

/** Which applications a holder opened last at a place, with the time, milliseconds since 1970. */
export async function recentApplications(db: Db, holder: string, place: string): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom("recent_application")
    .select(["application", "at"])
    .where("holder", "=", holder)
    .where("place", "=", place)
    .execute();
  return new Map(rows.map(({ application, at }) => [application, at]));
}

export async function rememberApplication(
  tx: Writing,
  { holder, place, application, at }: { holder: string; place: string; application: string; at: number },
): Promise<void> {
  await tx
    .insertInto("recent_application")
    .values({ holder, place, application, at })
    .onConflict(conflict => conflict.columns(["holder", "place", "application"]).doUpdateSet({ at }))
    .execute();
  const known = await tx
    .selectFrom("recent_application")
    .select("application")
    .where("holder", "=", holder)
    .where("place", "=", place)
    .orderBy("at", "desc")
    .execute();
  const old = known.slice(most).map(row => row.application);
  if (old.length === 0) return;
  await tx
    .deleteFrom("recent_application")
    .where("holder", "=", holder)
    .where("place", "=", place)
    .where("application", "in", old)
    .execute();
}
