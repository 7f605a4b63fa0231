import type { ApplicationConfiguration, BrokerConfiguration, PlaceConfiguration } from "../main/configuration.ts";

/**
 * What the hospital is made of: read where it is used, every time, since administrators change it while the broker runs. Each list
 * is replaced whole when it changes, never written into.
 */
export interface House {
  readonly places: readonly PlaceConfiguration[];
  readonly applications: readonly ApplicationConfiguration[];
  /** Groups of holders that administrators list themselves. */
  readonly groups: BrokerConfiguration["groups"];
  /** Names of structures that cards know by number. */
  readonly structures: BrokerConfiguration["structures"];
}

export function placeOf(house: Pick<House, "places">, id: string): PlaceConfiguration | undefined {
  return house.places.find(place => place.id === id);
}
