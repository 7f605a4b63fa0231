import type { Timers } from "../../core/ports/timers.ts";

type Purpose = "challenge-age" | "expiry" | "glass" | "idle" | "retry" | "telling";

const longestMs = 86_400_000;

/** One alarm for each purpose: setting it anew replaces the one before. */
export class Alarms {
  readonly #timers: Timers;
  readonly #cancel = new Map<Purpose, () => void>();

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** `delayMs` may be longer than a timer can count. */
  set(purpose: Purpose, delayMs: number, ring: () => void): void {
    this.clear(purpose);
    const step = Math.min(Math.max(delayMs, 0), longestMs);
    const cancel = this.#timers.after(step, () => {
      this.#cancel.delete(purpose);
      if (delayMs > step) this.set(purpose, delayMs - step, ring);
      else ring();
    });
    this.#cancel.set(purpose, cancel);
  }

  isSet(purpose: Purpose): boolean {
    return this.#cancel.has(purpose);
  }

  clear(purpose: Purpose): void {
    this.#cancel.get(purpose)?.();
    this.#cancel.delete(purpose);
  }

  clearAll(): void {
    for (const purpose of [...this.#cancel.keys()]) this.clear(purpose);
  }
}
