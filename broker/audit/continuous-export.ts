import type { Log } from "../../core/ports/log.ts";
import type { Timers } from "../../core/ports/timers.ts";
import type { Store } from "../store/store.ts";
import { exportedUpTo, keepExportedUpTo } from "../store/trail-export-table.ts";
import { exportedRecords } from "./exported-records.ts";
import type { KnownPersons } from "./known-persons.ts";
import type { TrailReceiver } from "./trail-receiver.ts";

interface Parts {
  readonly name: string;
  readonly receiver: TrailReceiver;
  readonly origin: string;
  /** Where its receiver is to have clear identifiers. */
  readonly persons?: KnownPersons | undefined;
  readonly store: Store;
  readonly timers: Timers;
  readonly log: Log;
}

const idleMs = 2_000;
const shortestPauseMs = 1_000;
const longestPauseMs = 60_000;

/**
 * Brings every record to one receiver: in order, at least once, one batch in memory. What the receiver has is kept in the store, so
 * that a restart or an outage goes on from there; after a failure the pauses grow.
 */
export class ContinuousExport {
  readonly #parts: Parts;
  #cancel: () => void = () => {};
  #running: Promise<void> = Promise.resolve();
  #failures = 0;
  #closed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#next(0);
  }

  get name(): string {
    return this.#parts.name;
  }

  /** How many times in a row the receiver has failed. */
  get failures(): number {
    return this.#failures;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancel();
    await this.#running;
    await this.#parts.receiver.close();
  }

  #next(pauseMs: number): void {
    if (this.#closed) return;
    this.#cancel = this.#parts.timers.after(pauseMs, () => {
      this.#running = this.#batch().then(
        isMore => {
          this.#failures = 0;
          this.#next(isMore ? 0 : idleMs);
        },
        (problem: unknown) => {
          const pause = Math.min(shortestPauseMs * 2 ** this.#failures, longestPauseMs);
          this.#failures += 1;
          this.#parts.log.warn("trail-export-failed", { export: this.#parts.name, detail: String(problem) });
          this.#next(pause);
        },
      );
    });
  }

  /** Sends the next records; answers whether there were any. */
  async #batch(): Promise<boolean> {
    const { name, receiver, origin, persons, store } = this.#parts;
    const after = await exportedUpTo(store.db, name);
    const records = await exportedRecords(store.db, origin, after, receiver.atOnce, persons);
    const last = records.at(-1);
    if (last === undefined) return false;
    await receiver.send(records);
    await store.write(tx => keepExportedUpTo(tx, name, last.sequence));
    return true;
  }
}
