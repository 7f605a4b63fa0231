import { haveSameScope } from "../../core/certificate/revocation/crl-scope.ts";
import type { PreparedList } from "./prepare-list.ts";

/** How far an authority's clock may go before ours, in milliseconds. */
const clockDifference = 5 * 60_000;

/**
 * Why a list that came does not take the place of the one at hand; `undefined` where it may. Lists travel without protection: somebody
 * on the way can answer with another good list of the same authorities, and the one that is needed would be gone. So while the one at hand
 * is current, only one of its own kind follows it.
 */
export function replacementProblem(
  next: PreparedList,
  present: PreparedList | undefined,
  now: number,
): string | undefined {
  if (next.list.thisUpdate > now + clockDifference)
    return `a list of the future, ${new Date(next.list.thisUpdate).toISOString()}`;
  if (present === undefined || now > present.nextUpdate) return undefined;
  const isDelta = next.list.deltaBase !== undefined;
  if (isDelta !== (present.list.deltaBase !== undefined))
    return isDelta ? "a delta where a complete list was" : "a complete list where a delta was";
  return haveSameScope(next.list, present.list) ? undefined : "a list of another issuer or scope than before";
}
