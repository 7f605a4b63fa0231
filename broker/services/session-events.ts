import type { Seat, SeatLossReason } from "../../core/session/session.ts";

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
}
