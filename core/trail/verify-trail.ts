import { toBase64 } from "../bytes/base64.ts";
import { equalBytes } from "../bytes/bytes.ts";
import { toHex } from "../bytes/hex.ts";
import type { Sha256 } from "../ports/digest.ts";
import type { SignatureVerifier } from "../ports/signature-verifier.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { GrowingTree } from "./growing-tree.ts";
import { openCheckpoint } from "./open-checkpoint.ts";
import { recordHashes } from "./record-hashes.ts";
import { type RecordedRemoval, RemovedPart } from "./removed-part.ts";
import type { NoteKey } from "./signed-note.ts";
import type { ChainedRecord } from "./trail-chain.ts";
import type { StoredSegment } from "./trail-segment.ts";
import { hashesAtLevel, type TreeTile, tileWidth } from "./tree-tile.ts";

const hashBytes = 32;

/** A checkpoint as the store keeps it. */
export interface StoredCheckpoint {
  /** 1 for the first; none is left out. */
  readonly number: number;
  /** The number of records it covers, as its note says. */
  readonly size: number;
  readonly note: string;
}

/** Everything that a store says of its trail. */
export interface TrailContent {
  /** In the order of their numbers. */
  readonly records: Iterable<ChainedRecord>;
  /** In the order of their numbers. */
  readonly segments: Iterable<StoredSegment>;
  /** In the order of their numbers. */
  readonly checkpoints: Iterable<StoredCheckpoint>;
  /** How many tiles there are. */
  readonly tileCount: number;
  /** The hashes of a tile, one after another. */
  tile(level: number, position: number): Uint8Array | undefined;
}

/** What the verdict is measured against, beside the store itself. */
export interface TrailWitness {
  /** The broker's key; without it, signatures are not looked at. */
  readonly key?: NoteKey | undefined;
  /** A checkpoint that was kept elsewhere. */
  readonly kept?: string | undefined;
}

/**
 * `chain`: a record does not follow the one before. `checkpoint`: a checkpoint of the store, `kept-checkpoint` one kept elsewhere,
 * does not fit the records. `tree`: a tile, from which proofs are made, does not. `segment`: what stands for records that were
 * removed, or an archived segment itself, does not. `file`: it cannot be read.
 */
export type TrailCheck = "chain" | "checkpoint" | "kept-checkpoint" | "tree" | "segment" | "file";

/**
 * `missing`, `doubled`: by its number, a record does not come next. `cut`: records that a checkpoint covers are not there. `rewritten`:
 * other records stand where a checkpoint was signed over. `unrecorded`: records were removed, and the trail does not say so.
 * `outside`: a kept checkpoint of another time than the archived segment's.
 */
export type TrailProblem =
  | "missing"
  | "doubled"
  | "altered"
  | "cut"
  | "rewritten"
  | "signature"
  | "unrecorded"
  | "outside"
  | "unreadable";

export interface TrailFinding {
  readonly check: TrailCheck;
  readonly problem: TrailProblem;
  /** The first record that is in doubt. */
  readonly sequence: number;
  /** The number of the checkpoint, where one of the store is concerned. */
  readonly checkpoint?: number;
}

export type TrailVerdict =
  | {
      readonly intact: true;
      /** Of the whole trail, those removed among them. */
      readonly records: number;
      /** The records up to here were removed, and the trail says so. */
      readonly removed?: number;
      /** The removals that what is left of the trail speaks of. */
      readonly removals?: readonly RecordedRemoval[];
      /** Hash of the last record, hex. */
      readonly head: string;
      /** Root of the Merkle tree over all records, base64. */
      readonly root: string;
      readonly checkpoints: number;
      /** The records up to here are covered by a checkpoint of the store. */
      readonly sealed: number;
      readonly signatures: "checked" | "no-key";
      /** The records up to here are covered by the kept checkpoint. */
      readonly keptSize?: number;
    }
  | ({ readonly intact: false /** Good records before the finding. */; readonly records: number } & TrailFinding);

interface Ports {
  readonly sha256: Sha256;
  readonly signatures: SignatureVerifier;
}

/**
 * Follows a trail from its first record, in one pass and bounded memory: chain, tree, every checkpoint and its signature, and a
 * checkpoint kept elsewhere. Stops at the first contradiction.
 */
