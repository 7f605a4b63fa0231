import type { Kysely } from "kysely";
import type { Schema } from "./schema.ts";

/** Every identifier of a person that the store names outside of the trail. */
export async function knownIdentifiers(db: Kysely<Schema>): Promise<string[]> {
  const rows = await db
    .selectFrom("directory_entry")
    .select("holder as identifier")
    .union(db.selectFrom("holder_alias").select("identifier"))
    .union(db.selectFrom("holder_alias").select("holder as identifier"))
    .union(db.selectFrom("known_holder").select("holder as identifier"))
    .union(db.selectFrom("fallback").select("holder as identifier"))
    .union(db.selectFrom("break_glass").select("holder as identifier"))
    .union(db.selectFrom("lost_card").select("holder as identifier"))
    .union(db.selectFrom("session").select("holder as identifier"))
    .execute();
  return rows.flatMap(({ identifier }) => (identifier === null ? [] : [identifier]));
}
