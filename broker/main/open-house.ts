import type { HolderGroups } from "../../core/ports/holder-groups.ts";
import { HouseChanges } from "../house/house-changes.ts";
import { HouseInForce } from "../house/house-in-force.ts";
import { HouseSecrets } from "../house/house-secrets.ts";
import type { ConfiguredPolicies } from "../policy/configured-policies.ts";
import { PoliciesInForce } from "../policy/policies-in-force.ts";
import { Entitlements } from "../services/entitlements.ts";
import { houseGroups } from "../services/house-groups.ts";
import type { BrokerConfiguration } from "./configuration.ts";
import type { Ground } from "./open-ground.ts";

export interface OpenHouse {
  readonly house: HouseInForce;
  readonly policies: PoliciesInForce;
  readonly groups: HolderGroups;
  readonly entitlements: Entitlements;
  /** How administrators change it. */
  readonly houseChanges: HouseChanges;
}

/** Places, applications and groups, and the policies that decide by them; both follow whoever changes them beside this broker. */
export async function openHouse({ configuration, store, clock, log, life }: Ground): Promise<OpenHouse> {
  const secrets = new HouseSecrets(`${configuration.store}.secrets`);
  const house = await HouseInForce.open(configuration, store.db, secrets);
  const policies = life.keep(
    await PoliciesInForce.open({ configuration: policiesOf(configuration, house), store, clock, log }),
  );
  life.sweep(async () => {
    if (await house.tick(store.db)) await policies.follow();
    await policies.tick();
  });
  const groups = houseGroups(house, store.db);
  const houseChanges = new HouseChanges({
    ...{ house, policies, store, clock, log, secrets },
    timeZone: configuration.timeZone,
    groupsOf: changed => houseGroups(changed, store.db),
  });
  return { house, policies, groups, entitlements: new Entitlements({ policies, house, groups }), houseChanges };
}

/** What policies depend on, read anew each time. */
function policiesOf({ policyFolder, timeZone }: BrokerConfiguration, house: HouseInForce): ConfiguredPolicies {
  return {
    policyFolder,
    timeZone,
    get places() {
      return house.places;
    },
    get applications() {
      return house.applications;
    },
    get policyTexts() {
      return house.policyTexts;
    },
  };
}
