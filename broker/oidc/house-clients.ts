import type { Adapter } from "oidc-provider";
import type { House } from "../services/house.ts";
import { clientMetadata } from "./client-metadata.ts";

/** For oidc-provider's `adapter`: clients are the house's applications, read anew at every request. Nobody registers himself. */
export function houseClients(house: Pick<House, "applications">): Adapter {
  const refuse = async () => {
    throw new Error("clients stand in the configuration");
  };
  return {
    find: async id => {
      const client = house.applications.find(application => application.client.clientId === id)?.client;
      return client === undefined ? undefined : clientMetadata(client);
    },
    findByUid: async () => undefined,
    findByUserCode: async () => undefined,
    upsert: refuse,
    consume: refuse,
    destroy: refuse,
    revokeByGrantId: refuse,
  };
}
