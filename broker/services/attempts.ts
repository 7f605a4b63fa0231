import type { Clock } from "../../core/ports/clock.ts";
import type { AttemptRule } from "./attempt-rules.ts";

/** Who has to wait, and until when, milliseconds since 1970. */
export interface Pause {
  readonly key: string;
  readonly until: number;
}

const mostKeys = 100_000;

/** Attempts by key, in memory, by a rule that says when the next one may be. One that is not let through does not count. */
export class Attempts {
  readonly #clock: Clock;
  readonly #rule: AttemptRule;
  /** When each attempt was made, oldest first; the keys in the order of their last attempt. */
  readonly #made = new Map<string, readonly number[]>();

  constructor(clock: Clock, rule: AttemptRule) {
    this.#clock = clock;
    this.#rule = rule;
  }

  /** Counts one more by each of these, or by none: 0, or the milliseconds until all of them let it through. */
  static takeAll(...all: readonly (readonly [Attempts, string])[]): number {
    const waitMs = Math.max(...all.map(([attempts, key]) => attempts.#waitMs(key)));
    if (waitMs === 0) for (const [attempts, key] of all) attempts.#count(key);
    return waitMs;
  }

  /** Counts one more: 0, or the milliseconds until the next one is let through. */
  take(key: string): number {
    return Attempts.takeAll([this, key]);
  }

  /** Nothing is held against the key any more. */
  clear(key: string): void {
    this.#made.delete(key);
  }

  pauses(): readonly Pause[] {
    const now = this.#clock.now();
    return [...this.#made.keys()]
      .map(key => ({ key, until: this.#rule.nextAt(this.#counting(key)) }))
      .filter(({ until }) => until > now);
  }

  #waitMs(key: string): number {
    return Math.max(0, this.#rule.nextAt(this.#counting(key)) - this.#clock.now());
  }

  #count(key: string): void {
    const now = this.#clock.now();
    const made = [...this.#counting(key), now];
    this.#made.delete(key);
    this.#made.set(key, made);
    for (const [known, times] of this.#made) {
      if (this.#made.size <= mostKeys && this.#rule.counting(times, now).length > 0) return;
      this.#made.delete(known);
    }
  }

  #counting(key: string): readonly number[] {
    return this.#rule.counting(this.#made.get(key) ?? [], this.#clock.now());
  }
}