export function verifyTrail(content: TrailContent, { key, kept }: TrailWitness, ports: Ports): TrailVerdict {
  const walk = new TrailWalk(content, key, ports);
  const keptHead = kept === undefined ? undefined : openCheckpoint(kept, key, ports);
  const finding =
    kept !== undefined && keptHead === undefined
      ? ({ check: "kept-checkpoint", problem: "signature", sequence: 1 } as const)
      : walk.follow(keptHead);
  if (finding !== undefined) return { intact: false, records: walk.count, ...finding };
  return {
    intact: true,
    records: walk.count,
    head: toHex(walk.head),
    root: toBase64(walk.tree.root()),
    ...(walk.removed.last === 0 ? {} : { removed: walk.removed.last, removals: walk.removed.recorded }),
    checkpoints: walk.checkpoints,
    sealed: walk.sealed,
    signatures: key === undefined ? "no-key" : "checked",
    ...(keptHead === undefined ? {} : { keptSize: keptHead.size }),
  };
}

class TrailWalk {
  readonly tree: GrowingTree;
  readonly removed: RemovedPart;
  /** Hash of the last good record; 32 zero bytes before the first. */
  head: Uint8Array = new Uint8Array(32);
  count = 0;
  sealed = 0;
  checkpoints = 0;
  readonly #content: TrailContent;
  readonly #key: NoteKey | undefined;
  readonly #ports: Ports;
  /** Up to here some signed checkpoint has agreed. */
  #agreed = 0;

  constructor(content: TrailContent, key: NoteKey | undefined, ports: Ports) {
    this.#content = content;
    this.#key = key;
    this.#ports = ports;
    this.tree = new GrowingTree(ports.sha256);
    this.removed = new RemovedPart(content.segments, key, ports);
  }

