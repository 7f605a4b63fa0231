import type { Sha256 } from "../ports/digest.ts";
import { splitOf } from "./merkle-tree.ts";
import { rangeRoot, type TileSource } from "./tree-reader.ts";

interface LeafRange {
  readonly from: number;
  readonly to: number;
}

/** Audit path of the leaf at `index` (0 for the first) in the tree of `size` leaves (RFC 9162, 2.1.3.1). Throws a `RangeError` outside it. */
export function inclusionProof(index: number, size: number, tiles: TileSource, sha256: Sha256): Promise<Uint8Array[]> {
  if (!(index >= 0 && index < size)) throw new RangeError(`no leaf ${index} in ${size}`);
  return rootsOf(pathRanges(index, { from: 0, to: size }), tiles, sha256);
}

/** Proof that the tree of `first` leaves is the beginning of the tree of `second` (RFC 9162, 2.1.4.1). Throws a `RangeError` where it cannot be. */
export function consistencyProof(
  first: number,
  second: number,
  tiles: TileSource,
  sha256: Sha256,
): Promise<Uint8Array[]> {
  if (!(first >= 0 && first <= second)) throw new RangeError(`no tree of ${first} in ${second}`);
  const ranges = first === 0 ? [] : subproofRanges(first, { from: 0, to: second }, true);
  return rootsOf(ranges, tiles, sha256);
}

function rootsOf(ranges: readonly LeafRange[], tiles: TileSource, sha256: Sha256): Promise<Uint8Array[]> {
  return Promise.all(ranges.map(({ from, to }) => rangeRoot(from, to, tiles, sha256)));
}

function halves({ from, to }: LeafRange): readonly [LeafRange, LeafRange] {
  const middle = from + splitOf(to - from);
  return [
    { from, to: middle },
    { from: middle, to },
  ];
}

function pathRanges(index: number, range: LeafRange): LeafRange[] {
  if (range.to - range.from === 1) return [];
  const [left, right] = halves(range);
  return index < left.to ? [...pathRanges(index, left), right] : [...pathRanges(index, right), left];
}

function subproofRanges(first: number, range: LeafRange, isWhole: boolean): LeafRange[] {
  if (first === range.to) return isWhole ? [] : [range];
  const [left, right] = halves(range);
  return first <= left.to
    ? [...subproofRanges(first, left, isWhole), right]
    : [...subproofRanges(first, right, false), left];
}
