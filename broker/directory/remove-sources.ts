import { deleteDirectorySourceState, directorySourceStates } from "../store/directory-source-table.ts";
import { clearStaged } from "../store/directory-staging-table.ts";
import { deletePortion, sourcesWithEntries } from "../store/directory-table.ts";
import { deleteScimResources } from "../store/scim-table.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";

/** What sources that are no more have brought stops counting, recorded before; `kept` are those that are. */
export async function removeOtherSources(store: Store, kept: readonly string[], now: number): Promise<void> {
  const known = new Set([...(await directorySourceStates(store.db)).keys(), ...(await sourcesWithEntries(store.db))]);
  for (const source of known) {
    if (kept.includes(source)) continue;
    await store.write(async tx => {
      await appendTrail(tx, { at: now, act: "directory-source-removed", detail: source });
      await clearStaged(tx, source);
    });
    for (let more = true; more; ) more = await store.write(tx => deletePortion(tx, source));
    await store.write(async tx => {
      await deleteScimResources(tx, source);
      await deleteDirectorySourceState(tx, source);
    });
  }
}
