import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import type { Timers } from "../../core/ports/timers.ts";
import { assuranceOf } from "../../core/session/means.ts";
import type { Session } from "../../core/session/session.ts";
import { alarmDetail } from "../../core/trail/trail-alarm.ts";
import type { Admission } from "../directory/admission.ts";
import type { AdministratorAct, RecordedAct } from "../services/administrator-act.ts";
import type { Workstation } from "../services/enrolments.ts";
import type { SessionEndings } from "../services/session-endings.ts";
import type { SessionEvents } from "../services/session-events.ts";
import type { Sessions } from "../services/sessions.ts";
import type { SignInCounts } from "../services/sign-in-counts.ts";
import {
  forgetReviewedGlasses,
  glassById,
  launchesOfGlass,
  markOverdue,
  openGlasses,
  overdueGlasses,
} from "../store/break-glass-table.ts";
import { saveGlassOf, sessionById, sessionOfGlass } from "../store/session-table.ts";
import type { Store, Writing } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import type { BreakGlassConfiguration } from "./break-glass-configuration.ts";
import { endGlass } from "./end-glass.ts";

interface Parts {
  readonly configuration: BreakGlassConfiguration;
  readonly store: Store;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly admission: Admission;
  readonly sessions: Sessions;
  readonly sessionEndings: SessionEndings;
  readonly events: SessionEvents;
  readonly counts: SignInCounts;
}

type Ending = Parameters<typeof endGlass>[2];

const dayMs = 24 * 3_600_000;

/**
 * How broken glasses end: by themselves, on time; by the person; by the helpdesk; with their session. What was opened by one is closed
 * with it, and nothing else of a session that somebody has proved. A session that nobody has proved ends with it, and as soon as it is
 * left: nobody could prove that he is the one who comes back.
 */
export class BreakGlassEndings {
  readonly #parts: Parts;
  readonly #stopListening: () => void;
  #stopWaiting: () => void = () => {};

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#stopListening = parts.events.subscribe(event => {
      if (event.type === "seat-covered" || event.type === "seat-lost") this.#inBackground(this.#leave(event.session));
    });
  }

  /** The person in the seat ends it. Ending what has ended changes nothing; rejects with `session-unknown`. */
  async end(workstation: Workstation, seat: string): Promise<void> {
    const { sessions, clock } = this.#parts;
    const session = await sessions.openAt(workstation.id, seat);
    if (session.breakGlass === undefined) return;
    const { means } = session;
    const about = { means, assurance: assuranceOf(means), session: session.id, workstation: workstation.id };
    await this.#end(session.breakGlass.id, { type: "ended-by-person", at: clock.now() }, () => ({
      ...about,
      at: clock.now(),
      place: workstation.place,
    }));
  }

  /** By the helpdesk, for a reason. One that has ended stays as it is. */
  async revoke(id: string, reason: string, act: AdministratorAct): Promise<void> {
    await this.#end(id, { type: "revoked", at: act.at }, () => ({ ...act, detail: reason }));
  }

  /** Ends what has come to its time, alarms about what nobody reviews, and forgets what is old. Knows when it has to be back. */
  async tick(): Promise<void> {
    const { store, clock } = this.#parts;
    const now = clock.now();
    for (const glass of await openGlasses(store.db))
      if (glass.state === "open" && glass.until <= now)
        await this.#end(glass.id, { type: "time-passed", at: now }, session => ({
          at: now,
          means: glass.means,
          assurance: assuranceOf(glass.means),
          session: session?.id,
          workstation: glass.workstation.id,
          place: glass.place,
        }));
    await this.#endClaims();
    await this.#alarmOverdue(now);
    await store.write(tx => forgetReviewedGlasses(tx, now));
    this.wait();
  }

  /** Has the next end come on time, and not with the next sweep. */
  wait(): void {
    this.#inBackground(this.#waitForNext());
  }

  close(): void {
    this.#stopListening();
    this.#stopWaiting();
  }

  async #waitForNext(): Promise<void> {
    const { store, clock, timers } = this.#parts;
    const ends = (await openGlasses(store.db)).flatMap(glass => (glass.state === "open" ? [glass.until] : []));
    this.#stopWaiting();
    if (ends.length === 0) return;
    const delay = Math.max(Math.min(...ends) - clock.now(), 0);
    this.#stopWaiting = timers.after(delay, () => this.#inBackground(this.tick()));
  }

  async #end(id: string, event: Ending, about: (session: Session | undefined) => RecordedAct): Promise<void> {
    const { store, events } = this.#parts;
    const closed = await store.write(async tx => {
      const session = await sessionOfGlass(tx, id);
      if (!(await endGlass(tx, id, event, about(session)))) return undefined;
      return session === undefined || session.means === "break-glass"
        ? undefined
        : { session, applications: await close(tx, id, session) };
    });
    await this.#endClaims();
    if (closed === undefined) return;
    const { session, applications } = closed;
    events.tell({ type: "break-glass-changed", session: session.id, where: session.seat, closed: applications });
  }

  /** Ends the sessions that nobody has proved whose glass has ended, that were left, or whose holder may not be here. */
  async #endClaims(): Promise<void> {
    const { sessionEndings, admission } = this.#parts;
    await sessionEndings.endByMeans("break-glass", "emergency access ended", async (tx, session) => {
      const glass = session.breakGlass === undefined ? undefined : await glassById(tx, session.breakGlass.id);
      if (glass?.state !== "open" || session.seat?.state !== "open") return false;
      return (await admission.refusalOf(tx, session.holder.id)) === undefined;
    });
  }

  /** Most seats that are left are of somebody who has proved himself. */
  async #leave(id: string): Promise<void> {
    if ((await sessionById(this.#parts.store.db, id))?.means === "break-glass") await this.#endClaims();
  }

  async #alarmOverdue(now: number): Promise<void> {
    const { store, configuration, counts, log } = this.#parts;
    const { reviewDays } = configuration;
    for (const { id, holder, place } of await overdueGlasses(store.db, now - reviewDays * dayMs)) {
      await store.write(async tx => {
        await markOverdue(tx, id, now);
        const detail = alarmDetail({ alarm: "not-reviewed", days: reviewDays });
        await appendTrail(tx, {
          at: now,
          act: "break-glass-alarm",
          holder: holder.id,
          place,
          breakGlass: id,
          detail,
        });
      });
      log.warn("break-glass-not-reviewed", { breakGlass: id });
      counts.alarm("break-glass-not-reviewed");
    }
  }

  #inBackground(work: Promise<void>): void {
    void work.catch(error => this.#parts.log.warn("break-glass-not-ended", { detail: String(error) }));
  }
}

/** Takes what the glass opened out of the session, and the glass itself. */
async function close(tx: Writing, id: string, { id: session }: Session): Promise<readonly string[]> {
  const applications = (await launchesOfGlass(tx, id)).map(({ application }) => application);
  await saveGlassOf(tx, session, undefined);
  if (applications.length > 0)
    await tx.deleteFrom("launch").where("session", "=", session).where("application", "in", applications).execute();
  return applications;
}
