import { type Assurance, assuranceOf, type Means } from "../../core/session/means.ts";

const acrPrefix = "urn:wardkey:assurance:";

/** Values of `acr` that the provider can give, highest first. */
export const acrValues: readonly string[] = (["high", "substantial", "low"] satisfies Assurance[]).map(
  level => acrPrefix + level,
);

/** Authentication methods as RFC 8176 names them. */
const methods: Readonly<Record<Means, readonly string[]>> = {
  "card-pin": ["sc", "pin", "mfa"],
  "card-presence": ["sc"],
  "card-seen": [],
  federated: ["mfa"],
  "temporary-password": ["pwd"],
  "break-glass": ["user"],
};

export function acrOf(means: Means): string {
  return acrPrefix + assuranceOf(means);
}

export function amrOf(means: Means): string[] {
  return [...methods[means]];
}
