import type { FallbackConfiguration } from "../fallback/fallback-configuration.ts";
import type { House } from "../services/house.ts";

/** True where there is a place, or a temporary access, for which one proof is not enough: then holders are offered to register more. */
export function secondFactorsWanted(
  house: Pick<House, "places">,
  fallback: Pick<FallbackConfiguration, "profiles"> | undefined,
): boolean {
  const profiles = fallback?.profiles ?? [];
  return house.places.some(({ external }) => external === true) || profiles.some(profile => profile.secondFactor);
}
