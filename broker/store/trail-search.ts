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
  const span = await spanOf(db, filter);
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
  if (span.after !== undefined) query = query.where("trail_index.sequence", ">", span.after);
  if (span.before !== undefined) query = query.where("trail_index.sequence", "<", span.before);
  const rows = await query.orderBy("trail_index.sequence", "desc").limit(most).execute();
  return rows.map(({ sequence, text, hash, name }) => ({
    sequence,
    hash,
    record: JSON.parse(text) as TrailRecord,
    workstationName: name,
  }));
}

/** Records stand in the order of their times, but for clocks that were put right meanwhile: none by more than a day. */
const clockSlackMs = 24 * 3_600_000;

/**
 * Between which numbers the records of these times are, both excluded, so that nobody walks over a million others to find them: after one
 * that is older by more than the slack, and before one that is newer by more. Where there is none, there is no bound.
 */
async function spanOf(
  db: Kysely<Schema>,
  { from, to }: TrailFilter,
): Promise<{ readonly after?: number | undefined; readonly before?: number | undefined }> {
  const numbers = db.selectFrom("trail_index").select("sequence").limit(1);
  const older =
    from === undefined
      ? undefined
      : await numbers
          .where("at", "<", from - clockSlackMs)
          .orderBy("at", "desc")
          .executeTakeFirst();
  const newer =
    to === undefined
      ? undefined
      : await numbers
          .where("at", ">", to + clockSlackMs)
          .orderBy("at")
          .executeTakeFirst();
  return { after: older?.sequence, before: newer?.sequence };
}
