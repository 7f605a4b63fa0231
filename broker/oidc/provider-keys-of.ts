import type { Clock } from "../../core/ports/clock.ts";
import type { BrokerConfiguration } from "../main/configuration.ts";
import type { Store } from "../store/store.ts";
import { ProviderKeys } from "./provider-keys.ts";

const dayMs = 86_400_000;

/** The provider's keys of this broker, for itself and for the command line. */
export function providerKeysOf(configuration: BrokerConfiguration, store: Store, clock: Clock): ProviderKeys {
  const { sessionHours, identityProvider } = configuration;
  return new ProviderKeys({
    file: `${configuration.store}.provider-keys`,
    store,
    clock,
    keepMs: sessionHours * 3_600_000,
    useMs: identityProvider.keyDays * dayMs,
  });
}
