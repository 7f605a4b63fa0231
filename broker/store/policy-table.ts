import { z } from "zod";
import type { PolicySource } from "../policy/policy-source.ts";
import type { Db, Writing } from "./store.ts";

const sourcesWritten = z.array(z.object({ file: z.string(), text: z.string() }));

export interface AppliedPolicies {
  /** SHA-256, hex. */
  readonly version: string;
  readonly sources: readonly PolicySource[];
}

/** The texts stay, so that a trail can be read by the policies of its day. */
export async function applyPolicies(tx: Writing, { version, sources }: AppliedPolicies, at: number): Promise<void> {
  const sources_json = JSON.stringify(sources);
  await tx
    .insertInto("policy_set")
    .values({ version, sources_json, applied_at: at })
    .onConflict(conflict => conflict.column("version").doUpdateSet({ applied_at: at }))
    .execute();
}

/** The set that was applied last; `undefined` where none ever was. */
export async function policiesApplied(db: Db): Promise<AppliedPolicies | undefined> {
  const row = await db.selectFrom("policy_set").selectAll().orderBy("applied_at", "desc").limit(1).executeTakeFirst();
  return row === undefined
    ? undefined
    : { version: row.version, sources: sourcesWritten.parse(JSON.parse(row.sources_json)) };
}
