import type { FallbackProfile } from "./fallback-profile.ts";

/** What stays the same of a temporary access, whatever becomes of it. Times are milliseconds since 1970. */
export interface FallbackFacts {
  readonly id: string;
  /** PS_IdNat, and the name that he is called by. */
  readonly holder: { readonly id: string; readonly displayName: string };
  readonly profile: FallbackProfile;
  /** Why, in the words of who asked for it: the holder reads them, too. */
  readonly reason: string;
  /** How it was made sure that it is he who calls: points of the checklist. */
  readonly checked: readonly string[];
  /** Of the helpdesk: PS_IdNat. Only he hands the password out. */
  readonly requestedBy: string;
  readonly requestedAt: number;
}

/** `until`: when it ends by itself. */
interface Pending {
  readonly until: number;
}

/** Who agreed; absent where the profile asks for nobody. */
interface Approved extends Pending {
  readonly approvedBy: string | undefined;
}

interface Issued extends Approved {
  readonly issuedAt: number;
}

export type FallbackStage =
  /** Waits for a second person. */
  | ({ readonly state: "requested" } & Pending)
  /** The password may be handed out. */
  | ({ readonly state: "approved" } & Approved)
  /** The password was shown, and nobody has signed in with it. */
  | ({ readonly state: "issued"; readonly left: number } & Issued)
  | ({ readonly state: "active"; readonly left: number } & Issued)
  /** Every sign-in is used. The session that the last one opened goes on until `until`. */
  | ({ readonly state: "exhausted" } & Issued)
  | { readonly state: "expired"; readonly endedAt: number }
  | { readonly state: "ended-by-card"; readonly endedAt: number }
  | { readonly state: "revoked"; readonly endedAt: number };

/** A temporary access: what the helpdesk gives to a holder who has no card with him. */
export type Fallback = FallbackFacts & FallbackStage;

export const fallbackStates = [
  "requested",
  "approved",
  "issued",
  "active",
  "exhausted",
  "expired",
  "ended-by-card",
  "revoked",
] as const satisfies readonly Fallback["state"][];

export type LivingFallback = Extract<Fallback, { readonly until: number }>;

/** True until it has ended for good. */
export function isLiving(fallback: Fallback): fallback is LivingFallback {
  return "until" in fallback;
}

/** A request that nobody answers, or whose password nobody fetches, ends after so long. */
export const requestLifetimeMs = 30 * 60_000;

/** A new temporary access, as it begins. */
export function requestFallback(facts: FallbackFacts): Fallback {
  const until = facts.requestedAt + requestLifetimeMs;
  return facts.profile.secondPerson
    ? { ...facts, state: "requested", until }
    : { ...facts, state: "approved", until, approvedBy: undefined };
}

/** What stays of it. */
export function factsOf({
  id,
  holder,
  profile,
  reason,
  checked,
  requestedBy,
  requestedAt,
}: FallbackFacts): FallbackFacts {
  return { id, holder, profile, reason, checked, requestedBy, requestedAt };
}
