import { Failure } from "../../core/errors/failure.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Session } from "../../core/session/session.ts";
import type { ApplicationTile, SessionDescription } from "../../protocol/broker/session.ts";
import type { ApplicationConfiguration } from "../main/configuration.ts";
import { addFavourite, favouritesOf, removeFavourite } from "../store/favourite-table.ts";
import { openApplications, rememberLaunch } from "../store/launch-table.ts";
import { recentApplications, rememberApplication } from "../store/recent-application-table.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import type { BuiltInApplications } from "./built-in-applications.ts";
import type { Workstation } from "./enrolments.ts";
import type { Entitlements, Unavailable } from "./entitlements.ts";
import { type House, placeOf } from "./house.ts";
import type { LaunchTickets } from "./launch-tickets.ts";
import { askingOf, type Launches } from "./launches.ts";
import type { SessionActivities } from "./session-activities.ts";
import type { Sessions } from "./sessions.ts";

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly sessions: Sessions;
  readonly activities: SessionActivities;
  readonly house: House;
  readonly entitlements: Entitlements;
  readonly launches: Launches;
  readonly builtIn: BuiltInApplications;
  readonly tickets: LaunchTickets;
  /** Whether a session's holder could break the glass at this place. */
  readonly mayBreakGlass: (session: Session, place: string) => boolean;
  readonly webOrigin: string;
}

type Launchable = Pick<ApplicationConfiguration, "id" | "name" | "icon" | "group">;

/** What a session's holder is offered: his applications, and the activities that he could stand under. */
export type PortalDescription = Pick<SessionDescription, "applications" | "activities" | "activity" | "lastActivity">;

/** The applications of a session: which there are, which are open, which stay closed here and why, and how one is opened. */
export class Portal {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Nothing is offered to a holder who has yet to choose an activity. */
  async describe(asked: Session, workstation: Workstation): Promise<PortalDescription> {
    const { activities } = this.#parts;
    const { session, registered, mustChoose } = await activities.settle(asked);
    const last = await activities.lastOf(session, registered);
    return {
      applications: mustChoose ? [] : await this.#tilesOf(session, workstation),
      activities: registered.map(({ id, label, structureName }) => ({
        id,
        label,
        ...(structureName === undefined ? {} : { structureName }),
      })),
      ...(session.activity === undefined ? {} : { activity: session.activity.id }),
      ...(last === undefined ? {} : { lastActivity: last }),
    };
  }

  async #tilesOf(session: Session, workstation: Workstation): Promise<ApplicationTile[]> {
    const { store, clock, house, entitlements, builtIn, mayBreakGlass } = this.#parts;
    const open = await openApplications(store.db, session.id);
    const favourites = await favouritesOf(store.db, session.holder.id);
    const recent = await recentApplications(store.db, session.holder.id, workstation.place);
    const asking = askingOf(session, workstation, clock.now());
    const offer = asking.breakGlass === undefined && mayBreakGlass(session, workstation.place);
    const entitled = await entitlements.portal(offer ? { ...asking, breakGlass: "offered" } : asking);
    const starting = placeOf(house, workstation.place)?.startApplication;
    const tile = (application: Launchable, unavailable?: Unavailable): ApplicationTile => {
      const { id } = application;
      const usedAt = recent.get(id);
      const where = open.get(id);
      const here = where?.workstation === workstation.id;
      return {
        ...tileOf(application, here, unavailable),
        ...(where === undefined || here ? {} : { elsewhere: where.workstationName }),
        ...(favourites.has(id) ? { favourite: true } : {}),
        ...(usedAt === undefined ? {} : { usedAt }),
        ...(id === starting ? { starts: true } : {}),
      };
    };
    const tiles = entitled.flatMap(({ application: id, decision, unavailable }) => {
      const application = house.applications.find(known => known.id === id);
      return application === undefined || (!decision.permitted && unavailable === undefined)
        ? []
        : [tile(application, unavailable)];
    });
    return [...tiles, ...builtIn.applicationsOf(session).map(application => tile(application))];
  }

  /**
   * Opens an application: recorded, with a one-time address for the seat's browser. Rejects with `application-not-entitled`,
   * `activity-not-chosen`.
   */
  async launch(
    workstation: Workstation,
    seat: string,
    id: string,
  ): Promise<{ url: string; application: ApplicationTile }> {
    const { store, house, builtIn, sessions, launches, tickets, webOrigin } = this.#parts;
    const session = await sessions.openAt(workstation.id, seat);
    const record = await launches.decide(session, workstation, id);
    const launchable: readonly Launchable[] = [...house.applications, ...builtIn.applicationsOf(session)];
    const application = launchable.find(known => known.id === id);
    if (application === undefined) throw new Failure("application-not-entitled");
    const { at } = record;
    await store.write(async tx => {
      await rememberLaunch(tx, { session: session.id, application: id, workstation: workstation.id, at });
      await rememberApplication(tx, { holder: session.holder.id, place: workstation.place, application: id, at });
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

  /**
   * The holder marks an application of his portal, or takes the mark away. No act of the trail: it changes what is shown first, and
   * nothing that anybody may. Rejects with `application-not-entitled`, `favourites-full`.
   */
  async keepFavourite(workstation: Workstation, seat: string, id: string, favourite: boolean): Promise<void> {
    const { store, clock, sessions } = this.#parts;
    const session = await sessions.openAt(workstation.id, seat);
    const { applications } = await this.describe(session, workstation);
    if (favourite && !applications.some(application => application.id === id))
      throw new Failure("application-not-entitled", { detail: id });
    await store.write(tx =>
      favourite ? addFavourite(tx, session.holder.id, id, clock.now()) : removeFavourite(tx, session.holder.id, id),
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
