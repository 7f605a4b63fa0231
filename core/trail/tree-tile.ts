/** Hashes a tile holds when it is full. */
export const tileWidth = 256;
/** Levels of the tree that one tile spans: 2^8 = 256. */
export const tileHeight = 8;

/**
 * A run of neighbouring hashes of the tree, as Russ Cox's “Transparent Logs for Skeptical Clients” cuts it. Level 0 holds hashes of
 * leaves, level n the roots of the full tiles of level n − 1. Only the last tile of a level is not full.
 */
export interface TreeTile {
  readonly level: number;
  /** 0 for the first of its level. */
  readonly position: number;
  /** 1 to 256 of them. */
  readonly hashes: readonly Uint8Array[];
}

/** How many hashes stand at this level of tiles in a tree of so many leaves. */
export function hashesAtLevel(level: number, size: number): number {
  return Math.floor(size / tileWidth ** level);
}

/** The tiles that a tree of so many leaves goes on growing from: the unfinished one of each level. */
export function edgeOf(size: number): { readonly level: number; readonly position: number; readonly count: number }[] {
  const places = [];
  for (let level = 0; hashesAtLevel(level, size) > 0; level += 1) {
    const hashes = hashesAtLevel(level, size);
    places.push({ level, position: Math.floor(hashes / tileWidth), count: hashes % tileWidth });
  }
  return places;
}
