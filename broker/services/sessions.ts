import { Failure } from "../../core/errors/failure.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { SeatLossReason, Session } from "../../core/session/session.ts";
import { coverSeat, isAlive } from "../../core/session/session-rules.ts";
import { lossOfSeat } from "../store/lost-seat-table.ts";
import { saveSession, sessionAt, sessionById, sessionOfSeat } from "../store/session-table.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import type { Workstation } from "./enrolments.ts";
import type { SessionEvents } from "./session-events.ts";
import { recordOf } from "./session-records.ts";

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly events: SessionEvents;
  /** How long the card alone brings a session back at a place, milliseconds. */
  graceMsOf(place: string): number;
}

/**
 * The sessions that live, and their seats: who sits where, and whether his seat is open or covered. `Seating` gives seats,
 * `SessionEndings` ends sessions.
 */
export class Sessions {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The living session that has this open seat on this workstation. Rejects with `session-unknown`. */
  async openAt(workstation: string, seat: string): Promise<Session> {
    const session = await this.openSeat(seat);
    if (session?.seat?.workstation !== workstation) throw new Failure("session-unknown");
    return session;
  }

  /** The living session of an open seat, wherever it is. */
  async openSeat(seat: string): Promise<Session | undefined> {
    const session = await sessionOfSeat(this.#parts.store.db, seat);
    return isAlive(session, this.#parts.clock.now()) && session.seat?.state === "open" ? session : undefined;
  }

  /** The living session of this identifier, wherever its seat is and whether it has one. */
  async aliveById(id: string): Promise<Session | undefined> {
    const session = await sessionById(this.#parts.store.db, id);
    return isAlive(session, this.#parts.clock.now()) ? session : undefined;
  }

  /**
   * Covers a seat; says when the card alone stops being enough. The window counts from when the workstation covered it,
   * `agoMs` before this. Repeating changes nothing.
   */
  async cover(workstation: Workstation, seat: string, reason: string, agoMs: number): Promise<{ graceUntil: number }> {
    const { store, clock, events, graceMsOf } = this.#parts;
    const now = clock.now();
    const covered = await store.write(async tx => {
      const session = await sessionOfSeat(tx, seat);
      if (session?.seat?.workstation !== workstation.id) throw new Failure("session-unknown");
      if (session.seat.state === "covered") return { session, fresh: false };
      const changed = coverSeat(session, Math.max(now - agoMs, session.openedAt));
      await saveSession(tx, changed);
      await appendTrail(tx, { ...recordOf(changed, workstation, now), act: "seat-covered", detail: reason });
      return { session: changed, fresh: true };
    });
    if (covered.fresh)
      events.tell({ type: "seat-covered", session: covered.session.id, seat, workstation: workstation.id });
    return { graceUntil: (covered.session.absentSince ?? now) + graceMsOf(workstation.place) };
  }

  /**
   * A workstation (re)connects and says which seat it believes in. A seat of its that it does not know of belongs to an
   * answer that never arrived: it is covered. Answers how the believed seat was lost, where it was.
   */
  async reconcile(
    workstation: Workstation,
    believed: string | null,
  ): Promise<{ reason: SeatLossReason; at: number; movedTo: string | null } | undefined> {
    const { store, clock } = this.#parts;
    const here = await sessionAt(store.db, workstation.id);
    if (here?.seat !== undefined && here.seat.id !== believed)
      await this.cover(workstation, here.seat.id, "answer-lost", 0);
    if (believed === null || here?.seat?.id === believed) return undefined;
    return (await lossOfSeat(store.db, believed)) ?? { reason: "ended", at: clock.now(), movedTo: null };
  }
}
