import { placesAbove } from "../fallback/places-above.ts";
import type { House } from "../services/house.ts";
import type { BreakGlassConfiguration, GlassWay } from "./break-glass-configuration.ts";

/** The ways in which the glass can be broken at a place: the nearest rule counts; none, where there is no rule. */
export function glassWaysAt(
  configuration: BreakGlassConfiguration | undefined,
  house: Pick<House, "places">,
  place: string,
): readonly GlassWay[] {
  if (configuration === undefined) return [];
  for (const id of placesAbove(house, place)) {
    const rule = configuration.places.find(known => known.place === id);
    if (rule !== undefined) return rule.ways;
  }
  return [];
}
