import type { SecondFactor } from "../second-factor/second-factor.ts";
import type { Assurance, Means } from "../session/means.ts";

/** What can stand in the trail. */
export const trailActs = [
  "broker-started",
  "workstation-enrolled",
  "session-opened",
  "session-resumed",
  "session-moved",
  "seat-covered",
  "seat-displaced",
  "activity-chosen",
  "activity-ended",
  "session-ended",
  "federation-asked",
  "sign-in-denied",
  "fallback-requested",
  "fallback-approved",
  "fallback-issued",
  "fallback-used",
  "fallback-denied",
  "fallback-ended",
  "fallback-revoked",
  "fallback-sprayed",
  "directory-password-denied",
  "sign-in-pause-ended",
  "break-glass-opened",
  "break-glass-denied",
  "break-glass-ended",
  "break-glass-revoked",
  "break-glass-reviewed",
  "break-glass-alarm",
  "card-reported-lost",
  "card-loss-withdrawn",
  "notice-sent",
  "notice-not-sent",
  "second-factor-asked",
  "second-factor-abandoned",
  "second-factor-registered",
  "second-factor-removed",
  "second-factors-reset",
  "pin-renewed",
  "pin-renewal-denied",
  "application-launched",
  "launch-denied",
  "step-up-asked",
  "step-up-done",
  "step-up-refused",
  "application-signed-in",
  "application-signed-out",
  "application-not-told",
  "provider-keys-rotated",
  "trust-changed",
  "policies-changed",
  "policies-refused",
  "house-changed",
  "enrolment-code-made",
  "workstation-moved",
  "workstation-withdrawn",
  "holder-alias-added",
  "holder-alias-removed",
  "context-subscribed",
  "context-unanswered",
  "revocation-source-failed",
  "revocation-source-recovered",
  "directory-synced",
  "directory-accounts-ended",
  "directory-source-failed",
  "directory-source-recovered",
  "directory-source-removed",
  "directory-loss-accepted",
  "directory-person-changed",
  "directory-imported",
  "directory-entry-provisioned",
  "trail-queried",
  "trail-exported",
  "report-made",
  "trail-inconsistent",
  "trail-segment-archived",
  "trail-segment-removed",
  "trail-key-made",
  "trail-key-destroyed",
] as const;
export type TrailAct = (typeof trailActs)[number];

/** A newer broker may have written others. */
export function isTrailAct(text: string): text is TrailAct {
  return trailActs.some(act => act === text);
}

/** One event: who, by which means, where, what, with which result. Written before its effect is visible (design D8). */
export interface TrailRecord {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly act: TrailAct;
  /** PS_IdNat, where a certificate said so; on a denial it is a claim, not a fact. */
  readonly holder?: string | undefined;
  /** PS_IdNat of the administrator who did it; means, workstation and session are his then, and `holder` is whom it is about. */
  readonly by?: string | undefined;
  /** What the card says, where it is an older identifier of the holder's. */
  readonly shownAs?: string | undefined;
  /** Revocation data past their nextUpdate let the card in, by the rule of its trust domain. */
  readonly revocation?: "aged" | undefined;
  readonly means?: Means | undefined;
  readonly assurance?: Assurance | undefined;
  /** Beside the means, where one proof was not enough; or the one that it is about. */
  readonly secondFactor?: SecondFactor | undefined;
  readonly workstation?: string | undefined;
  readonly place?: string | undefined;
  readonly session?: string | undefined;
  readonly application?: string | undefined;
  /** The identifier of the activity that the session stands under. */
  readonly activity?: string | undefined;
  /** The policies that decided, by their `@id`; "no policy permits" where none did. */
  readonly policy?: string | undefined;
  /** The identifier of the temporary access that it is about. */
  readonly fallback?: string | undefined;
  /** The identifier of the emergency access that it is about, or that it was done by. */
  readonly breakGlass?: string | undefined;
  /** On what was done without proof of who did it: `holder` is whom he named. */
  readonly identity?: "claimed" | undefined;
  readonly code?: string | undefined;
  readonly detail?: string | undefined;
}

/** The text whose bytes are hashed: members in alphabetical order, absent ones left out. */
export function trailText(record: TrailRecord): string {
  const members = Object.entries(record)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(Object.fromEntries(members));
}
