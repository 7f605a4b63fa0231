import type { PublicObjects } from "./public-objects.ts";

/** What drivers need of the outside. */
export interface DriverServices {
  readonly objects: PublicObjects;
  /** Takes a gzip file (RFC 1952) apart; throws where it is none, or holds more than `mostBytes`. */
  gunzip(compressed: Uint8Array, mostBytes: number): Uint8Array;
}
