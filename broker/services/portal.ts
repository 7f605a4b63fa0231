import { Failure } from "../../core/errors/failure.ts";
import type { Clock } from "../../core/ports/clock.ts";
import { assuranceOf } from "../../core/session/means.ts";
import type { Session } from "../../core/session/session.ts";
import type { ApplicationTile } from "../../protocol/broker/session.ts";
import type { ApplicationConfiguration } from "../main/configuration.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import type { Workstation } from "./enrolments.ts";
import type { Entitlements } from "./entitlements.ts";
import type { LaunchTickets } from "./launch-tickets.ts";
import type { Sessions } from "./sessions.ts";

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly sessions: Sessions;
  readonly entitlements: Entitlements;
  readonly tickets: LaunchTickets;
  readonly webOrigin: string;
}

/** The applications of a session: which there are, which are open, and how one is opened. */
export class Portal {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async tilesOf(session: Session): Promise<ApplicationTile[]> {
    const { store, entitlements } = this.#parts;
    const open = await store.db.selectFrom("launch").select("application").where("session", "=", session.id).execute();
    const names = new Set(open.map(row => row.application));
    return entitlements
      .of(session.holder, session.means)
      .map(application => tileOf(application, names.has(application.id)));
  }

  /** Opens an application: recorded, with a one-time address for the seat's browser. Rejects with `application-not-entitled`. */
  async launch(
    workstation: Workstation,
    seat: string,
    id: string,
  ): Promise<{ url: string; application: ApplicationTile }> {
    const { store, clock, sessions, entitlements, tickets, webOrigin } = this.#parts;
    const session = await sessions.openAt(workstation.id, seat);
    const application = entitlements.of(session.holder, session.means).find(entitled => entitled.id === id);
    const now = clock.now();
    const { means } = session;
    const record = {
      at: now,
      holder: session.holder.id,
      means,
      assurance: assuranceOf(means),
      session: session.id,
      workstation: workstation.id,
      place: workstation.place,
      application: id,
    };
    if (application === undefined) {
      await store.write(tx => appendTrail(tx, { ...record, act: "launch-denied", code: "application-not-entitled" }));
      throw new Failure("application-not-entitled");
    }
    await store.write(async tx => {
      const row = { session: session.id, application: id, opened_at: now };
      await tx
        .insertInto("launch")
        .values(row)
        .onConflict(conflict => conflict.columns(["session", "application"]).doNothing())
        .execute();
      await appendTrail(tx, { ...record, act: "application-launched" });
    });
    return { url: `${webOrigin}/launch/${tickets.issue(seat, id)}`, application: tileOf(application, true) };
  }

  async closed(workstation: Workstation, seat: string, id: string): Promise<void> {
    const session = await this.#parts.sessions.openAt(workstation.id, seat);
    await this.#parts.store.write(tx =>
      tx.deleteFrom("launch").where("session", "=", session.id).where("application", "=", id).execute(),
    );
  }
}

function tileOf({ id, name, icon }: ApplicationConfiguration, open: boolean): ApplicationTile {
  return { id, name, icon, open };
}
