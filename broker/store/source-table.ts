import type { Db, Writing } from "./store.ts";

/** Addresses with the JSON of their state. */
export type SourceRow = { readonly address: string; readonly json: string };

export async function saveSource(tx: Writing, { address, json }: SourceRow): Promise<void> {
  await tx
    .insertInto("revocation_source")
    .values({ address, state_json: json })
    .onConflict(conflict => conflict.column("address").doUpdateSet({ state_json: json }))
    .execute();
}

export async function deleteSource(tx: Writing, address: string): Promise<void> {
  await tx.deleteFrom("revocation_source").where("address", "=", address).execute();
}

export async function sourceRows(db: Db): Promise<readonly SourceRow[]> {
  const rows = await db.selectFrom("revocation_source").selectAll().orderBy("address").execute();
  return rows.map(({ address, state_json: json }) => ({ address, json }));
}
