import type { Log } from "../../core/ports/log.ts";
import type { Timers } from "../../core/ports/timers.ts";

interface Closable {
  close(): void | Promise<void>;
}

/** How often a broker looks for what is over, or has changed beside it. */
const sweepMs = 10_000;

/**
 * What a broker has open, and what it does by itself. Every part of it is handed here when it is open: the last one is closed first, when
 * the broker ends and as well when its start fails. Whatever has to be done by itself begins when all parts are open.
 */
export class BrokerLife implements AsyncDisposable {
  readonly #timers: Timers;
  readonly #log: Log;
  readonly #beginnings: (() => void)[] = [];
  #opened = new AsyncDisposableStack();

  constructor(timers: Timers, log: Log) {
    this.#timers = timers;
    this.#log = log;
  }

  /** It is open, and is closed before what was kept earlier. */
  keep<Part extends Closable | undefined>(part: Part): Part {
    return this.#opened.adopt(part, one => one?.close());
  }

  /** Done at the end, before what was kept earlier is closed. */
  atEnd(work: () => void | Promise<void>): void {
    this.#opened.defer(work);
  }

  /** Done once all parts are open; never where the start fails. */
  onceOpen(work: () => void): void {
    this.#beginnings.push(work);
  }

  /** Done again and again, once all parts are open. What fails is logged, and is in nobody else's way. */
  every(milliseconds: number, failure: string, work: () => Promise<void>): void {
    let stop = () => {};
    const wait = () => {
      stop = this.#timers.after(milliseconds, () => {
        wait();
        void work().catch(error => this.#log.warn(failure, { detail: String(error) }));
      });
    };
    this.onceOpen(wait);
    this.atEnd(() => stop());
  }

  /** Every few seconds, as `every`. */
  sweep(work: () => Promise<void>): void {
    this.every(sweepMs, "sweep-failed", work);
  }

  /** All parts are open. Answers what ends them. */
  begin(): () => Promise<void> {
    const running = this.#opened.move();
    for (const work of this.#beginnings) work();
    return () => running.disposeAsync();
  }

  /** The start has failed, where it has not begun. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#opened.disposeAsync();
  }
}
