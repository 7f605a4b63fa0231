import { IdentifierKeys } from "../audit/identifier-keys.ts";
import { Store } from "../store/store.ts";
import type { BrokerConfiguration } from "./configuration.ts";

/** Opens the broker's store, whose trail keeps identifiers as the configuration says. Rejects where it, or its keys, cannot be opened. */
export async function openStore(
  { store, trail }: Pick<BrokerConfiguration, "store" | "trail">,
  now: number,
): Promise<{ readonly store: Store; readonly keys: IdentifierKeys }> {
  const keys = IdentifierKeys.open(`${store}.trail-identifiers`, trail.identifiers, now);
  return { store: await Store.open(store, keys), keys };
}
