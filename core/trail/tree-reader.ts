import type { Sha256 } from "../ports/digest.ts";
import { nodeHash, rootOver, splitOf } from "./merkle-tree.ts";
import { type TreeTile, tileHeight, tileWidth } from "./tree-tile.ts";

/** Finds a tile. Rejects where there is none. */
export type TileSource = (level: number, position: number) => Promise<TreeTile>;

/** Root over the leaves `from` (0 for the first) to `to`, which is not among them: `from` stands at a multiple of the power of two above their count. */
export async function rangeRoot(from: number, to: number, tiles: TileSource, sha256: Sha256): Promise<Uint8Array> {
  const width = to - from;
  const level = Math.log2(width);
  if (Number.isInteger(level)) return completeRoot(level, from / width, tiles, sha256);
  const middle = from + splitOf(width);
  return nodeHash(await rangeRoot(from, middle, tiles, sha256), await rangeRoot(middle, to, tiles, sha256), sha256);
}

/** Root of the complete subtree of 2^level leaves, the `index`th of its level. */
async function completeRoot(level: number, index: number, tiles: TileSource, sha256: Sha256): Promise<Uint8Array> {
  const count = 2 ** (level % tileHeight);
  const first = index * count;
  const tile = await tiles(Math.floor(level / tileHeight), Math.floor(first / tileWidth));
  const from = first % tileWidth;
  const hashes = tile.hashes.slice(from, from + count);
  if (hashes.length !== count) throw new RangeError(`tile ${tile.level}/${tile.position} is too short`);
  return rootOver(hashes, sha256);
}
