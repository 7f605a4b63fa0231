import { Failure } from "../../core/errors/failure.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { HolderActivities } from "../../core/ports/holder-activities.ts";
import type { Activity } from "../../core/session/activity.ts";
import { registeredActivity } from "../../core/session/activity-at-seat.ts";
import { assuranceOf } from "../../core/session/means.ts";
import type { Session } from "../../core/session/session.ts";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import { activityChosenLast, rememberChosenActivity } from "../store/chosen-activity-table.ts";
import { saveActivity, sessionById } from "../store/session-table.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import type { Workstation } from "./enrolments.ts";
import type { SessionEvents } from "./session-events.ts";
import type { Sessions } from "./sessions.ts";

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly activities: HolderActivities;
  readonly sessions: Sessions;
  readonly events: SessionEvents;
}

/** A session, under the activity that counts now, and what its holder could choose. */
export interface SettledActivity {
  readonly session: Session;
  readonly registered: readonly Activity[];
  /** Some are registered, and none is chosen: nothing opens before. */
  readonly mustChoose: boolean;
}

/** Under which activity a session stands: chosen by its holder, and looked at again at every decision. */
export class SessionActivities {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Asks who registers activities again. One that has gone ends its use, and the applications that were opened under it are signed
   * out; where one was registered meanwhile, and only one, it counts from now on. Both are recorded.
   */
  async settle(session: Session): Promise<SettledActivity> {
    const registered = await this.#parts.activities.of(session.holder.id);
    const counts = (activity: Activity | undefined): SettledActivity => ({
      session: { ...session, activity },
      registered,
      mustChoose: registered.length > 0 && activity === undefined,
    });
    const present = registeredActivity(registered, session.activity?.id);
    if (present !== undefined) return counts(present);
    const ended = session.activity?.id;
    if (ended !== undefined) {
      await this.#change(session, undefined, { act: "activity-ended", activity: ended });
      return counts(undefined);
    }
    const [only] = registered;
    if (only === undefined || registered.length > 1) return counts(undefined);
    await this.#change(session, only, { act: "activity-chosen", activity: only.id, detail: "the only one" });
    return counts(only);
  }

  /**
   * The holder of an open seat chooses; this place remembers it. What was opened under another activity is signed out. Rejects with
   * `activity-not-registered`, `session-unknown`.
   */
  async choose(workstation: Workstation, seat: string, id: string): Promise<Session> {
    const { store, clock, activities, sessions } = this.#parts;
    const session = await sessions.openAt(workstation.id, seat);
    const chosen = registeredActivity(await activities.of(session.holder.id), id);
    if (chosen === undefined) throw new Failure("activity-not-registered", { detail: id });
    const remembered = { holder: session.holder.id, place: workstation.place, activity: id, at: clock.now() };
    if (session.activity?.id === id) {
      await store.write(tx => rememberChosenActivity(tx, remembered));
      return session;
    }
    await this.#change(session, chosen, { act: "activity-chosen", activity: id, place: workstation.place }, remembered);
    return { ...session, activity: chosen };
  }

  /** The identifier of what the holder chose last, where he still has it. */
  async lastOf(session: Session, registered: readonly Activity[]): Promise<string | undefined> {
    return registeredActivity(registered, await activityChosenLast(this.#parts.store.db, session.holder.id))?.id;
  }

  async #change(
    session: Session,
    activity: Activity | undefined,
    record: Pick<TrailRecord, "act" | "activity" | "place" | "detail">,
    remembered?: Parameters<typeof rememberChosenActivity>[1],
  ): Promise<void> {
    const { store, clock, events } = this.#parts;
    const { id, holder, means, seat } = session;
    // What was opened under no activity goes on under the only one there is.
    const signsOut = session.activity !== undefined || remembered !== undefined;
    const changed = await store.write(async tx => {
      // Of two decisions at once, one finds that an activity has gone.
      const present = await sessionById(tx, id);
      if (remembered === undefined && present?.activity?.id !== session.activity?.id) return false;
      await saveActivity(tx, id, activity);
      if (remembered !== undefined) await rememberChosenActivity(tx, remembered);
      if (signsOut) await tx.deleteFrom("launch").where("session", "=", id).execute();
      const about = { holder: holder.id, means, assurance: assuranceOf(means), session: id };
      await appendTrail(tx, { at: clock.now(), ...about, workstation: seat?.workstation, ...record });
      return true;
    });
    if (changed && signsOut && seat !== undefined)
      events.tell({ type: "activity-changed", session: id, seat: seat.id, workstation: seat.workstation });
  }
}
