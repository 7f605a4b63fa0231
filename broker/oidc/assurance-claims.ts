import { type Assurance, assuranceOf, type Means } from "../../core/session/means.ts";

const acrPrefix = "urn:wardkey:assurance:";

const levels = ["high", "substantial", "low"] as const satisfies readonly Assurance[];

/** What software made for Pro Santé Connect asks for: a card, or what stands for one. Given only to who asks for it. */
const proSanteConnectAcr = "eidas1";

/** Values of `acr` that the provider can give, highest first. */
export const acrValues: readonly string[] = [...levels.map(level => acrPrefix + level), proSanteConnectAcr];

/** The level that a value of `acr` stands for, where it is one of ours. */
export function levelOfAcr(value: string): Assurance | undefined {
  return value === proSanteConnectAcr ? "substantial" : levels.find(level => acrPrefix + level === value);
}

/** Authentication methods as RFC 8176 names them. */
const methods: Readonly<Record<Means, readonly string[]>> = {
  "card-pin": ["sc", "pin", "mfa"],
  "card-presence": ["sc"],
  "card-seen": [],
  "temporary-password": ["pwd"],
  "break-glass": ["user"],
};

export function acrOf(means: Means): string {
  return acrPrefix + assuranceOf(means);
}

export function amrOf(means: Means): string[] {
  return [...methods[means]];
}
