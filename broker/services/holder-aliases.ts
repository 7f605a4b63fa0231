import { addAlias, holderAliases, removeAlias } from "../store/alias-table.ts";
import { sessionOfHolder } from "../store/session-table.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import type { RecordedAct } from "./administrator-act.ts";

/** Both cards are the holder's from now on, recorded. Rejects with `request-malformed` where another alias is in the way. */
export async function addHolderAlias(
  store: Store,
  identifier: string,
  holder: string,
  act: RecordedAct,
): Promise<void> {
  await store.write(async tx => {
    await addAlias(tx, { identifier, holder, since: act.at });
    await appendTrail(tx, { ...act, act: "holder-alias-added", holder, shownAs: identifier });
  });
}

/** True where there was one; recorded. */
export async function removeHolderAlias(store: Store, identifier: string, act: RecordedAct): Promise<boolean> {
  return store.write(async tx => {
    const removed = await removeAlias(tx, identifier);
    if (removed) await appendTrail(tx, { ...act, act: "holder-alias-removed", shownAs: identifier });
    return removed;
  });
}

/** What adding an alias would meet. */
export async function effectsOfAlias(
  store: Store,
  identifier: string,
  holder: string,
): Promise<{ inTheWayOf?: string; openSession: boolean }> {
  const known = (await holderAliases(store.db)).find(
    alias => [identifier, holder].includes(alias.identifier) || alias.holder === identifier,
  );
  return {
    ...(known === undefined ? {} : { inTheWayOf: known.identifier }),
    openSession: (await sessionOfHolder(store.db, identifier)) !== undefined,
  };
}
