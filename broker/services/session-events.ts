import type { LostSeat, Seat, SeatLossReason } from "../../core/session/session.ts";

/** What happened to a seat or to its session; told after it is in the store. A session's end is told after its seat's loss. */
export type SessionEvent =
  | { readonly type: "seat-covered"; readonly session: string; readonly seat: string; readonly workstation: string }
  /** The applications of the seat were opened under an activity that does not count any more. */
  | { readonly type: "activity-changed"; readonly session: string; readonly seat: string; readonly workstation: string }
  /** A glass was broken in the session, or has ended: `closed` were opened by it. `where` is its seat, if it has one. */
  | {
      readonly type: "break-glass-changed";
      readonly session: string;
      readonly where: Pick<Seat, "id" | "workstation"> | undefined;
      readonly closed: readonly string[];
    }
  | {
      readonly type: "seat-lost";
      readonly session: string;
      readonly seat: string;
      readonly workstation: string;
      readonly reason: SeatLossReason;
      readonly at: number;
      readonly movedTo: string | undefined;
    }
  | { readonly type: "session-ended"; readonly session: string };

type Listener = (event: SessionEvent) => void;

/** Tells what happened: to workstations by push, to applications by back-channel logout. */
export class SessionEvents {
  readonly #listeners = new Set<Listener>();

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(event: SessionEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  /** Seats of a session that are lost; `movedTo`: the workstation where it sits now. */
  tellLost(session: string, lost: readonly LostSeat[], at: number, movedTo: string | undefined): void {
    for (const one of lost)
      this.tell({ type: "seat-lost", session, ...one, at, movedTo: one.reason === "moved" ? movedTo : undefined });
  }

  /** A session has ended, and lost what seat it had. */
  tellEnd(session: string, lost: readonly LostSeat[], at: number): void {
    this.tellLost(session, lost, at, undefined);
    this.tell({ type: "session-ended", session });
  }
}
