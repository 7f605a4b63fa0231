/** A run of the trail, from one month's end to the next: what is archived, and may be removed, as a whole. */
export interface TrailSegment {
  /** 1 for the first; none is left out. */
  readonly number: number;
  /** The numbers of its records, the first and the last. */
  readonly first: number;
  readonly last: number;
  /** Hash of the last record in the chain, hex. */
  readonly head: string;
}

/** A segment as the store keeps it. */
export interface StoredSegment extends TrailSegment {
  /** Its records need not be in the store any more. */
  readonly removed: boolean;
}
