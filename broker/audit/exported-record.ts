import type { TrailRecord } from "../../core/trail/trail-record.ts";

/** A record on its way out. With `origin`, its number is the key by which a receiver finds what it has already. */
export interface ExportedRecord {
  readonly origin: string;
  /** 1 for the first. */
  readonly sequence: number;
  /** Its hash in the chain, hex. */
  readonly hash: string;
  readonly record: TrailRecord;
}

/** The number within the origin's trail as a URI: the system of identifiers that need one. */
export function trailSystem(origin: string): string {
  return `https://${origin}`;
}
