import type { SessionHolder } from "../../core/session/session.ts";
import { knownHolder } from "../store/known-holder-table.ts";
import type { Db } from "../store/store.ts";

/** What the holder's last card said of him, or his name alone: without a profession, then, and without its rights. */
export async function holderByName(
  db: Db,
  holder: { readonly id: string; readonly displayName: string },
): Promise<SessionHolder> {
  return (await knownHolder(db, holder.id)) ?? { ...holder, profession: "", professionCode: undefined };
}
