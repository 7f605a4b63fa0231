import { containing } from "./containing.ts";
import type { Schema } from "./schema.ts";
import type { Db } from "./store.ts";

/** The first workstations by name of those whose name contains `search`, and how many there are. */
export async function listWorkstations(
  db: Db,
  search: string,
  most: number,
): Promise<{ count: number; listed: readonly Schema["workstation"][] }> {
  const found = db.selectFrom("workstation").where(containing("name", search));
  const { count } = await found.select(({ fn }) => fn.countAll<number>().as("count")).executeTakeFirstOrThrow();
  return { count, listed: await found.selectAll().orderBy("name").limit(most).execute() };
}
