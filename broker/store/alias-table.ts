import { Failure } from "../../core/errors/failure.ts";
import type { Db, Writing } from "./store.ts";

export interface HolderAlias {
  /** What an older card says. */
  readonly identifier: string;
  /** Who its holder is: the identifier of sessions, rights and the trail. */
  readonly holder: string;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/** The identifier that sessions know the holder by: itself where nothing else is said. */
export async function holderBehind(db: Db, identifier: string): Promise<string> {
  const row = await db
    .selectFrom("holder_alias")
    .select("holder")
    .where("identifier", "=", identifier)
    .executeTakeFirst();
  return row?.holder ?? identifier;
}

export async function holderAliases(db: Db): Promise<readonly HolderAlias[]> {
  return db.selectFrom("holder_alias").selectAll().orderBy("identifier").execute();
}

/** One step leads from an identifier to its holder, never two. Rejects with `request-malformed` where it would be otherwise. */
export async function addAlias(tx: Writing, alias: HolderAlias): Promise<void> {
  const { identifier, holder } = alias;
  const refused = (detail: string) => new Failure("request-malformed", { detail });
  if (identifier === holder) throw refused(`${identifier} is itself`);
  const known = await tx
    .selectFrom("holder_alias")
    .selectAll()
    .where(where => where.or([where("identifier", "in", [identifier, holder]), where("holder", "=", identifier)]))
    .executeTakeFirst();
  if (known !== undefined) throw refused(`${known.identifier} already stands for ${known.holder}`);
  await tx.insertInto("holder_alias").values(alias).execute();
}

/** True where there was one. */
export async function removeAlias(tx: Writing, identifier: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("holder_alias")
    .where("identifier", "=", identifier)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
