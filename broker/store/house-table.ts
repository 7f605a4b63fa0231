import { Failure } from "../../core/errors/failure.ts";
import type { Schema } from "./schema.ts";
import type { Db, Writing } from "./store.ts";

export type HouseVersion = Schema["house_version"];

/** What is kept in the console now; `undefined` where nothing ever was. */
export async function latestHouse(db: Db): Promise<HouseVersion | undefined> {
  return db.selectFrom("house_version").selectAll().orderBy("version", "desc").limit(1).executeTakeFirst();
}

/** 0 where nothing ever was. */
export async function latestHouseVersion(db: Db): Promise<number> {
  const row = await db
    .selectFrom("house_version")
    .select(({ fn }) => fn.max("version").as("version"))
    .executeTakeFirst();
  return row?.version ?? 0;
}

export async function houseAt(db: Db, version: number): Promise<HouseVersion | undefined> {
  return db.selectFrom("house_version").selectAll().where("version", "=", version).executeTakeFirst();
}

/** The latest first, without their documents. */
export async function houseVersions(db: Db, most: number): Promise<readonly Omit<HouseVersion, "document">[]> {
  return db
    .selectFrom("house_version")
    .select(["version", "hash", "differences_json", "by_holder", "reason", "at"])
    .orderBy("version", "desc")
    .limit(most)
    .execute();
}

/** The next version. Rejects with `changed-meanwhile` where another one came before it. */
export async function addHouseVersion(tx: Writing, row: HouseVersion): Promise<void> {
  const present = await latestHouseVersion(tx);
  if (present !== row.version - 1) throw new Failure("changed-meanwhile", { detail: `version ${present} is there` });
  await tx.insertInto("house_version").values(row).execute();
}
