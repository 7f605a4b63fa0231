import type { Kysely } from "kysely";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import type { Schema } from "./schema.ts";
import type { Store } from "./store.ts";
import { indexTrail, mostIndexedAtOnce } from "./trail-index-table.ts";

export interface TrailFilter {
  /** PS_IdNat: whom it is about, or who did it. */
  readonly holder?: string | undefined;
  /** Identifier or name. */
  readonly workstation?: string | undefined;
  readonly application?: string | undefined;
  readonly act?: string | undefined;
  /** The beginnings of acts, one of which fits. */
  readonly actsBeginning?: readonly string[] | undefined;
  /** Milliseconds since 1970, the first and the last. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Only records before this number. */
  readonly before?: number | undefined;
}

export interface FoundRecord {
  readonly sequence: number;
  readonly hash: string;
  readonly record: TrailRecord;
  readonly workstationName: string | null;
}

/** The newest records that fit, at most so many; everything that was recorded before the call is found. */
export async function searchTrail(store: Store, filter: TrailFilter, most: number): Promise<FoundRecord[]> {
  while ((await store.write(indexTrail)) === mostIndexedAtOnce);
  const { holder } = filter;
  return searchIndex(store.db, filter, holder === undefined ? [] : store.identifiers.allOf(holder), most);
}

/** `persons`: what may stand in the trail for the holder that is looked for. */
async function searchIndex(
  db: Kysely<Schema>,
  filter: TrailFilter,
  persons: readonly string[],
  most: number,
): Promise<FoundRecord[]> {
  const { workstation, application, act, actsBeginning, from, to, before } = filter;
  let query = db
    .selectFrom("trail_index")
    .innerJoin("trail_record", "trail_record.sequence", "trail_index.sequence")
    .leftJoin("workstation", "workstation.id", "trail_index.workstation")
    .select(["trail_record.sequence", "trail_record.text", "trail_record.hash", "workstation.name"]);
  if (persons.length > 0)
    query = query.where(at =>
      at.or([at("trail_index.holder", "in", persons), at("trail_index.by_holder", "in", persons)]),
    );
  if (workstation !== undefined) {
    const named = db.selectFrom("workstation").select("id").where("name", "=", workstation);
    query = query.where(at =>
      at.or([at("trail_index.workstation", "=", workstation), at("trail_index.workstation", "in", named)]),
    );
  }
  if (application !== undefined) query = query.where("trail_index.application", "=", application);
  if (act !== undefined) query = query.where("trail_index.act", "=", act);
  if (actsBeginning !== undefined)
    query = query.where(at => at.or(actsBeginning.map(begin => at("trail_index.act", "like", `${begin}%`))));
  if (from !== undefined) query = query.where("trail_index.at", ">=", from);
  if (to !== undefined) query = query.where("trail_index.at", "<=", to);
  if (before !== undefined) query = query.where("trail_index.sequence", "<", before);
  const rows = await query.orderBy("trail_index.sequence", "desc").limit(most).execute();
  return rows.map(({ sequence, text, hash, name }) => ({
    sequence,
    hash,
    record: JSON.parse(text) as TrailRecord,
    workstationName: name,
  }));
}
