import type { Clock } from "../../core/ports/clock.ts";

export interface AttemptLimit {
  readonly most: number;
  readonly withinMs: number;
}

const mostKeys = 100_000;

/** Counts attempts by key, in memory: so many within so long, and no more. */
export class AttemptThrottle {
  readonly #clock: Clock;
  readonly #limit: AttemptLimit;
  /** When each attempt was made, oldest first; the keys in the order of their last attempt. */
  readonly #attempts = new Map<string, readonly number[]>();

  constructor(clock: Clock, limit: AttemptLimit) {
    this.#clock = clock;
    this.#limit = limit;
  }

  /** Counts one more: 0, or the milliseconds until the next one is let through. One that is not let through does not count. */
  take(key: string): number {
    const now = this.#clock.now();
    const since = now - this.#limit.withinMs;
    const recent = (this.#attempts.get(key) ?? []).filter(at => at > since);
    this.#attempts.delete(key);
    const [oldest = now] = recent;
    const isFull = recent.length >= this.#limit.most;
    this.#attempts.set(key, isFull ? recent : [...recent, now]);
    this.#forget(since);
    return isFull ? oldest + this.#limit.withinMs - now : 0;
  }

  /** Who has to wait, and until when, milliseconds since 1970. */
  pauses(): readonly { readonly key: string; readonly until: number }[] {
    const now = this.#clock.now();
    return [...this.#attempts].flatMap(([key, attempts]) => {
      const recent = attempts.filter(at => at > now - this.#limit.withinMs);
      const [oldest] = recent;
      return oldest === undefined || recent.length < this.#limit.most
        ? []
        : [{ key, until: oldest + this.#limit.withinMs }];
    });
  }

  /** Nothing is held against the key any more. */
  clear(key: string): void {
    this.#attempts.delete(key);
  }

  #forget(since: number): void {
    for (const [key, attempts] of this.#attempts) {
      if ((attempts.at(-1) ?? 0) > since && this.#attempts.size <= mostKeys) return;
      this.#attempts.delete(key);
    }
  }
}
