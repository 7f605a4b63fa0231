import { Failure } from "../../core/errors/failure.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Session } from "../../core/session/session.ts";
import type { ApplicationTile } from "../../protocol/broker/session.ts";
import type { ApplicationConfiguration } from "../main/configuration.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import type { Administrators } from "./administrators.ts";
import type { Workstation } from "./enrolments.ts";
import type { Entitlements, Unavailable } from "./entitlements.ts";
import { type House, placeOf } from "./house.ts";
import type { LaunchTickets } from "./launch-tickets.ts";
import { askingOf, type Launches } from "./launches.ts";
import type { Sessions } from "./sessions.ts";

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly sessions: Sessions;
  readonly house: House;
  readonly entitlements: Entitlements;
  readonly launches: Launches;
  readonly administrators: Administrators;
  readonly tickets: LaunchTickets;
  readonly webOrigin: string;
}

type Launchable = Pick<ApplicationConfiguration, "id" | "name" | "icon" | "group">;

/** The applications of a session: which there are, which are open, which stay closed here and why, and how one is opened. */
export class Portal {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async tilesOf(session: Session, workstation: Workstation): Promise<ApplicationTile[]> {
    const { store, clock, house, entitlements, administrators } = this.#parts;
    const open = await store.db.selectFrom("launch").select("application").where("session", "=", session.id).execute();
    const names = new Set(open.map(row => row.application));
    const entitled = await entitlements.portal(askingOf(session, workstation, clock.now()));
    const starting = placeOf(house, workstation.place)?.startApplication;
    const tiles = entitled.flatMap(({ application: id, decision, unavailable }) => {
      const application = house.applications.find(known => known.id === id);
      if (application === undefined || (!decision.permitted && unavailable === undefined)) return [];
      const tile = tileOf(application, names.has(id), unavailable);
      return [id === starting ? { ...tile, starts: true } : tile];
    });
    const consoles = administrators.applicationsOf(session);
    return [...tiles, ...consoles.map(application => tileOf(application, names.has(application.id), undefined))];
  }

  /** Opens an application: recorded, with a one-time address for the seat's browser. Rejects with `application-not-entitled`. */
  async launch(
    workstation: Workstation,
    seat: string,
    id: string,
  ): Promise<{ url: string; application: ApplicationTile }> {
    const { store, house, administrators, sessions, launches, tickets, webOrigin } = this.#parts;
    const session = await sessions.openAt(workstation.id, seat);
    const record = await launches.decide(session, workstation, id);
    const launchable: readonly Launchable[] = [...house.applications, ...administrators.applicationsOf(session)];
    const application = launchable.find(known => known.id === id);
    if (application === undefined) throw new Failure("application-not-entitled");
    await store.write(async tx => {
      const row = { session: session.id, application: id, opened_at: record.at };
      await tx
        .insertInto("launch")
        .values(row)
        .onConflict(conflict => conflict.columns(["session", "application"]).doNothing())
        .execute();
      await appendTrail(tx, record);
    });
    return { url: `${webOrigin}/launch/${tickets.issue(seat, id)}`, application: tileOf(application, true, undefined) };
  }

  async closed(workstation: Workstation, seat: string, id: string): Promise<void> {
    const session = await this.#parts.sessions.openAt(workstation.id, seat);
    await this.#parts.store.write(tx =>
      tx.deleteFrom("launch").where("session", "=", session.id).where("application", "=", id).execute(),
    );
  }
}

function tileOf(
  { id, name, icon, group }: Launchable,
  open: boolean,
  unavailable: Unavailable | undefined,
): ApplicationTile {
  return {
    id,
    name,
    icon,
    open,
    ...(group === undefined ? {} : { group }),
    ...(unavailable === undefined ? {} : { unavailable }),
  };
}
