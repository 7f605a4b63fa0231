import type { Clock } from "../../core/ports/clock.ts";
import type { Means } from "../../core/session/means.ts";
import type { LostSeat, Session } from "../../core/session/session.ts";
import { isAlive } from "../../core/session/session-rules.ts";
import { endGlass } from "../break-glass/end-glass.ts";
import type { Admission } from "../directory/admission.ts";
import { rememberLostSeat } from "../store/lost-seat-table.ts";
import {
  deleteSession,
  expiredSessions,
  sessionById,
  sessionOfHolder,
  sessionOfSeat,
  sessionsByMeans,
  sessionsInDoubt,
} from "../store/session-table.ts";
import type { Store, Writing } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import type { AdministratorAct } from "./administrator-act.ts";
import type { Workstation } from "./enrolments.ts";
import type { SessionEvents } from "./session-events.ts";
import { actIn, recordOf } from "./session-records.ts";

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly admission: Admission;
  readonly events: SessionEvents;
}

/** How a session comes to its end. */
interface Ending {
  readonly reason: "ended" | "expired" | "withdrawn" | "replaced";
  /** For the trail; absent: the reason says it all. */
  readonly detail?: string;
  /** Where somebody ended it. */
  readonly workstation?: Workstation;
  /** Of the administrator who ended it. */
  readonly act?: AdministratorAct;
}

/** A session that is to end now. */
interface Due {
  readonly session: Session;
  readonly ending: Ending;
}

/** How sessions end: by their holder, by their time, by whoever may not be here any more; each with its one record in the trail. */
export class SessionEndings {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The holder ends his session. Ending one that has ended changes nothing. */
  async end(workstation: Workstation, seat: string): Promise<void> {
    await this.#end(async tx => {
      const session = await sessionOfSeat(tx, seat);
      if (session?.seat?.workstation !== workstation.id) return undefined;
      return { session, ending: { reason: "ended", workstation } };
    });
  }

  async endExpired(): Promise<void> {
    const { store, clock } = this.#parts;
    for (const { id } of await expiredSessions(store.db, clock.now()))
      await this.#end(async (tx, now) => {
        const session = await sessionById(tx, id);
        return session === undefined || isAlive(session, now) ? undefined : { session, ending: { reason: "expired" } };
      });
  }

  /** Ends every session whose holder the directory does not let in any more. */
  async endWithdrawn(): Promise<void> {
    const { store, admission } = this.#parts;
    for (const { id } of await sessionsInDoubt(store.db, await admission.unknownLeave(store.db)))
      await this.#end(async tx => {
        const session = await sessionById(tx, id);
        const refusal = session && (await admission.refusalOf(tx, session.holder.id));
        if (session === undefined || refusal === undefined) return undefined;
        return { session, ending: { reason: "withdrawn", detail: `withdrawn: ${refusal.detail}` } };
      });
  }

  /**
   * Ends the holder's session, whatever opened it; `detail` is for the trail. `act`: of the administrator who ends it. False where
   * there is none.
   */
  async endOf(holder: string, detail: string, act?: AdministratorAct): Promise<boolean> {
    return this.#end(async tx => {
      const session = await sessionOfHolder(tx, holder);
      return session && { session, ending: { reason: "withdrawn", detail, ...(act && { act }) } };
    });
  }

  /** Ends the sessions by these means that nothing, asked about in the same transaction, holds any more; `detail` is for the trail. */
  async endByMeans(
    means: Means,
    detail: string,
    isHeld: (tx: Writing, session: Session) => Promise<boolean>,
  ): Promise<void> {
    for (const { id } of await sessionsByMeans(this.#parts.store.db, means))
      await this.#end(async tx => {
        const session = await sessionById(tx, id);
        if (session?.means !== means || (await isHeld(tx, session))) return undefined;
        return { session, ending: { reason: "withdrawn", detail: `withdrawn: ${detail}` } };
      });
  }

  /** In the transaction of what ends it. Answers the seat that it loses; whoever commits tells its end. */
  async endIn(tx: Writing, session: Session, ending: Ending, now: number): Promise<LostSeat[]> {
    const { reason, detail = reason, workstation, act } = ending;
    const { seat, breakGlass, holder } = session;
    const lost = seat === undefined ? [] : [{ seat: seat.id, workstation: seat.workstation, reason }];
    if (breakGlass !== undefined)
      await endGlass(tx, breakGlass.id, { type: "session-ended", at: now }, actIn(session, workstation, now));
    await deleteSession(tx, session.id);
    for (const one of lost) await rememberLostSeat(tx, one, now, undefined);
    const ended = act === undefined ? recordOf(session, workstation, now) : { ...act, at: now, holder: holder.id };
    await appendTrail(tx, { ...ended, act: "session-ended", detail });
    return lost;
  }

  /** Looked at again in the transaction: since it was found it may have moved, gone on or ended. True where one ends by this. */
  async #end(dueIn: (tx: Writing, now: number) => Promise<Due | undefined>): Promise<boolean> {
    const { store, clock, events } = this.#parts;
    const now = clock.now();
    const ended = await store.write(async tx => {
      const due = await dueIn(tx, now);
      return due && { session: due.session.id, lost: await this.endIn(tx, due.session, due.ending, now) };
    });
    if (ended !== undefined) events.tellEnd(ended.session, ended.lost, now);
    return ended !== undefined;
  }
}
