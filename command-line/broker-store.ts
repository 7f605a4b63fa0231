import { HouseInForce } from "../broker/house/house-in-force.ts";
import { HouseSecrets } from "../broker/house/house-secrets.ts";
import { type BrokerConfiguration, readConfiguration } from "../broker/main/configuration.ts";
import { openStore } from "../broker/main/open-store.ts";
import type { Store } from "../broker/store/store.ts";

/** Works on the store of a broker's configuration, which may be running meanwhile, and closes it whatever comes. */
export async function withBrokerStore<Result>(
  file: string,
  work: (configuration: BrokerConfiguration, store: Store) => Promise<Result>,
): Promise<Result> {
  const configuration = readConfiguration(file);
  const { store } = await openStore(configuration, "command", Date.now());
  try {
    return await work(configuration, store);
  } finally {
    await store.close();
  }
}

/** The house as a broker would have it now: the configuration file's part, and the console's. */
export function houseInStore(configuration: BrokerConfiguration, store: Store): Promise<HouseInForce> {
  return HouseInForce.open(configuration, store.db, new HouseSecrets(`${configuration.store}.secrets`));
}
