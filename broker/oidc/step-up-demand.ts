import { z } from "zod";
import { type Assurance, assuranceOf, type Means, reaches } from "../../core/session/means.ts";
import type { Session } from "../../core/session/session.ts";
import { acrOf, levelOfAcr } from "./assurance-claims.ts";

/** The members of an authorization request that say how its holder has to have proved himself (OpenID Connect Core, 3.1.2.1). */
export interface ProofRequest {
  readonly acr_values?: unknown;
  readonly max_age?: unknown;
  readonly prompt?: unknown;
  /** JSON (5.5). */
  readonly claims?: unknown;
}

export type ProofNeed =
  /** The PIN, at the seat, before the application gets an answer. */
  | { readonly kind: "step-up"; readonly minimum: Assurance; readonly maximalAgeMs: number | undefined }
  /** An essential level that no means of ours can have. */
  | { readonly kind: "impossible" };

const acrRequest = z.object({
  essential: z.boolean().optional(),
  value: z.string().optional(),
  values: z.array(z.string()).optional(),
});
const claimsRequest = z.object({ id_token: z.object({ acr: acrRequest.nullish() }).nullish() });

interface AcrWanted {
  /** In the order of preference. */
  readonly values: readonly string[];
  readonly isEssential: boolean;
}

/**
 * What the session lacks for this request; `undefined`: nothing. A level asked for by `acr_values` counts as demanded where it is one
 * of ours (RFC 9470, 5), and is ignored where it is not. `prompt=login` always asks: its caller remembers what was answered.
 */
export function stepUpNeeded(session: Session, request: ProofRequest, now: number): ProofNeed | undefined {
  const { values, isEssential } = acrWanted(request);
  const levels = values.map(levelOfAcr).filter(level => level !== undefined);
  if (isEssential && values.length > 0 && levels.length === 0) return { kind: "impossible" };
  const minimum = levels.toSorted((a, b) => (reaches(a, b) ? 1 : -1))[0] ?? "none";
  const maximalAgeMs = maximalAgeOf(request);
  const isHighEnough = reaches(assuranceOf(session.means), minimum);
  const isFreshEnough = maximalAgeMs === undefined || now - session.provenAt <= maximalAgeMs;
  return isHighEnough && isFreshEnough && !wantsLogin(request)
    ? undefined
    : { kind: "step-up", minimum, maximalAgeMs: wantsLogin(request) ? 0 : maximalAgeMs };
}

/** The `acr` to answer with: the first level asked for that the means reaches (5.5.1.1 wants the very word), or its own. */
export function acrFor(means: Means, request: ProofRequest): string {
  const reached = acrWanted(request).values.find(value => {
    const level = levelOfAcr(value);
    return level !== undefined && reaches(assuranceOf(means), level);
  });
  return reached ?? acrOf(means);
}

function acrWanted({ acr_values: listed, claims }: ProofRequest): AcrWanted {
  const wanted = claimsRequest.safeParse(parsed(claims)).data?.id_token?.acr;
  if (wanted?.essential === true) {
    const { value, values = [] } = wanted;
    return { values: value === undefined ? values : [value], isEssential: true };
  }
  return { values: typeof listed === "string" ? listed.split(" ").filter(Boolean) : [], isEssential: false };
}

function maximalAgeOf({ max_age: seconds }: ProofRequest): number | undefined {
  return seconds === undefined || seconds === "" ? undefined : Number(seconds) * 1000;
}

function wantsLogin({ prompt }: ProofRequest): boolean {
  return typeof prompt === "string" && prompt.split(" ").includes("login");
}

function parsed(claims: unknown): unknown {
  if (typeof claims !== "string") return claims;
  try {
    return JSON.parse(claims);
  } catch {
    return undefined;
  }
}