  follow(kept: Checkpoint | undefined): TrailFinding | undefined {
    const stored = this.#content.checkpoints[Symbol.iterator]();
    let due = stored.next().value as StoredCheckpoint | undefined;
    const atThisSize = (): TrailFinding | undefined => {
      if (kept?.size === this.count && !this.#agrees(kept))
        return { check: "kept-checkpoint", problem: "rewritten", sequence: this.#agreed + 1 };
      while (due !== undefined && due.size <= this.count) {
        const sealing = due;
        due = stored.next().value as StoredCheckpoint | undefined;
        const finding = this.#seal(sealing, due === undefined);
        if (finding !== undefined) return finding;
      }
      return undefined;
    };
    const beforeAny = atThisSize() ?? this.#passRemoved(atThisSize);
    if (beforeAny !== undefined) return beforeAny;
    for (const record of this.#content.records) {
      // Left where the broker was stopped while it removed them.
      if (record.sequence <= this.removed.last) continue;
      const finding = this.#take(record) ?? atThisSize();
      if (finding !== undefined) return finding;
      // No checkpoint is left that would have written them.
      if (due === undefined) this.tree.takeFullTiles();
    }
    const sequence = this.count + 1;
    if (kept !== undefined && kept.size > this.count) return { check: "kept-checkpoint", problem: "cut", sequence };
    if (due !== undefined) {
      const said = this.#openStored(due);
      return "check" in said ? said : { check: "checkpoint", problem: "cut", sequence, checkpoint: due.number };
    }
    if (!this.removed.isRecorded) return { check: "segment", problem: "unrecorded", sequence: 1 };
    // Of a store that has no checkpoint yet, and so no tree.
    return this.checkpoints === 0 && this.#content.tileCount > 0
      ? { check: "tree", problem: "doubled", sequence: 1 }
      : undefined;
  }

  /** For the records that were removed: their hashes as leaves are in the tree's tiles. */
  #passRemoved(atThisSize: () => TrailFinding | undefined): TrailFinding | undefined {
    const { last, head, isWhole } = this.removed;
    if (!isWhole) return { check: "segment", problem: "altered", sequence: 1 };
    let tile: Uint8Array | undefined;
    while (this.count < last) {
      const place = this.count % tileWidth;
      if (place === 0) tile = this.#content.tile(0, this.count / tileWidth);
      const leaf = tile?.subarray(place * hashBytes, (place + 1) * hashBytes);
      if (leaf?.length !== hashBytes) return { check: "tree", problem: "missing", sequence: this.count + 1 };
      this.tree.push(leaf);
      this.count += 1;
      const finding = atThisSize();
      if (finding !== undefined) return finding;
    }
    this.head = head;
    return undefined;
  }

  /** The next record of chain and tree, where it is that. */
  #take(record: ChainedRecord): TrailFinding | undefined {
    const { sequence } = record;
    const expected = this.count + 1;
    if (sequence < expected) return { check: "chain", problem: "doubled", sequence: expected };
    if (sequence > expected) return { check: "chain", problem: "missing", sequence: expected };
    const hashes = sequence === expected ? recordHashes(this.head, record, this.#ports.sha256) : undefined;
    if (hashes === undefined) return { check: "chain", problem: "altered", sequence: expected };
    this.head = hashes.chain;
    this.count = expected;
    this.tree.push(hashes.leaf);
    this.removed.hear(record);
    return undefined;
  }

  /** Looks at a checkpoint whose size says that it covers the records so far. */
  #seal(stored: StoredCheckpoint, isLast: boolean): TrailFinding | undefined {
    const said = this.#openStored(stored);
    if ("check" in said) return said;
    if (!this.#agrees(said))
      return { check: "checkpoint", problem: "rewritten", sequence: this.#agreed + 1, checkpoint: stored.number };
    this.checkpoints = stored.number;
    this.sealed = said.size;
    return this.#fullTiles() ?? (isLast ? this.#lastTiles() : undefined);
  }

  /** What a stored checkpoint says, where it is signed, says the size that its row says, and follows the one before. */
  #openStored(stored: StoredCheckpoint): Checkpoint | TrailFinding {
    const about = { check: "checkpoint", sequence: this.#agreed + 1, checkpoint: this.checkpoints + 1 } as const;
    if (stored.number !== this.checkpoints + 1)
      return { ...about, problem: stored.number > this.checkpoints ? "missing" : "doubled" };
    const said = openCheckpoint(stored.note, this.#key, this.#ports);
    if (said === undefined) return { ...about, problem: "signature" };
    return said.size === stored.size && (said.size > this.sealed || stored.number === 1)
      ? said
      : { ...about, problem: "altered" };
  }

  #agrees({ size, root }: Checkpoint): boolean {
    if (size !== this.count || !equalBytes(this.tree.root(), root)) return false;
    this.#agreed = Math.max(this.#agreed, size);
    return true;
  }

  #fullTiles(): TrailFinding | undefined {
    for (const tile of this.tree.takeFullTiles()) {
      const finding = this.#tile(tile);
      if (finding !== undefined) return finding;
    }
    return undefined;
  }

  /** At the last checkpoint: its unfinished tiles hold what they should and nothing more, and there are no others. */
  #lastTiles(): TrailFinding | undefined {
    for (const tile of this.tree.edge()) {
      const finding = this.#tile(tile);
      if (finding !== undefined) return finding;
    }
    let expected = 0;
    for (let level = 0; hashesAtLevel(level, this.count) > 0; level += 1)
      expected += Math.ceil(hashesAtLevel(level, this.count) / tileWidth);
    return this.#content.tileCount === expected
      ? undefined
      : { check: "tree", problem: this.#content.tileCount > expected ? "doubled" : "missing", sequence: this.count };
  }

  #tile(tile: TreeTile): TrailFinding | undefined {
    const stored = this.#content.tile(tile.level, tile.position);
    if (stored !== undefined && holdsHashes(stored, tile.hashes)) return undefined;
    return { check: "tree", problem: stored === undefined ? "missing" : "altered", sequence: firstLeaf(tile) + 1 };
  }
}

/** Whether the bytes are these hashes, one after another. */
function holdsHashes(bytes: Uint8Array, hashes: readonly Uint8Array[]): boolean {
  if (bytes.length !== hashes.length * hashBytes) return false;
  let at = 0;
  for (const hash of hashes) for (const byte of hash) if (bytes[at++] !== byte) return false;
  return true;
}

/** Place of the first leaf that the tile is about; 0 for the first of all. */
function firstLeaf({ level, position }: TreeTile): number {
  return position * tileWidth ** (level + 1);
}
