import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import { removalNote } from "../../core/trail/segment-removal.ts";
import type { NoteSigner } from "../../core/trail/signed-note.ts";
import type { Store } from "../store/store.ts";
import { exportedUpTo } from "../store/trail-export-table.ts";
import {
  cutSegment,
  dropRemoved,
  keepArchived,
  keepRemoved,
  type SegmentRow,
  trailSegments,
} from "../store/trail-segment-table.ts";
import { appendTrail, sha256 } from "../store/trail-table.ts";
import { monthsLater } from "./months-later.ts";
import { hashOfFile, verifySegmentFile } from "./read-segment.ts";
import type { TrailConfiguration } from "./trail-configuration.ts";
import { segmentFileName, writeSegment } from "./write-segment.ts";

export interface TrailSegmentsParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly signer: NoteSigner;
  readonly configuration: Pick<TrailConfiguration, "retention" | "exports">;
}

/**
 * Keeps the trail by its months: each that is over is archived, and removed from the store when it is old enough. What every export has
 * not got yet, or whose archive does not verify, stays.
 */
export class TrailSegments {
  readonly #parts: TrailSegmentsParts;
  #running: Promise<void> | undefined;
  #closed = false;

  constructor(parts: TrailSegmentsParts) {
    this.#parts = parts;
  }

  /** Does what is due; two at once are one. Rejects where it cannot be done, and goes on from there the next time. */
  tick(): Promise<void> {
    this.#running ??= this.#work().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Waits for what is being done. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running?.catch(() => {});
  }

  async #work(): Promise<void> {
    const { store, configuration } = this.#parts;
    const { retention } = configuration;
    if (retention === undefined) return;
    await dropRemoved(store);
    while (await store.write(cutSegment));
    const segments = await trailSegments(store.db);
    mkdirSync(retention.archive, { recursive: true, mode: 0o700 });
    for (const segment of segments)
      if (segment.archive_file === null && !this.#closed) await this.#archive(segment, retention.archive);
    if (retention.months === undefined) return;
    for (const segment of await trailSegments(store.db)) {
      if (this.#closed) return;
      if (segment.removed_at !== null) continue;
      // The older ones go first, or none.
      if (!(await this.#mayGo(segment, retention.archive, retention.months))) return;
      await this.#remove(segment);
    }
  }

  async #archive(segment: SegmentRow, folder: string): Promise<void> {
    const { store, clock, signer } = this.#parts;
    const { file, hash } = await writeSegment(folder, segment, store.db, signer);
    await store.write(async tx => {
      await keepArchived(tx, segment.number, file, hash);
      const detail = `${file}, SHA-256 ${hash}`;
      await appendTrail(tx, { at: clock.now(), act: "trail-segment-archived", detail });
    });
  }

  async #mayGo(segment: SegmentRow, folder: string, months: number): Promise<boolean> {
    const { store, clock, log, signer, configuration } = this.#parts;
    if (monthsLater(segment.ended_at, months) > clock.now()) return false;
    for (const { name } of configuration.exports)
      if ((await exportedUpTo(store.db, name)) < segment.last) {
        log.warn("trail-segment-stays", { segment: segment.number, detail: `export ${name} has not got it` });
        return false;
      }
    const why = await whatSpeaksAgainst(segment, folder, signer);
    if (why !== undefined) log.warn("trail-segment-stays", { segment: segment.number, detail: why });
    return why === undefined;
  }

  /** Recorded first; then the records go. */
  async #remove(segment: SegmentRow): Promise<void> {
    const { store, clock, signer } = this.#parts;
    const { number, first, last, head, archive_file: file, archive_hash: fileHash } = segment;
    if (file === null || fileHash === null) return;
    const detail = removalNote({ number, first, last, head, file, fileHash }, signer, sha256);
    await store.write(async tx => {
      await appendTrail(tx, { at: clock.now(), act: "trail-segment-removed", detail });
      await keepRemoved(tx, number, clock.now());
    });
    await dropRemoved(store);
  }
}

/** Reads the archive as it lies there now. */
async function whatSpeaksAgainst(segment: SegmentRow, folder: string, signer: NoteSigner): Promise<string | undefined> {
  const file = join(folder, segmentFileName(segment));
  try {
    if ((await hashOfFile(file)) !== segment.archive_hash) return `${file} has changed`;
    const verdict = await verifySegmentFile(file, { key: signer });
    if (!verdict.intact) return `${file}: ${verdict.check} ${verdict.problem} at record ${verdict.sequence}`;
    const { number, first, last, head } = verdict;
    const isThis =
      number === segment.number && first === segment.first && last === segment.last && head === segment.head;
    return isThis ? undefined : `${file} is another segment`;
  } catch (problem) {
    return `${file}: ${String(problem)}`;
  }
}
