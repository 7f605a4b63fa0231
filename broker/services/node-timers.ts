import type { Timers } from "../../core/ports/timers.ts";

/** What nobody waits for any more does not keep the process alive. */
export const nodeTimers: Timers = {
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs).unref();
    return () => clearTimeout(timer);
  },
};
