import type { SessionHolder } from "../../core/session/session.ts";
import { nameWords } from "../directory/standing.ts";
import type { Db, Writing } from "./store.ts";

/** How long what a card said is believed without it, milliseconds. */
export const knownHolderMs = 400 * 24 * 3_600_000;

/** What the holder's last card said of him: name and profession, for when he is without it. */
export async function rememberHolder(tx: Writing, holder: SessionHolder, at: number): Promise<void> {
  const content = { holder_json: JSON.stringify(holder), name_words: nameWords(holder.displayName), at };
  await tx
    .insertInto("known_holder")
    .values({ holder: holder.id, ...content })
    .onConflict(conflict => conflict.column("holder").doUpdateSet(content))
    .execute();
}

export async function knownHolder(db: Db, holder: string): Promise<SessionHolder | undefined> {
  const row = await db.selectFrom("known_holder").select("holder_json").where("holder", "=", holder).executeTakeFirst();
  return row === undefined ? undefined : (JSON.parse(row.holder_json) as SessionHolder);
}

/** Holders whose card called them so; `words` as `nameWords` makes them. */
export async function knownHoldersNamed(db: Db, words: string, most: number): Promise<readonly SessionHolder[]> {
  const rows = await db
    .selectFrom("known_holder")
    .select("holder_json")
    .where("name_words", "=", words)
    .limit(most)
    .execute();
  return rows.map(({ holder_json }) => JSON.parse(holder_json) as SessionHolder);
}

export async function forgetOldHolders(tx: Writing, now: number): Promise<void> {
  await tx
    .deleteFrom("known_holder")
    .where("at", "<=", now - knownHolderMs)
    .execute();
}
