import { containing } from "./containing.ts";
import type { Schema } from "./schema.ts";
import type { Db } from "./store.ts";

/** The first workstations by name of those whose name contains `search`, in one place or in all, and how many there are. */
export async function listWorkstations(
  db: Db,
  search: string,
  most: number,
  place?: string,
): Promise<{ count: number; listed: readonly Schema["workstation"][] }> {
  const named = db.selectFrom("workstation").where(containing("name", search));
  const found = place === undefined ? named : named.where("place", "=", place);
  const { count } = await found.select(({ fn }) => fn.countAll<number>().as("count")).executeTakeFirstOrThrow();
  return { count, listed: await found.selectAll().orderBy("name").limit(most).execute() };
}

/** How many workstations stand in each place that has some. */
export async function workstationCounts(db: Db): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom("workstation")
    .select(({ fn }) => ["place", fn.countAll<number>().as("count")])
    .groupBy("place")
    .execute();
  return new Map(rows.map(({ place, count }) => [place, Number(count)]));
}

/** Of these workstations, by identifier. */
export async function namedWorkstations(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly name: string; readonly place: string }>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom("workstation").select(["id", "name", "place"]).where("id", "in", ids).execute();
  return new Map(rows.map(({ id, name, place }) => [id, { name, place }]));
}
