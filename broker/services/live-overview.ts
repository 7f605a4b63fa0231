import type { Clock } from "../../core/ports/clock.ts";
import { openGlassOf } from "../../core/session/session-rules.ts";
import {
  type LiveSession,
  type LiveView,
  type LiveWorkstation,
  mostListed,
} from "../../protocol/broker/console/live-view.ts";
import { newestSessions } from "../store/session-table.ts";
import type { Store } from "../store/store.ts";
import { listWorkstations } from "../store/workstation-table.ts";
import type { PushHub } from "./push-hub.ts";

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly hub: PushHub;
  readonly startedAt: number;
  placeNameOf(place: string): string;
}

/** Who is where: living sessions, and the house's workstations. */
export async function liveOverview(parts: Parts, search: string): Promise<LiveView> {
  const { store, clock, hub, startedAt, placeNameOf } = parts;
  const now = clock.now();
  const sessions = await newestSessions(store.db, search, mostListed);
  const workstations = await listWorkstations(store.db, search, mostListed);
  return {
    now,
    startedAt,
    sessionCount: sessions.count,
    sessions: sessions.listed.map(({ session, workstationName }): LiveSession => {
      const { id, holder, means, openedAt, expiresAt, seat, absentSince } = session;
      const glass = openGlassOf(session, now);
      return {
        id,
        holder,
        means,
        openedAt,
        expiresAt,
        ...(seat === undefined
          ? {}
          : { seat: { state: seat.state, workstationName: workstationName ?? seat.workstation } }),
        ...(absentSince === undefined ? {} : { absentSince }),
        ...(glass === undefined ? {} : { breakGlassUntil: glass.until }),
      };
    }),
    workstationCount: workstations.count,
    connectedCount: hub.connected,
    workstations: workstations.listed.map(({ id, name, place, enrolled_at: enrolledAt }): LiveWorkstation => {
      const { connected, seenAt } = hub.presenceOf(id);
      return {
        id,
        name,
        placeName: placeNameOf(place),
        enrolledAt,
        connected,
        ...(seenAt === undefined ? {} : { seenAt }),
      };
    }),
  };
}
