import { z } from "zod";
import { allSecondFactors, type SecondFactor } from "../../core/second-factor/second-factor.ts";
import type { ActivityRoles } from "../../core/session/activity.ts";
import { allMeans } from "../../core/session/means.ts";
import type { SessionHolder } from "../../core/session/session.ts";
import type { Db, Writing } from "./store.ts";
import { sha256 } from "./trail-table.ts";

/** How long it is kept who was shown a portal, in milliseconds. */
export const recentPortalMs = 24 * 3_600_000;

const written = z.object({
  holder: z.object({
    id: z.string(),
    profession: z.string(),
    professionCode: z.number().optional(),
    speciality: z.string().optional(),
    structure: z.string().optional(),
    cardFamily: z.string().optional(),
  }),
  means: z.enum(allMeans),
  secondFactor: z.enum(allSecondFactors).optional(),
  place: z.string(),
  workstation: z.object({ id: z.string(), name: z.string() }),
  activity: z
    .object({
      id: z.string(),
      profession: z.string().optional(),
      speciality: z.string().optional(),
      structure: z.string().optional(),
    })
    .optional(),
});

/** Facts of the holder that policies look at, no name; where, and by which means. */
export interface RecentPortal {
  readonly holder: Omit<SessionHolder, "displayName">;
  readonly means: (typeof allMeans)[number];
  /** Beside the means; absent: one proof was enough. */
  readonly secondFactor?: SecondFactor | undefined;
  readonly place: string;
  readonly workstation: { readonly id: string; readonly name: string };
  /** What of the activity chosen policies look at. */
  readonly activity?: ActivityRoles | undefined;
  /** The latest time, milliseconds since 1970. */
  readonly at: number;
}

/** Keeps one row for the same holder, place, workstation and means. Those of yesterday are forgotten beside the way of a person who waits. */
export async function rememberPortal(tx: Writing, { at, ...question }: RecentPortal): Promise<void> {
  // Only what the schema names is kept.
  const question_json = JSON.stringify(written.parse(question));
  const question_hash = Buffer.from(sha256(Buffer.from(question_json))).toString("base64url");
  await tx
    .insertInto("recent_portal")
    .values({ question_hash, question_json, at })
    .onConflict(conflict => conflict.column("question_hash").doUpdateSet({ at }))
    .execute();
}

export async function forgetOldPortals(tx: Writing, now: number): Promise<void> {
  await tx
    .deleteFrom("recent_portal")
    .where("at", "<=", now - recentPortalMs)
    .execute();
}

/** The portals of the last 24 hours, the latest first. */
export async function recentPortals(db: Db, now: number): Promise<readonly RecentPortal[]> {
  const rows = await db
    .selectFrom("recent_portal")
    .selectAll()
    .where("at", ">", now - recentPortalMs)
    .orderBy("at", "desc")
    .execute();
  return rows.map(({ question_json, at }) => {
    const { holder, ...question } = written.parse(JSON.parse(question_json));
    return { ...question, holder: { ...holder, professionCode: holder.professionCode }, at };
  });
}
