import { policiesApplied } from "../store/policy-table.ts";
import type { Db } from "../store/store.ts";
import { compilePolicies } from "./compile-policies.ts";
import type { PolicySet } from "./policy-set.ts";

/**
 * The set that was in force last, checked again but for its names: the configuration may have lost a place or an application that
 * they name since, which does not make them others. `undefined` where there is none, or it no longer passes.
 */
export async function appliedSet(db: Db): Promise<PolicySet | undefined> {
  const applied = await policiesApplied(db);
  const compiled = applied === undefined ? undefined : compilePolicies(applied.sources, undefined);
  return compiled?.sound === true ? compiled.set : undefined;
}
