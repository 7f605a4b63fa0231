import { type Assurance, assuranceOf } from "../../core/session/means.ts";
import type { Session } from "../../core/session/session.ts";
import { acrOf, assuranceOfAcr } from "./assurance-claims.ts";

/** What a relying party asks of the sign-in beside who it is (OpenID Connect Core, sections 3.1.2.1 and 5.5.1.1). */
export interface SignInRequest {
  /** `acr_values`: any of them, or a higher level, is enough. Values that are not ours ask for nothing. */
  readonly acrValues: readonly string[];
  /** Values of an essential `acr` claim: it has to be one of them to the letter. */
  readonly essentialAcrs: readonly string[];
  /** How old the proof may be, seconds. */
  readonly maxAgeSeconds: number | undefined;
  /** `prompt=login`. */
  readonly anew: boolean;
}

/** Why the session, as it is, does not answer the request. */
export type StepUpDemand =
  /** The PIN at the holder's workstation would. */
  | { readonly by: "card-pin"; readonly reason: "level" | "age" | "asked" }
  /** No means of ours would. */
  | { readonly by: "nothing" };

const order: readonly Assurance[] = ["none", "low", "substantial", "high"];

/** Whether the session's level and age fit the request; `now` in milliseconds since 1970. */
export function stepUpNeeded(session: Session, request: SignInRequest, now: number): StepUpDemand | undefined {
  const { acrValues, essentialAcrs, maxAgeSeconds, anew } = request;
  if (essentialAcrs.length > 0 && !essentialAcrs.includes(acrOf(session.means)))
    return essentialAcrs.includes(acrOf("card-pin")) ? { by: "card-pin", reason: "level" } : { by: "nothing" };
  const wanted = acrValues.map(assuranceOfAcr).filter(level => level !== undefined);
  const has = order.indexOf(assuranceOf(session.means));
  if (wanted.length > 0 && !wanted.some(level => order.indexOf(level) <= has))
    return { by: "card-pin", reason: "level" };
  if (maxAgeSeconds !== undefined && now - session.provenAt > maxAgeSeconds * 1000)
    return { by: "card-pin", reason: "age" };
  return anew ? { by: "card-pin", reason: "asked" } : undefined;
}
