import { anyEnded, disableEnded } from "../store/directory-table.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";

/**
 * Accounts end at the moment that their source named, whether it can be reached then or not: their persons are disabled, recorded.
 * True where there were any.
 */
export async function endAccounts(store: Store, now: number): Promise<boolean> {
  if (!(await anyEnded(store.db, now))) return false;
  return store.write(async tx => {
    const ended = await disableEnded(tx, now);
    if (ended > 0) await appendTrail(tx, { at: now, act: "directory-accounts-ended", detail: `${ended} accounts` });
    return ended > 0;
  });
}
