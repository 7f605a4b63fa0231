import type { FlowEvent } from "../../core/flow/flow-event.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Alarms } from "./alarms.ts";

/** Time to press a key; of a short limit its second half. */
const longestWarningMs = 60_000;

interface Watched {
  readonly seat: string;
  readonly idleMs: number;
  /** By the day's clock: a machine that slept was not used. */
  usedAt: number;
  warned: boolean;
}

/** Tells the flow when nobody has used the workstation for long. A seat that is not open any more makes nothing of it. */
export class IdleWatch {
  readonly #alarms: Alarms;
  readonly #clock: Clock;
  readonly #happen: (event: FlowEvent) => void;
  #watched: Watched | undefined;

  constructor(alarms: Alarms, clock: Clock, happen: (event: FlowEvent) => void) {
    this.#alarms = alarms;
    this.#clock = clock;
    this.#happen = happen;
  }

  /** The seat was just opened. */
  watch(seat: string, idleMs: number): void {
    this.#watched = { seat, idleMs, usedAt: this.#clock.now(), warned: false };
    this.#look(this.#watched);
  }

  /** Somebody is there. */
  used(): void {
    const watched = this.#watched;
    // Timers stand still while the machine sleeps: whoever wakes it may be somebody else.
    if (watched === undefined || this.#endIfOver(watched)) return;
    watched.usedAt = this.#clock.now();
    if (!watched.warned) return;
    watched.warned = false;
    this.#look(watched);
    this.#happen({ type: "idle-ended", seat: watched.seat });
  }

  #look(watched: Watched): void {
    if (this.#endIfOver(watched)) return;
    const { seat, idleMs, usedAt } = watched;
    const now = this.#clock.now();
    const coversAt = usedAt + idleMs;
    const warnsAt = coversAt - Math.min(longestWarningMs, idleMs / 2);
    const isNear = now >= warnsAt;
    this.#alarms.set("idle", (isNear ? coversAt : warnsAt) - now, () => this.#look(watched));
    if (!isNear || watched.warned) return;
    watched.warned = true;
    this.#happen({ type: "idle-warned", seat, coversAt });
  }

  #endIfOver(watched: Watched): boolean {
    const at = this.#clock.now();
    // A clock that was set back.
    watched.usedAt = Math.min(watched.usedAt, at);
    const { seat, idleMs, usedAt } = watched;
    if (at - usedAt < idleMs) return false;
    this.#watched = undefined;
    this.#alarms.clear("idle");
    this.#happen({ type: "idle-over", seat, usedAt, at });
    return true;
  }
}
