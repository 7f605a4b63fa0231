import type { Certificate } from "../certificate.ts";
import { type Refusal, refuse } from "../verdict.ts";
import type { Demand, PurposeDemand } from "./demand.ts";

const anyPurpose = "2.5.29.37.0";

/** Whether the leaf is made for what it is wanted for (RFC 5280, 4.2.1.3 and 4.2.1.12). */
export function leafProblem(
  leaf: Certificate,
  { purposes, keyUsages, refusesAuthorities }: Pick<Demand, "purposes" | "keyUsages" | "refusesAuthorities">,
): Refusal | undefined {
  if (refusesAuthorities && leaf.isAuthority) return refuse("purpose-missing", leaf, "an authority");
  const own = leaf.keyUsage;
  if (own !== undefined && !keyUsages.every(usage => own.has(usage))) return refuse("key-usage-missing", leaf);
  const named = leaf.extendedKeyUsage;
  const isFit =
    purposes.rule === "one-named"
      ? purposes.of.some(purpose => named?.includes(purpose))
      : named === undefined || purposes.of.every(purpose => named.includes(purpose));
  return isFit ? undefined : refuse("purpose-missing", leaf);
}

/** Where a purpose has to be named, an authority that names purposes can only hand on those. RFC 5280 does not ask this. */
export function purposeProblem(authorities: readonly Certificate[], { rule, of }: PurposeDemand): Refusal | undefined {
  if (rule === "none-excluded") return undefined;
  const unfit = authorities.find(
    ({ extendedKeyUsage: named }) =>
      named !== undefined && ![...of, anyPurpose].some(purpose => named.includes(purpose)),
  );
  return unfit === undefined ? undefined : refuse("purpose-missing", unfit, "an authority for other purposes");
}
