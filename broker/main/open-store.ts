import { IdentifierKeys } from "../audit/identifier-keys.ts";
import { openEngine } from "../store/engine/open-engine.ts";
import type { StoreUser } from "../store/engine/open-postgresql.ts";
import { Store } from "../store/store.ts";
import type { BrokerConfiguration } from "./configuration.ts";

/**
 * Opens the broker's store, whose trail keeps identifiers as the configuration says. `as`: a database lets in one broker, and any
 * command beside it. Rejects where it, or its keys, cannot be opened.
 */
export async function openStore(
  configuration: Pick<BrokerConfiguration, "store" | "postgresql" | "trail">,
  as: StoreUser,
  now: number,
): Promise<{ readonly store: Store; readonly keys: IdentifierKeys }> {
  const { store, trail } = configuration;
  const keys = IdentifierKeys.open(`${store}.trail-identifiers`, trail.identifiers, now);
  return { store: await Store.open(await openEngine(configuration, as), keys), keys };
}
