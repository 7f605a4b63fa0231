import { placesAbove } from "../fallback/places-above.ts";
import { type House, placeOf } from "../services/house.ts";

/** True where a place, or one that it lies within, is outside the hospital. */
export function isOutside(house: Pick<House, "places">, place: string): boolean {
  return placesAbove(house, place).some(id => placeOf(house, id)?.external === true);
}
