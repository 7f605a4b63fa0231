import { sql } from "kysely";
import type { Db } from "./store.ts";

/**
 * Identifiers by which entries stand that do not fit together, in order: two in one source, or different names or standing. The
 * index by holder answers it alone.
 */
export async function identifiersInConflict(db: Db, most: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("directory_entry")
    .select("holder")
    .where("holder", "is not", null)
    .where("standing", "!=", "gone")
    .groupBy("holder")
    .having(
      sql<boolean>`count(*) > count(distinct source) or min(standing) <> max(standing) or min(name_words) <> max(name_words)`,
    )
    .orderBy("holder")
    .limit(most)
    .execute();
  return rows.flatMap(({ holder }) => holder ?? []);
}
