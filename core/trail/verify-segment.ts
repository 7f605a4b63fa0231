import { fromBase64, toBase64 } from "../bytes/base64.ts";
import { equalBytes } from "../bytes/bytes.ts";
import { fromHex, toHex } from "../bytes/hex.ts";
import type { Sha256 } from "../ports/digest.ts";
import type { SignatureVerifier } from "../ports/signature-verifier.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { GrowingTree } from "./growing-tree.ts";
import { openCheckpoint } from "./open-checkpoint.ts";
import { recordHashes } from "./record-hashes.ts";
import { readSegmentLine, type SegmentLine } from "./segment-line.ts";
import { sealsSegment } from "./segment-seal.ts";
import { textOfNote } from "./signed-note.ts";
import type { TrailSegment } from "./trail-segment.ts";
import type { TreeTile } from "./tree-tile.ts";
import type { TrailFinding, TrailWitness } from "./verify-trail.ts";

export type SegmentVerdict =
  | ({
      readonly intact: true;
      readonly origin: string;
      /** The signed checkpoint over the trail up to the segment's end. */
      readonly seal: string;
      /** Root of the Merkle tree up to the segment's end, base64. */
      readonly root: string;
      readonly signatures: "checked" | "no-key";
      /** Where the kept checkpoint agrees. */
      readonly keptSize?: number;
    } & TrailSegment)
  | ({ readonly intact: false } & TrailFinding);

interface Ports {
  readonly sha256: Sha256;
  readonly signatures: SignatureVerifier;
}

/**
 * Follows an archived segment from its first line to its last: chain, tree, its own checkpoints, and one that was kept elsewhere while
 * these records were made. Bounded memory; stops at the first contradiction.
 */
export async function verifySegment(
  lines: AsyncIterable<string>,
  { key, kept }: TrailWitness,
  ports: Ports,
): Promise<SegmentVerdict> {
  let walk: SegmentWalk | undefined;
  const keptHead = kept === undefined ? undefined : openCheckpoint(kept, key, ports);
  if (kept !== undefined && keptHead === undefined)
    return { intact: false, check: "kept-checkpoint", problem: "signature", sequence: 1 };
  for await (const text of lines) {
    const line = readSegmentLine(text);
    if (walk === undefined) {
      walk = line?.line === "begin" ? SegmentWalk.from(line, { key, kept: keptHead }, ports) : undefined;
      if (walk === undefined) return { intact: false, check: "file", problem: "unreadable", sequence: 1 };
      const finding = walk.atThisSize();
      if (finding !== undefined) return { intact: false, ...finding };
      continue;
    }
    const finding =
      line === undefined ? ({ check: "file", problem: "unreadable", sequence: walk.next } as const) : walk.take(line);
    if (finding !== undefined) return { intact: false, ...finding };
  }
  return walk?.verdict() ?? { intact: false, check: "file", problem: "unreadable", sequence: 1 };
}

type Line<Kind extends SegmentLine["line"]> = Extract<SegmentLine, { line: Kind }>;
type Witness = Pick<TrailWitness, "key"> & { readonly kept: Checkpoint | undefined };

class SegmentWalk {
  readonly #begin: Line<"begin">;
  readonly #tree: GrowingTree;
  readonly #witness: Witness;
  readonly #ports: Ports;
  #head: Uint8Array;
  #seal: string | undefined;

  private constructor(begin: Line<"begin">, tree: GrowingTree, witness: Witness, ports: Ports) {
    this.#begin = begin;
    this.#tree = tree;
    this.#witness = witness;
    this.#ports = ports;
    this.#head = fromHex(begin.before) ?? new Uint8Array();
  }

  /** `undefined` where the tree cannot begin so. */
  static from(begin: Line<"begin">, witness: Witness, ports: Ports): SegmentWalk | undefined {
    const tiles = begin.edge.map(
      (tile): TreeTile => ({ ...tile, hashes: tile.hashes.map(text => fromBase64(text) ?? new Uint8Array()) }),
    );
    if (tiles.some(({ hashes }) => hashes.some(hash => hash.length !== 32))) return undefined;
    try {
      return new SegmentWalk(begin, GrowingTree.from(begin.first - 1, tiles, ports.sha256), witness, ports);
    } catch {
      return undefined;
    }
  }

  /** The number of the record that comes next. */
  get next(): number {
    return this.#tree.size + 1;
  }

  take(line: SegmentLine): TrailFinding | undefined {
    // Nothing comes behind the end.
    if (this.#seal !== undefined) return { check: "segment", problem: "doubled", sequence: this.next };
    switch (line.line) {
      case "begin":
        return { check: "segment", problem: "doubled", sequence: this.next };
      case "record":
        return this.#record(line) ?? this.atThisSize();
      case "checkpoint":
        return this.#agrees(line.note) === undefined
          ? { check: "checkpoint", problem: "rewritten", sequence: this.next - 1, checkpoint: line.number }
          : undefined;
      case "end":
        return this.#end(line);
      default:
        return line satisfies never;
    }
  }

  /** The kept checkpoint, where the segment has come to its size. */
  atThisSize(): TrailFinding | undefined {
    const { kept } = this.#witness;
    if (kept?.size !== this.#tree.size || equalBytes(this.#tree.root(), kept.root)) return undefined;
    return { check: "kept-checkpoint", problem: "rewritten", sequence: this.#begin.first };
  }

  verdict(): SegmentVerdict {
    const { origin, segment: number, first, last } = this.#begin;
    const { key, kept } = this.#witness;
    if (this.#seal === undefined) return { intact: false, check: "segment", problem: "cut", sequence: this.next };
    if (kept !== undefined && (kept.size < first - 1 || kept.size > last))
      return { intact: false, check: "kept-checkpoint", problem: "outside", sequence: first };
    return {
      intact: true,
      ...{ origin, number, first, last },
      head: toHex(this.#head),
      seal: this.#seal,
      root: toBase64(this.#tree.root()),
      signatures: key === undefined ? "no-key" : "checked",
      ...(kept === undefined ? {} : { keptSize: kept.size }),
    };
  }

  #record(record: Line<"record">): TrailFinding | undefined {
    const [{ sequence }, { next }] = [record, this];
    if (sequence !== next) return { check: "chain", problem: sequence < next ? "doubled" : "missing", sequence: next };
    const hashes = recordHashes(this.#head, record, this.#ports.sha256);
    if (hashes === undefined) return { check: "chain", problem: "altered", sequence: next };
    this.#head = hashes.chain;
    this.#tree.push(hashes.leaf);
    this.#tree.takeFullTiles();
    return undefined;
  }

  #end({ note }: Line<"end">): TrailFinding | undefined {
    const { segment: number, first, last, origin } = this.#begin;
    if (this.#tree.size !== last) return { check: "segment", problem: "cut", sequence: this.next };
    const said = this.#agrees(note);
    if (said === undefined) return { check: "segment", problem: "rewritten", sequence: first };
    if (said.origin !== origin || !sealsSegment(textOfNote(note) ?? "", { number, first }))
      return { check: "segment", problem: "altered", sequence: first };
    this.#seal = note;
    return undefined;
  }

  /** What the note says, where it is signed and over the records up to here. */
  #agrees(note: string): Checkpoint | undefined {
    const said = openCheckpoint(note, this.#witness.key, this.#ports);
    const holds = said?.size === this.#tree.size && equalBytes(said.root, this.#tree.root());
    return holds ? said : undefined;
  }
}
