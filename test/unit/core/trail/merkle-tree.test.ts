import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromHex, toHex } from "../../../../core/bytes/hex.ts";
import { GrowingTree } from "../../../../core/trail/growing-tree.ts";
import { consistencyProof, inclusionProof } from "../../../../core/trail/merkle-proof.ts";
import { leafHash, nodeHash, splitOf } from "../../../../core/trail/merkle-tree.ts";
import type { TileSource } from "../../../../core/trail/tree-reader.ts";
import type { TreeTile } from "../../../../core/trail/tree-tile.ts";
import { verifyConsistency, verifyInclusion } from "../../../../core/trail/verify-proof.ts";
import { sha256 } from "../../../fixtures/certificate-factory.ts";

const bytes = (hex: string) => fromHex(hex) ?? new Uint8Array();

/** The eight leaves of the reference implementation's tests (certificate-transparency, merkle_tree_test.cc). */
const leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"].map(
  bytes,
);
const roots = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];
const pathsOfEight: [number, number, string[]][] = [
  [0, 1, []],
  [
    0,
    8,
    [
      "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
  ],
  [
    5,
    8,
    [
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
  ],
  [2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]],
  [
    1,
    5,
    [
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
  ],
];
const consistencies: [number, number, string[]][] = [
  [1, 1, []],
  [
    1,
    8,
    [
      "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
  ],
  [
    6,
    8,
    [
      "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
  ],
  [
    2,
    5,
    [
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
  ],
];

/** MTH of RFC 9162, 2.1.1, word by word. */
function naiveRoot(hashes: readonly Uint8Array[]): Uint8Array {
  const [first] = hashes;
  if (first === undefined) return sha256(new Uint8Array());
  if (hashes.length === 1) return first;
  const split = splitOf(hashes.length);
  return nodeHash(naiveRoot(hashes.slice(0, split)), naiveRoot(hashes.slice(split)), sha256);
}

function growing(hashes: readonly Uint8Array[]): { tree: GrowingTree; tiles: TileSource; kept: TreeTile[] } {
  const tree = new GrowingTree(sha256);
  for (const hash of hashes) tree.push(hash);
  const kept = [...tree.takeFullTiles(), ...tree.edge()];
  return {
    tree,
    kept,
    async tiles(level, position) {
      const tile = kept.find(known => known.level === level && known.position === position);
      if (tile === undefined) throw new RangeError(`no tile ${level}/${position}`);
      return tile;
    },
  };
}

const hashesOf = (count: number) =>
  Array.from({ length: count }, (_, index) => leafHash(Buffer.from(String(index)), sha256));
const many = hashesOf(70_000);
const head = (size: number) => ({ size, root: naiveRoot(many.slice(0, size)) });
const whole = growing(many);

describe("the vectors of the reference implementation", () => {
  const hashes = leaves.map(leaf => leafHash(leaf, sha256));
  const { tiles } = growing(hashes);

  test.each(roots.map((root, size) => [size, root] as const))("the root of %i leaves", (size, root) => {
    expect(toHex(growing(hashes.slice(0, size)).tree.root())).toBe(root);
  });

  test.each(pathsOfEight)("the path of leaf %i in %i", async (index, size, path) => {
    const proof = await inclusionProof(index, size, tiles, sha256);
    expect(proof.map(toHex)).toEqual(path);
    const leaf = hashes[index] ?? new Uint8Array();
    expect(verifyInclusion(leaf, index, { size, root: bytes(roots[size] ?? "") }, proof, sha256)).toBe(true);
  });

  test.each(consistencies)("the proof that %i leaves begin %i", async (first, second, path) => {
    const proof = await consistencyProof(first, second, tiles, sha256);
    expect(proof.map(toHex)).toEqual(path);
    const at = (size: number) => ({ size, root: bytes(roots[size] ?? "") });
    expect(verifyConsistency(at(first), at(second), proof, sha256)).toBe(true);
  });
});

describe("a tree that grows", () => {
  test("has the root of the naive tree at every size", () => {
    const tree = new GrowingTree(sha256);
    for (let size = 0; size <= 300; size += 1) {
      expect(toHex(tree.root())).toBe(toHex(head(size).root));
      tree.push(many[size] ?? new Uint8Array());
    }
  });

  test.each([0, 1, 255, 256, 257, 65_535, 65_536, 65_793])("goes on from the tiles of %i leaves", size => {
    const before = growing(many.slice(0, size));
    const after = GrowingTree.from(size, before.kept, sha256);
    expect(toHex(after.root())).toBe(toHex(before.tree.root()));
    for (const hash of many.slice(size, size + 300)) after.push(hash);
    expect(toHex(after.root())).toBe(toHex(growing(many.slice(0, size + 300)).tree.root()));
  });

  test("does not go on from the tiles of another size", () => {
    expect(() => GrowingTree.from(300, growing(many.slice(0, 299)).kept, sha256)).toThrow(RangeError);
  });
});

describe("proofs", () => {
  const sizes = fc.integer({ min: 1, max: 600 });
  const spoilt = (proof: readonly Uint8Array[], at: number) =>
    proof.map((hash, index) => (index === at % proof.length ? leafHash(hash, sha256) : hash));

  test("of inclusion: good for the leaf, its place and its tree, and for nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), fc.nat(), async (size, anywhere, damage) => {
        const index = anywhere % size;
        const leaf = many[index] ?? new Uint8Array();
        const tree = head(size);
        const proof = await inclusionProof(index, size, whole.tiles, sha256);
        const holds = (...[hash, place, at, path]: [Uint8Array, number, typeof tree, Uint8Array[]]) =>
          verifyInclusion(hash, place, at, path, sha256);
        expect(holds(leaf, index, tree, proof)).toBe(true);
        expect(holds(leafHash(leaf, sha256), index, tree, proof)).toBe(false);
        expect(holds(leaf, index + 1, tree, proof)).toBe(false);
        expect(holds(leaf, index, { ...tree, root: leafHash(tree.root, sha256) }, proof)).toBe(false);
        expect(holds(leaf, index, tree, [...proof, leaf])).toBe(false);
        if (proof.length === 0) return;
        expect(holds(leaf, index, tree, spoilt(proof, damage))).toBe(false);
        expect(holds(leaf, index, tree, proof.slice(1))).toBe(false);
      }),
      { numRuns: 30 },
    );
  });

  test("of consistency: good for the two trees, and for no others", async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), fc.nat(), async (size, anywhere, damage) => {
        const smaller = anywhere % (size + 1);
        const [first, second] = [head(smaller), head(size)];
        const proof = await consistencyProof(smaller, size, whole.tiles, sha256);
        expect(verifyConsistency(first, second, proof, sha256)).toBe(true);
        const other = { ...second, root: leafHash(second.root, sha256) };
        if (smaller > 0) expect(verifyConsistency(first, other, proof, sha256)).toBe(false);
        expect(verifyConsistency({ ...first, root: other.root }, second, proof, sha256)).toBe(false);
        expect(verifyConsistency(second, first, proof, sha256)).toBe(smaller === size);
        expect(verifyConsistency(first, second, [...proof, other.root], sha256)).toBe(false);
        if (proof.length === 0) return;
        expect(verifyConsistency(first, second, spoilt(proof, damage), sha256)).toBe(false);
        expect(verifyConsistency(first, second, proof.slice(0, -1), sha256)).toBe(false);
      }),
      { numRuns: 30 },
    );
  });

  test("reach over three levels of tiles", async () => {
    const { tree } = whole;
    const first = { size: 65_537, root: growing(many.slice(0, 65_537)).tree.root() };
    const second = { size: many.length, root: tree.root() };
    const consistency = await consistencyProof(first.size, second.size, whole.tiles, sha256);
    expect(verifyConsistency(first, second, consistency, sha256)).toBe(true);
    for (const index of [0, 65_535, 65_536, 69_999]) {
      const path = await inclusionProof(index, second.size, whole.tiles, sha256);
      expect(verifyInclusion(many[index] ?? new Uint8Array(), index, second, path, sha256)).toBe(true);
    }
  });

  test("are not made for what is not there", () => {
    expect(() => inclusionProof(5, 5, whole.tiles, sha256)).toThrow(RangeError);
    expect(() => consistencyProof(6, 5, whole.tiles, sha256)).toThrow(RangeError);
  });
});
