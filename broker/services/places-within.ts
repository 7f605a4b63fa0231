import { placesAbove } from "../fallback/places-above.ts";
import type { House } from "./house.ts";

/** A place and all that lies within it. */
export function placesWithin(house: Pick<House, "places">, id: string): readonly string[] {
  const within = house.places.filter(place => placesAbove(house, place.id).includes(id)).map(place => place.id);
  // Counts of a place that is gone are still there.
  return within.length > 0 ? within : [id];
}
