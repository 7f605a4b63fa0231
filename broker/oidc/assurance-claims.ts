import { type Assurance, assuranceOf, type Means } from "../../core/session/means.ts";

const acrPrefix = "urn:wardkey:assurance:";

/** Levels that can sign in to an application, highest first. */
const levels = ["high", "substantial", "low"] as const satisfies readonly Assurance[];
/** Values of `acr` that the provider can give, highest first. */
export const acrValues: readonly string[] = levels.map(level => acrPrefix + level);

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

/** `undefined`: a value that is not ours. */
export function assuranceOfAcr(acr: string): Assurance | undefined {
  return levels.find(level => acr === acrPrefix + level);
}

export function amrOf(means: Means): string[] {
  return [...methods[means]];
}
