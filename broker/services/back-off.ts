import type { Clock } from "../../core/ports/clock.ts";

export interface BackOffLimit {
  /** Attempts before the first pause. */
  readonly free: number;
  /** The first pause; each further one is twice as long. */
  readonly firstMs: number;
  readonly longestMs: number;
}

interface Tried {
  readonly times: number;
  readonly at: number;
}

const mostKeys = 100_000;
/** After so many longest pauses without an attempt nothing is remembered. */
const forgottenAfter = 4;

/** Attempts by key that come further and further apart, in memory, until one of them succeeds. */
export class BackOff {
  readonly #clock: Clock;
  readonly #limit: BackOffLimit;
  /** In the order of their last attempt. */
  readonly #tried = new Map<string, Tried>();

  constructor(clock: Clock, limit: BackOffLimit) {
    this.#clock = clock;
    this.#limit = limit;
  }

  /** Counts one more: 0, or the milliseconds until the next one is let through. One that is not let through does not count. */
  take(key: string): number {
    const now = this.#clock.now();
    this.#forget(now - forgottenAfter * this.#limit.longestMs);
    const known = this.#tried.get(key) ?? { times: 0, at: now };
    const waitMs = known.at + this.#pauseAfter(known.times) - now;
    if (waitMs > 0) return waitMs;
    this.#tried.delete(key);
    this.#tried.set(key, { times: known.times + 1, at: now });
    return 0;
  }

  /** It was right: nothing is held against the key any more. */
  clear(key: string): void {
    this.#tried.delete(key);
  }

  /** Who has to wait, and until when, milliseconds since 1970. */
  pauses(): readonly { readonly key: string; readonly until: number }[] {
    const now = this.#clock.now();
    return [...this.#tried]
      .map(([key, { times, at }]) => ({ key, until: at + this.#pauseAfter(times) }))
      .filter(({ until }) => until > now);
  }

  #pauseAfter(times: number): number {
    const { free, firstMs, longestMs } = this.#limit;
    return times < free ? 0 : Math.min(longestMs, firstMs * 2 ** Math.min(times - free, 30));
  }

  #forget(since: number): void {
    for (const [key, { at }] of this.#tried) {
      if (at > since && this.#tried.size <= mostKeys) return;
      this.#tried.delete(key);
    }
  }
}
