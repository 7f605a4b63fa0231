import { asFailure } from "../../core/errors/failure.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import { directorySourceStateOf } from "../store/directory-source-table.ts";
import type { Store } from "../store/store.ts";
import type { DirectorySource } from "./directory-entry.ts";
import { recordAnswered, recordFailed } from "./source-records.ts";
import type { DirectorySourceState } from "./source-state.ts";
import { takeIn } from "./take-in.ts";
import { UnsettledSource } from "./unsettled-source.ts";

export interface SourceKeeperParts {
  readonly source: DirectorySource;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** 0 to below 1: brokers and sources do not all look in the same moment. */
  readonly random: () => number;
  /** Entries of the source have changed, or may have; told when they are in the store. Does not reject. */
  readonly onChange: () => Promise<void>;
}

/** That an unchanged source answered is written so often at most. */
const rewrittenAfterMs = 30_000;

/** Looks at one source again and again: one look at a time, further apart while it fails. */
export class SourceKeeper {
  readonly #parts: SourceKeeperParts;
  readonly #ended = new AbortController();
  #looking: Promise<void> | undefined;
  #nextLookAt = 0;

  constructor(parts: SourceKeeperParts) {
    this.#parts = parts;
  }

  get id(): string {
    return this.#parts.source.id;
  }

  /** Looks where a look is due; nobody waits for it. */
  tick(): void {
    if (this.#looking !== undefined || this.#ended.signal.aborted) return;
    if (this.#parts.clock.now() < this.#nextLookAt) return;
    this.#looking = this.#look().finally(() => {
      this.#looking = undefined;
    });
  }

  /** The next tick looks, whatever was to be waited for. */
  hurry(): void {
    this.#nextLookAt = 0;
  }

  /** Breaks off what is being read, and ends when nothing is written any more. */
  async close(): Promise<void> {
    this.#ended.abort();
    await this.#looking;
  }

  async #look(): Promise<void> {
    const { source, clock, log, random } = this.#parts;
    const failures = await this.#read().then(
      () => 0,
      problem => this.#failed(problem),
    );
    const { intervalMs, longestPauseMs } = source;
    const longest = Math.max(intervalMs, longestPauseMs);
    const pause = Math.min(intervalMs * 2 ** Math.max(failures - 1, 0), longest);
    this.#nextLookAt = clock.now() + pause * (0.9 + random() * 0.2);
    if (failures > 0) log.warn("directory-source-failed", { source: source.id, failures });
  }

  async #read(): Promise<void> {
    const { source, store, clock, onChange } = this.#parts;
    const now = clock.now();
    const state = await directorySourceStateOf(store.db, source.id);
    const reading = await source.read(sinceOf(source, state, now), this.#ended.signal);
    switch (reading.extent) {
      case "unsettled":
        return;
      case "unchanged":
        if (state.trouble !== undefined || now - (state.readAt ?? 0) > rewrittenAfterMs)
          await store.write(tx => recordAnswered(tx, source.id, {}, now));
        return;
      case "everything":
      case "changes":
        // What was taken over before something broke counts, too.
        await takeIn(store, source.id, reading, { now, signal: this.#ended.signal }).finally(onChange);
    }
  }

  /** Answers how many times in a row. What breaks because the broker ends, or somebody writes just now, is no failure. */
  async #failed(problem: unknown): Promise<number> {
    const { source, store, clock, log } = this.#parts;
    if (this.#ended.signal.aborted || problem instanceof UnsettledSource) return 0;
    try {
      return await recordFailed(store, source.id, asFailure(problem), clock.now());
    } catch (unwritten) {
      log.warn("source-state-unwritten", { source: source.id, detail: String(unwritten) });
      return 1;
    }
  }
}

function sinceOf(
  { everythingAfterMs = Number.POSITIVE_INFINITY }: DirectorySource,
  { watermark, everythingAt }: DirectorySourceState,
  now: number,
): string | undefined {
  return everythingAt === undefined || now - everythingAt >= everythingAfterMs ? undefined : watermark;
}
