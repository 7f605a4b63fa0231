import type { FailureCode } from "../../core/errors/catalogue.ts";
import { asFailure } from "../../core/errors/failure.ts";
import type { Log } from "../../core/ports/log.ts";
import type { Timers } from "../../core/ports/timers.ts";

type Errand = () => Promise<void>;

const most = 1_000;
const retryMs = 5_000;

/** What passes by itself; the word is kept, and said again. */
const passing: ReadonlySet<FailureCode> = new Set(["broker-unreachable", "trail-unavailable"]);

/**
 * Words to the broker that must arrive, in order: a cover, an end, a refusal. What the broker cannot take now is kept and
 * said again, when it is back and from time to time; what it refuses is done with.
 */
export class Outbox {
  readonly #timers: Timers;
  readonly #log: Log;
  readonly #errands: Errand[] = [];
  #round: Promise<void> | undefined;
  #cancelRetry = () => {};
  #closed = false;

  constructor(timers: Timers, log: Log) {
    this.#timers = timers;
    this.#log = log;
  }

  post(errand: Errand): void {
    if (this.#errands.length >= most) {
      // The first may be under way.
      this.#errands.splice(1, 1);
      this.#log.warn("word-to-broker-dropped", { waiting: most });
    }
    this.#errands.push(errand);
    void this.deliver();
  }

  /** How many words wait. */
  get waiting(): number {
    return this.#errands.length;
  }

  get isEmpty(): boolean {
    return this.#errands.length === 0;
  }

  /** Tries what waits. Resolves when nothing waits any more, or the broker cannot take it now; never rejects. */
  deliver(): Promise<void> {
    if (this.#closed || this.#errands.length === 0) return Promise.resolve();
    this.#round ??= this.#sayAll();
    return this.#round;
  }

  close(): void {
    this.#closed = true;
    this.#cancelRetry();
  }

  async #sayAll(): Promise<void> {
    this.#cancelRetry();
    for (let errand = this.#errands[0]; errand !== undefined && !this.#closed; errand = this.#errands[0]) {
      try {
        await errand();
      } catch (thrown) {
        const { code } = asFailure(thrown);
        if (passing.has(code)) {
          if (!this.#closed) this.#cancelRetry = this.#timers.after(retryMs, () => void this.deliver());
          break;
        }
        this.#log.warn("word-to-broker-refused", { code });
      }
      this.#errands.shift();
    }
    this.#round = undefined;
  }
}
