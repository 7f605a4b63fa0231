import type { SecondFactor } from "../../core/second-factor/second-factor.ts";
import { type Assurance, assuranceOf, type Means } from "../../core/session/means.ts";

const acrPrefix = "urn:wardkey:assurance:";

/** Levels that can sign in to an application, highest first. */
const levels = ["high", "substantial", "low"] as const satisfies readonly Assurance[];

/** What software made for Pro Santé Connect asks for: a card, or what stands for one. Given only to who asks for it. */
const proSanteConnectAcr = "eidas1";

/** Values of `acr` that the provider can give, highest first. */
export const acrValues: readonly string[] = [...levels.map(level => acrPrefix + level), proSanteConnectAcr];

/** Authentication methods as RFC 8176 names them; it has no name for what was no authentication at all. */
const methods: Readonly<Record<Means, readonly string[]>> = {
  "card-pin": ["sc", "pin", "mfa"],
  "card-presence": ["sc"],
  "card-seen": [],
  federated: ["mfa"],
  "temporary-password": ["pwd"],
  "directory-password": ["pwd"],
  "break-glass": ["urn:wardkey:amr:claimed"],
};

const methodOfFactor: Readonly<Record<SecondFactor, string>> = { totp: "otp", "security-key": "hwk" };

export function acrOf(means: Means): string {
  return acrPrefix + assuranceOf(means);
}

/** The level that a value of `acr` stands for. `undefined`: a value that is not ours. */
export function assuranceOfAcr(acr: string): Assurance | undefined {
  return acr === proSanteConnectAcr ? "substantial" : levels.find(level => acr === acrPrefix + level);
}

/** Several methods are `mfa` besides. */
export function amrOf(means: Means, secondFactor: SecondFactor | undefined): string[] {
  const own = methods[means];
  return secondFactor === undefined ? [...own] : [...new Set([...own, methodOfFactor[secondFactor], "mfa"])];
}
