/** Calls back once, `delayMs` milliseconds from now. Returns the way to cancel. */
export interface Timers {
  after(delayMs: number, callback: () => void): () => void;
}
