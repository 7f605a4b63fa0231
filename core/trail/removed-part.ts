import { fromHex } from "../bytes/hex.ts";
import type { Sha256 } from "../ports/digest.ts";
import type { SignatureVerifier } from "../ports/signature-verifier.ts";
import { readRemoval, type SegmentRemoval } from "./segment-removal.ts";
import type { NoteKey } from "./signed-note.ts";
import type { ChainedRecord } from "./trail-chain.ts";
import type { StoredSegment, TrailSegment } from "./trail-segment.ts";

/** A removal, and the number of the record that says it. */
export interface RecordedRemoval extends SegmentRemoval {
  readonly record: number;
}

interface Ports {
  readonly sha256: Sha256;
  readonly signatures: SignatureVerifier;
}

const removalAct = "trail-segment-removed";
/** In every record of the act. Without the quotation mark before it, which is found at every member, it is sought three times as fast. */
const removalMark = `${removalAct}"`;

/**
 * The beginning of a trail whose records were removed, by whole segments. The newest removal stands in what is left, always: it was
 * recorded before the records went.
 */
export class RemovedPart {
  /** Those that what is left of the trail speaks of. */
  readonly recorded: RecordedRemoval[] = [];
  readonly #segments: readonly StoredSegment[];
  readonly #key: NoteKey | undefined;
  readonly #ports: Ports;

  constructor(segments: Iterable<StoredSegment>, key: NoteKey | undefined, ports: Ports) {
    this.#segments = [...segments].filter(({ removed }) => removed);
    this.#key = key;
    this.#ports = ports;
  }

  /** The number of the last record removed; 0 where none was. */
  get last(): number {
    return this.#segments.at(-1)?.last ?? 0;
  }

  /** Its hash in the chain; 32 zero bytes where none was removed, none where it is no hash. */
  get head(): Uint8Array {
    const newest = this.#segments.at(-1);
    return newest === undefined ? new Uint8Array(32) : (fromHex(newest.head) ?? new Uint8Array());
  }

  /** Whether the segments follow one another from the first record on. */
  get isWhole(): boolean {
    return this.#segments.every(({ number, first, last }, index) => {
      const before = this.#segments[index - 1]?.last ?? 0;
      return number === index + 1 && first === before + 1 && last >= first && this.head.length === 32;
    });
  }

  /** Takes note of a record of what is left. */
  hear({ sequence, text }: ChainedRecord): void {
    if (!text.includes(removalMark)) return;
    const removal = readRemoval(removalDetail(text), this.#key, this.#ports);
    if (removal !== undefined) this.recorded.push({ ...removal, record: sequence });
  }

  /** Whether the trail says that they were removed, and nothing else than what is so. */
  get isRecorded(): boolean {
    const newest = this.#segments.at(-1);
    if (newest === undefined) return this.recorded.length === 0;
    return (
      this.recorded.some(removal => isSame(removal, newest)) &&
      this.recorded.every(removal => this.#segments.some(segment => isSame(removal, segment)))
    );
  }
}

function isSame(one: TrailSegment, other: TrailSegment): boolean {
  return one.number === other.number && one.first === other.first && one.last === other.last && one.head === other.head;
}

/** Empty where the record is about something else. */
function removalDetail(text: string): string {
  try {
    const { act, detail } = JSON.parse(text) as { act?: unknown; detail?: unknown };
    return act === removalAct && typeof detail === "string" ? detail : "";
  } catch {
    // Whoever can write to the store can chain what is no record.
    return "";
  }
}
