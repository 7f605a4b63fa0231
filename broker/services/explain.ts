import type { HolderGroups } from "../../core/ports/holder-groups.ts";
import type { PolicyEngine } from "../policy/policy-engine.ts";
import { type Asking, decidedBy, Entitlements, type Unavailable } from "./entitlements.ts";

export interface Explained {
  readonly application: string;
  readonly permitted: boolean;
  /** The policies that decide, and where each is written. */
  readonly policies: { readonly id: string; readonly file: string; readonly line: number }[];
  readonly because: string;
  readonly unavailable: Unavailable | null;
}

interface ExplainParts {
  readonly house: {
    readonly applications: readonly { readonly id: string }[];
    readonly places: readonly { readonly id: string; readonly within?: string | undefined }[];
  };
  readonly groups: HolderGroups;
  readonly engine: PolicyEngine;
}

/** Every application of the house, with the policies that open or close it to this holder, there, then and by this means. */
export async function explain({ house, groups, engine }: ExplainParts, asking: Asking): Promise<readonly Explained[]> {
  const byCard = asking.means === "card-pin" || asking.means === "card-presence";
  const entitlements = await new Entitlements({ house, groups, policies: { engine } }).portal(
    // What policies would open in an emergency is said whether or not the place offers it.
    byCard ? { ...asking, breakGlass: "offered" } : asking,
  );
  const written = (id: string) => ({ id, file: engine.policy(id)?.file ?? "", line: engine.policy(id)?.line ?? 0 });
  return entitlements.map(({ application, decision, unavailable }) => ({
    application,
    permitted: decision.permitted,
    policies: decision.by.map(written),
    because: decidedBy(decision),
    unavailable: unavailable ?? null,
  }));
}
