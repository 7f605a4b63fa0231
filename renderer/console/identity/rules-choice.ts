import { z } from "zod";
import { identityProfiles } from "../../../core/identity/identity-profiles.ts";
import { type IdentityProfile, identityProfile } from "../../../core/identity/identity-rule.ts";
import type { DomainRulesView } from "../../../protocol/broker/console/trust-view.ts";

export type RulesChoice =
  | { readonly name: string; readonly profile: IdentityProfile }
  /** One fault a line, each with its place. */
  | { readonly name: string; readonly faults: string };

/** How the choice of one's own rules is named in the address. */
export const ownRules = "own";

/** Sets of rules that can be chosen: those of each trust domain first, since they are what counts, then those that come with Wardkey. */
export function knownRules({
  domains,
}: DomainRulesView): readonly { name: string; domain?: string; profile: IdentityProfile }[] {
  const shipped = Object.values<IdentityProfile>(identityProfiles);
  return [
    ...domains.map(({ id, profile }) => ({ name: `domain:${id}`, domain: id, profile })),
    ...shipped.map(profile => ({ name: profile.name, profile })),
  ];
}

/** Rules that somebody wrote, as the trust document would take them. */
export function readOwnRules(text: string): RulesChoice {
  let written: unknown;
  try {
    written = JSON.parse(text);
  } catch (problem) {
    return { name: ownRules, faults: problem instanceof Error ? problem.message : String(problem) };
  }
  const parsed = identityProfile.safeParse(written);
  return parsed.success
    ? { name: ownRules, profile: parsed.data }
    : { name: ownRules, faults: z.prettifyError(parsed.error) };
}
