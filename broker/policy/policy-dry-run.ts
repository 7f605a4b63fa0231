import type { HolderGroups } from "../../core/ports/holder-groups.ts";
import { type Asking, decidedBy, Entitlements } from "../services/entitlements.ts";
import type { ConfiguredPolicies } from "./configured-policies.ts";
import { timeZoneOf } from "./policies-in-force.ts";
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

export interface DryRunParts {
  readonly configuration: ConfiguredPolicies;
  readonly groups: HolderGroups;
  readonly portals: readonly Asking[];
}

/** Who of the last 24 hours would gain or lose what? Decides each portal again by both sets, at its own time. */
export async function policyDryRun(parts: DryRunParts, inForce: PolicySet, other: PolicySet): Promise<PolicyDryRun> {
  const { configuration, portals } = parts;
  const { applications } = configuration;
  const engines = [inForce, other].map(set => new PolicyEngine(set, applications, timeZoneOf(configuration)));
  const [before, after] = engines.map(
    engine => new Entitlements({ house: configuration, groups: parts.groups, policies: { engine } }),
  );
  const gained: WouldChange[] = [];
  const lost: WouldChange[] = [];
  for (const asking of portals) {
    const [decidedNow = [], decidedThen = []] = [await before?.portal(asking), await after?.portal(asking)];
    for (const [index, { application, decision }] of decidedNow.entries()) {
      const then = decidedThen[index]?.decision;
      if (then === undefined || then.permitted === decision.permitted) continue;
      const { holder, place, means, at } = asking;
      const change = {
        holder: holder.id,
        application,
        place,
        means,
        at,
        decides: decidedBy(decision),
        wouldDecide: decidedBy(then),
      };
      (then.permitted ? gained : lost).push(change);
    }
  }
  for (const engine of engines) engine.close();
  return { portals: portals.length, gained, lost };
}
