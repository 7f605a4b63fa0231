import type { Sha256 } from "../ports/digest.ts";
import { foldEdge, rootOver } from "./merkle-tree.ts";
import { edgeOf, type TreeTile, tileWidth } from "./tree-tile.ts";

interface Edge {
  position: number;
  hashes: Uint8Array[];
}

/** A Merkle tree that only grows: it keeps the unfinished tile of each level, so a leaf costs two hashes and a restart reads a few tiles. */
export class GrowingTree {
  readonly #sha256: Sha256;
  readonly #edges: Edge[] = [];
  readonly #full: TreeTile[] = [];
  #size = 0;

  constructor(sha256: Sha256) {
    this.#sha256 = sha256;
  }

  /** The tree of `size` leaves, from the tiles of its edge. Throws a `RangeError` where they do not belong to that size. */
  static from(size: number, tiles: readonly TreeTile[], sha256: Sha256): GrowingTree {
    const tree = new GrowingTree(sha256);
    tree.#size = size;
    for (const { level, position, count } of edgeOf(size)) {
      const tile = tiles.find(known => known.level === level && known.position === position);
      const hashes = tile?.hashes.slice(0, count) ?? [];
      if (hashes.length !== count) throw new RangeError(`tile ${level}/${position} has not ${count} hashes`);
      tree.#edges.push({ position, hashes });
    }
    return tree;
  }

  get size(): number {
    return this.#size;
  }

  /** Adds one leaf, by its hash. */
  push(leaf: Uint8Array): void {
    this.#size += 1;
    this.#put(0, leaf);
  }

  root(): Uint8Array {
    const subtrees: Uint8Array[] = [];
    for (const { hashes } of this.#edges.toReversed()) {
      let from = 0;
      for (let width = tileWidth / 2; width >= 1; width /= 2) {
        if (hashes.length - from < width) continue;
        subtrees.push(rootOver(hashes, this.#sha256, from, from + width));
        from += width;
      }
    }
    return foldEdge(subtrees, this.#sha256);
  }

  /** Every tile that was filled since this was last asked. */
  takeFullTiles(): TreeTile[] {
    return this.#full.splice(0);
  }

  /** The unfinished tiles that are not empty. */
  edge(): TreeTile[] {
    return this.#edges.flatMap(({ position, hashes }, level) =>
      hashes.length === 0 ? [] : [{ level, position, hashes: [...hashes] }],
    );
  }

  #put(level: number, hash: Uint8Array): void {
    this.#edges[level] ??= { position: 0, hashes: [] };
    const edge = this.#edges[level];
    edge.hashes.push(hash);
    if (edge.hashes.length < tileWidth) return;
    this.#full.push({ level, position: edge.position, hashes: edge.hashes });
    const root = rootOver(edge.hashes, this.#sha256);
    edge.hashes = [];
    edge.position += 1;
    this.#put(level + 1, root);
  }
}
