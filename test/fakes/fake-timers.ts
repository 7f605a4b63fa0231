import type { Timers } from "../../core/ports/timers.ts";

/** Timers that ring when the test says that time has passed. */
export class FakeTimers implements Timers {
  now = 0;
  #waiting: { readonly at: number; readonly ring: () => void }[] = [];

  get waiting(): number {
    return this.#waiting.length;
  }

  after(delayMs: number, ring: () => void): () => void {
    const alarm = { at: this.now + delayMs, ring };
    this.#waiting.push(alarm);
    return () => {
      this.#waiting = this.#waiting.filter(other => other !== alarm);
    };
  }

  pass(ms: number): void {
    this.now += ms;
    const due = this.#waiting.filter(alarm => alarm.at <= this.now);
    this.#waiting = this.#waiting.filter(alarm => alarm.at > this.now);
    for (const { ring } of due) ring();
  }
}
