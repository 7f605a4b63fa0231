import type { House } from "../services/house.ts";

/** A place and those that it lies within, itself first. */
export function placesAbove(house: Pick<House, "places">, id: string): readonly string[] {
  const found: string[] = [];
  for (let at: string | undefined = id; at !== undefined && !found.includes(at); ) {
    found.push(at);
    const here: string = at;
    at = house.places.find(place => place.id === here)?.within;
  }
  return found;
}
