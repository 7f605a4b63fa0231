import type { SessionEvents } from "./session-events.ts";

/** Ends when something happens to this seat, after `longestMs`, or when nobody waits any more. */
export function seatChange(events: SessionEvents, seat: string, longestMs: number, gone: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const end = () => {
      clearTimeout(timer);
      stop();
      gone.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, longestMs);
    const stop = events.subscribe(event => "seat" in event && event.seat === seat && end());
    gone.addEventListener("abort", end);
    if (gone.aborted) end();
  });
}
