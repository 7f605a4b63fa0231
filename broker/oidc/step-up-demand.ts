import { type Assurance, assuranceOf, type Means, reaches } from "../../core/session/means.ts";
import type { Session } from "../../core/session/session.ts";
import { acrOf, assuranceOfAcr } from "./assurance-claims.ts";

/** What a relying party asks of the sign-in beside who it is (OpenID Connect Core, sections 3.1.2.1 and 5.5.1.1). */
export interface SignInRequest {
  /** `acr_values`: any of them, or a higher level, is enough. Values that are not ours ask for nothing. */
  readonly acrValues: readonly string[];
  /** Values of an essential `acr` claim: it has to be one of them to the letter, and values that are not ours cannot be met. */
  readonly essentialAcrs: readonly string[];
  /** How old the proof may be, seconds. */
  readonly maxAgeSeconds: number | undefined;
  /** `prompt=login`. */
  readonly anew: boolean;
}

/** What the session, as it is, lacks for the request. */
export type StepUpNeed =
  /** The PIN at the holder's workstation has it. `maximalAgeMs`: how old the proof may be. */
  | { readonly by: "card-pin"; readonly minimum: Assurance; readonly maximalAgeMs: number | undefined }
  /** No means of ours has it. */
  | { readonly by: "nothing" };

/**
 * Whether the session's level and age fit the request; `now` in milliseconds since 1970. A level of ours in `acr_values` counts as
 * demanded, as RFC 9470, section 5, wants it; the lowest of several is enough.
 */
export function stepUpNeeded(session: Session, request: SignInRequest, now: number): StepUpNeed | undefined {
  const { essentialAcrs, maxAgeSeconds, anew } = request;
  const levels = acrsOf(request)
    .map(assuranceOfAcr)
    .filter(level => level !== undefined);
  if (essentialAcrs.length > 0 && levels.length === 0) return { by: "nothing" };
  const minimum = levels.reduce((lowest, level) => (reaches(level, lowest) ? lowest : level), levels[0] ?? "none");
  const maximalAgeMs = anew ? 0 : maxAgeSeconds === undefined ? undefined : maxAgeSeconds * 1000;
  const isFresh = maximalAgeMs === undefined || (!anew && now - session.provenAt <= maximalAgeMs);
  return isFresh && reaches(assuranceOf(session.means), minimum)
    ? undefined
    : { by: "card-pin", minimum, maximalAgeMs };
}

/** The `acr` to answer with: the first value asked for that the means reaches, by its very word, or the means' own level. */
export function acrFor(means: Means, request: SignInRequest): string {
  const reached = acrsOf(request).find(acr => {
    const level = assuranceOfAcr(acr);
    return level !== undefined && reaches(assuranceOf(means), level);
  });
  return reached ?? acrOf(means);
}

/** In the order of preference; what is essential counts alone. */
function acrsOf({ acrValues, essentialAcrs }: SignInRequest): readonly string[] {
  return essentialAcrs.length > 0 ? essentialAcrs : acrValues;
}
