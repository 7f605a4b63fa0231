import type { Adapter } from "oidc-provider";
import type { House } from "../services/house.ts";
import { clientMetadata } from "./client-metadata.ts";
import { oidcApplication } from "./oidc-application.ts";

/** For oidc-provider's `adapter`: clients are the house's applications, read anew at every request. Nobody registers himself. */
export function houseClients(house: Pick<House, "applications">): Adapter {
  const refuse = async () => {
    throw new Error("clients stand in the configuration");
  };
  return {
    find: async id => {
      const application = oidcApplication(house, id);
      return application === undefined ? undefined : clientMetadata(application);
    },
    findByUid: async () => undefined,
    findByUserCode: async () => undefined,
    upsert: refuse,
    consume: refuse,
    destroy: refuse,
    revokeByGrantId: refuse,
  };
}
