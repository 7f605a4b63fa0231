import { Failure } from "../../core/errors/failure.ts";
import { mostFavourites } from "../../core/session/most-favourites.ts";
import type { Db, Writing } from "./store.ts";

export async function favouritesOf(db: Db | Writing, holder: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom("favourite_application")
    .select("application")
    .where("holder", "=", holder)
    .execute();
  return new Set(rows.map(({ application }) => application));
}

/** Rejects with `favourites-full`. */
export async function addFavourite(tx: Writing, holder: string, application: string, at: number): Promise<void> {
  const known = await favouritesOf(tx, holder);
  if (known.has(application)) return;
  if (known.size >= mostFavourites) throw new Failure("favourites-full");
  await tx.insertInto("favourite_application").values({ holder, application, at }).execute();
}

export async function removeFavourite(tx: Writing, holder: string, application: string): Promise<void> {
  await tx
    .deleteFrom("favourite_application")
    .where("holder", "=", holder)
    .where("application", "=", application)
    .execute();
}
