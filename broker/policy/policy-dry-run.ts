import { setImmediate } from "node:timers/promises";
import type { HolderGroups } from "../../core/ports/holder-groups.ts";
import { type Asking, decidedBy, Entitlements } from "../services/entitlements.ts";
import type { ConfiguredPolicies } from "./configured-policies.ts";
import { PolicyEngine } from "./policy-engine.ts";
import type { PolicySet } from "./policy-set.ts";

/** An application that other policies would open or close to a holder who was shown his portal. */
export interface WouldChange {
  /** PS_IdNat. */
  readonly holder: string;
  readonly application: string;
  readonly place: string;
  readonly means: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The policies that decide now, and those that would. */
  readonly decides: string;
  readonly wouldDecide: string;
}

export interface PolicyDryRun {
  /** Portals of the last 24 hours, one for the same holder, workstation and means. */
  readonly portals: number;
  readonly gained: readonly WouldChange[];
  readonly lost: readonly WouldChange[];
}

/** A house with its policies. */
export interface DecidedHouse {
  readonly house: Pick<ConfiguredPolicies, "applications" | "places">;
  readonly groups: HolderGroups;
  readonly set: PolicySet;
}

/** So many portals are decided before others get their turn: a broker at work answers meanwhile. */
const atOnce = 20;

/**
 * Who of the last 24 hours would gain or lose what? Decides each portal again by both houses, at its own time. An application that
 * one of them does not have is closed there.
 */
export async function policyDryRun(
  portals: readonly Asking[],
  inForce: DecidedHouse,
  other: DecidedHouse,
  timeZone: string,
): Promise<PolicyDryRun> {
  const deciders = [inForce, other].map(({ house, groups, set }) => {
    const engine = new PolicyEngine(set, house.applications, timeZone);
    return { engine, entitlements: new Entitlements({ house, groups, policies: { engine } }) };
  });
  const gained: WouldChange[] = [];
  const lost: WouldChange[] = [];
  try {
    for (const [index, asking] of portals.entries()) {
      if (index % atOnce === atOnce - 1) await setImmediate();
      const [now, then] = await Promise.all(
        deciders.map(async ({ entitlements }) => decisionsOf(entitlements, asking)),
      );
      for (const application of new Set([...(now?.keys() ?? []), ...(then?.keys() ?? [])])) {
        const [is, would] = [now?.get(application) ?? notThere, then?.get(application) ?? notThere];
        if (is.permitted === would.permitted) continue;
        const { holder, place, means, at } = asking;
        const change = { holder: holder.id, application, place, means, at };
        (would.permitted ? gained : lost).push({ ...change, decides: is.by, wouldDecide: would.by });
      }
    }
  } finally {
    for (const { engine } of deciders) engine.close();
  }
  return { portals: portals.length, gained, lost };
}

const notThere = { permitted: false, by: "no such application" };

async function decisionsOf(entitlements: Entitlements, asking: Asking) {
  const decided = await entitlements.portal(asking);
  return new Map(
    decided.map(({ application, decision }) => [
      application,
      { permitted: decision.permitted, by: decidedBy(decision) },
    ]),
  );
}
