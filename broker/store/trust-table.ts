import { Failure } from "../../core/errors/failure.ts";
import type { Db, Writing } from "./store.ts";

export interface AppliedBundle {
  readonly version: number;
  readonly bundle: string;
  /** Milliseconds since 1970. */
  readonly appliedAt: number;
}

/** The bundle in force; `undefined` where none was ever applied. */
export async function bundleInForce(db: Db): Promise<AppliedBundle | undefined> {
  const row = await db.selectFrom("trust_bundle").selectAll().orderBy("version", "desc").limit(1).executeTakeFirst();
  return row === undefined ? undefined : { version: row.version, bundle: row.bundle, appliedAt: row.applied_at };
}

/** The version in force; 0 where no bundle was ever applied. */
export async function versionInForce(db: Db): Promise<number> {
  const row = await db
    .selectFrom("trust_bundle")
    .select(({ fn }) => fn.max("version").as("version"))
    .executeTakeFirst();
  return row?.version ?? 0;
}

/** Puts a bundle in force. Rejects with `trust-bundle-refused` where it is not newer than the one in force. */
export async function applyBundle(tx: Writing, { version, bundle, appliedAt }: AppliedBundle): Promise<void> {
  const present = await versionInForce(tx);
  if (version <= present) {
    const detail = `version ${version}, and version ${present} is in force`;
    throw new Failure("trust-bundle-refused", { detail });
  }
  await tx.insertInto("trust_bundle").values({ version, bundle, applied_at: appliedAt }).execute();
}
