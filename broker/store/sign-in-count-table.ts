import type { WatchedStage } from "../../core/session/watched-stages.ts";
import type { Db, Writing } from "./store.ts";

/** How long the days of each workstation are kept: what is slow now is looked for, not what was slow once. */
export const workstationDays = 7;

export interface StageCount {
  readonly day: string;
  readonly place: string;
  readonly stage: WatchedStage;
  readonly class: number;
  readonly count: number;
}

export interface WorkstationStageCount {
  readonly day: string;
  readonly workstation: string;
  readonly class: number;
  readonly count: number;
}

export interface SignInCount {
  readonly day: string;
  readonly hour: number;
  readonly place: string;
  readonly means: string;
  readonly count: number;
}

/** Several brokers on one store add to the same rows. */
export async function addStageCount(tx: Writing, row: StageCount): Promise<void> {
  await tx
    .insertInto("stage_count")
    .values(row)
    .onConflict(conflict =>
      conflict
        .columns(["day", "place", "stage", "class"])
        .doUpdateSet(({ eb }) => ({ count: eb("stage_count.count", "+", row.count) })),
    )
    .execute();
}

export async function addWorkstationStageCount(tx: Writing, row: WorkstationStageCount): Promise<void> {
  await tx
    .insertInto("workstation_stage_count")
    .values(row)
    .onConflict(conflict =>
      conflict
        .columns(["day", "workstation", "class"])
        .doUpdateSet(({ eb }) => ({ count: eb("workstation_stage_count.count", "+", row.count) })),
    )
    .execute();
}

export async function addSignInCount(tx: Writing, row: SignInCount): Promise<void> {
  await tx
    .insertInto("sign_in_count")
    .values(row)
    .onConflict(conflict =>
      conflict
        .columns(["day", "hour", "place", "means"])
        .doUpdateSet(({ eb }) => ({ count: eb("sign_in_count.count", "+", row.count) })),
    )
    .execute();
}

/** `day`, `workstationDay`: the first that is kept. */
export async function forgetOldCounts(tx: Writing, day: string, workstationDay: string): Promise<void> {
  await tx.deleteFrom("stage_count").where("day", "<", day).execute();
  await tx.deleteFrom("sign_in_count").where("day", "<", day).execute();
  await tx.deleteFrom("workstation_stage_count").where("day", "<", workstationDay).execute();
}

/** Where and since when is counted. */
export interface CountedWhere {
  /** The first day. */
  readonly since: string;
  /** Absent: everywhere. */
  readonly places?: readonly string[] | undefined;
}

/** By stage and class. */
export async function stageTotals(db: Db, { since, places }: CountedWhere) {
  const all = db.selectFrom("stage_count").where("day", ">=", since);
  const rows = await (places === undefined ? all : all.where("place", "in", places))
    .select(({ fn }) => ["stage", "class", fn.sum<number>("count").as("count")])
    .groupBy(["stage", "class"])
    .execute();
  return rows.map(({ stage, class: number, count }) => ({ key: stage, class: Number(number), count: Number(count) }));
}

/** One stage's, by place or day, and class. */
export async function stageTotalsBy(db: Db, stage: string, by: "place" | "day", { since, places }: CountedWhere) {
  const all = db.selectFrom("stage_count").where("stage", "=", stage).where("day", ">=", since);
  const rows = await (places === undefined ? all : all.where("place", "in", places))
    .select(({ fn }) => [`${by} as key`, "class", fn.sum<number>("count").as("count")])
    .groupBy([by, "class"])
    .execute();
  return rows.map(({ key, class: number, count }) => ({ key, class: Number(number), count: Number(count) }));
}

/** By workstation and class, of those that stand in these places. */
export async function workstationTotals(db: Db, { since, places }: CountedWhere) {
  const all = db
    .selectFrom("workstation_stage_count as counted")
    .innerJoin("workstation", "workstation.id", "counted.workstation")
    .where("counted.day", ">=", since);
  const rows = await (places === undefined ? all : all.where("workstation.place", "in", places))
    .select(({ fn }) => ["workstation.id as key", "counted.class", fn.sum<number>("counted.count").as("count")])
    .groupBy(["workstation.id", "counted.class"])
    .execute();
  return rows.map(({ key, class: number, count }) => ({ key, class: Number(number), count: Number(count) }));
}

/** Sign-ins by place and means. */
export async function signInsByPlace(db: Db, since: string) {
  const rows = await db
    .selectFrom("sign_in_count")
    .where("day", ">=", since)
    .select(({ fn }) => ["place", "means", fn.sum<number>("count").as("count")])
    .groupBy(["place", "means"])
    .execute();
  return rows.map(({ place, means, count }) => ({ place, means, count: Number(count) }));
}

/** Sign-ins by hour of the day. */
export async function signInsByHour(db: Db, { since, places }: CountedWhere) {
  const all = db.selectFrom("sign_in_count").where("day", ">=", since);
  const rows = await (places === undefined ? all : all.where("place", "in", places))
    .select(({ fn }) => ["hour", fn.sum<number>("count").as("count")])
    .groupBy("hour")
    .execute();
  return rows.map(({ hour, count }) => ({ hour: Number(hour), count: Number(count) }));
}
