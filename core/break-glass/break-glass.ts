import type { Means } from "../session/means.ts";

/** `proved`: by his card and PIN, a moment before. `claimed`: he has said who he is, and nobody has proved it. */
export const glassIdentities = ["proved", "claimed"] as const;
export type GlassIdentity = (typeof glassIdentities)[number];

/** Why, as he says it: a kind of the configuration's, and words of his own. */
export interface GlassReason {
  readonly kind: string;
  readonly words: string;
}

/** What stays the same of a broken glass, whatever becomes of it. Times are milliseconds since 1970. */
export interface BreakGlassFacts {
  readonly id: string;
  /** PS_IdNat, and the name that he is called by. Where the identity is claimed: who he says that he is. */
  readonly holder: { readonly id: string; readonly displayName: string };
  readonly identity: GlassIdentity;
  /** By which his session had been opened: `break-glass` where the identity is claimed. */
  readonly means: Means;
  /** With the name that people call it by. */
  readonly workstation: { readonly id: string; readonly name: string };
  readonly place: string;
  readonly reason: GlassReason;
  readonly openedAt: number;
}

/**
 * How it ended: its time was up; the person ended it; the helpdesk did; whom a claim named used his card; its session ended or was
 * left.
 */
export const glassEnds = ["time", "person", "revoked", "card", "session"] as const;
export type GlassEnd = (typeof glassEnds)[number];

export const glassFindings = ["justified", "not-justified", "to-follow-up"] as const;
export type GlassFinding = (typeof glassFindings)[number];

export interface GlassReview {
  /** PS_IdNat of somebody else. */
  readonly by: string;
  readonly at: number;
  readonly finding: GlassFinding;
  readonly words: string;
}

interface Over {
  readonly endedAt: number;
  readonly end: GlassEnd;
}

export type BreakGlassStage =
  | { readonly state: "open"; readonly until: number }
  /** Nobody has looked at it yet. */
  | ({ readonly state: "over" } & Over)
  | ({ readonly state: "reviewed"; readonly review: GlassReview } & Over);

/** One glass broken in an emergency. */
export type BreakGlass = BreakGlassFacts & BreakGlassStage;

export const breakGlassStates = ["open", "over", "reviewed"] as const satisfies readonly BreakGlass["state"][];

/** How long what he says in his own words is: not nothing, since a kind alone says little to whoever reviews it. */
export const glassWords = { shortest: 3, longest: 300 } as const;

export const shortestGlassMinutes = 15;
export const longestGlassMinutes = 60;

/** What stays of it. */
export function glassFactsOf(glass: BreakGlassFacts): BreakGlassFacts {
  const { id, holder, identity, means, workstation, place, reason, openedAt } = glass;
  return { id, holder, identity, means, workstation, place, reason, openedAt };
}
