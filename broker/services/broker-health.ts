import type { Clock } from "../../core/ports/clock.ts";
import { version } from "../../core/version.ts";
import type { BrokerHealth } from "../../protocol/broker/health.ts";
import type { BrokerConfiguration } from "../main/configuration.ts";
import type { Store } from "../store/store.ts";
import { recordedSources } from "../trust/source-records.ts";
import { healthOf } from "../trust/source-state.ts";
import { documentInForce } from "../trust/trust-document-in-force.ts";

interface BrokerHealthParts {
  readonly configuration: Pick<BrokerConfiguration, "trust">;
  readonly store: Store;
  readonly clock: Clock;
}

/** How the broker fares, as its records have it. Rejects as `documentInForce` does. */
export async function describeHealth({ configuration, store, clock }: BrokerHealthParts): Promise<BrokerHealth> {
  const now = clock.now();
  const { document } = await documentInForce(store.db, configuration.trust);
  const sources = { good: 0, late: 0, aged: 0, none: 0 };
  for (const state of await recordedSources(store.db)) sources[healthOf(state, now)] += 1;
  return { version, now, trust: { version: document.version, sources } };
}
