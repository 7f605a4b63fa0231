import type { Clock } from "../../core/ports/clock.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import type { IdentifierKeys } from "./identifier-keys.ts";

/** Makes and destroys the trail's keys where it is time, and records it. */
export async function renewIdentifierKeys(keys: IdentifierKeys, store: Store, clock: Clock): Promise<void> {
  keys.renew(clock.now());
  const changes = keys.takeChanges();
  if (changes.length === 0) return;
  await store.write(async tx => {
    for (const { act, number } of changes) await appendTrail(tx, { at: clock.now(), act, detail: `key ${number}` });
  });
}
