import type { RevocationDemand } from "../path/demand.ts";

/** Times in milliseconds since 1970. */
interface Dated {
  readonly thisUpdate: number;
  readonly nextUpdate: number | undefined;
}

/** Why revocation data do not count at this moment; `undefined` where they do. */
export function agingProblem(
  { thisUpdate, nextUpdate }: Dated,
  at: number,
  demand: RevocationDemand,
): string | undefined {
  if (at < thisUpdate) return `not before ${written(thisUpdate)}`;
  const age = at - thisUpdate;
  if (demand.longestAge !== undefined && age > demand.longestAge) return `too old, of ${written(thisUpdate)}`;
  if (nextUpdate !== undefined)
    return at > nextUpdate + (demand.grace ?? 0) ? `past its nextUpdate ${written(nextUpdate)}` : undefined;
  return age <= (demand.longestAgeWithoutNext ?? -1) ? undefined : "without nextUpdate";
}

function written(at: number): string {
  return new Date(at).toISOString();
}
