import type { Clock } from "../../core/ports/clock.ts";
import type { Session } from "../../core/session/session.ts";
import type { SessionDescription } from "../../protocol/broker/session.ts";
import type { Enrolments, Workstation } from "../services/enrolments.ts";
import { type House, placeOf } from "../services/house.ts";
import type { Portal } from "../services/portal.ts";

interface Parts {
  readonly clock: Clock;
  readonly house: House;
  readonly enrolments: Enrolments;
  readonly portal: Portal;
}

/** How the session came to its seat. */
export interface SeatStory {
  readonly resumed: boolean;
  /** The workstation that it came from. */
  readonly movedFrom?: string | undefined;
}

/** A session as the workstation that has its seat is told of it. */
export async function describeSession(
  session: Session,
  workstation: Workstation,
  { resumed, movedFrom }: SeatStory,
  { clock, house, enrolments, portal }: Parts,
): Promise<SessionDescription> {
  const { id, displayName, profession } = session.holder;
  return {
    session: session.id,
    seat: session.seat?.id ?? "",
    holder: { id, displayName, profession },
    means: session.means,
    openedAt: session.openedAt,
    expiresAt: session.expiresAt,
    graceMs: (placeOf(house, workstation.place)?.graceSeconds ?? 0) * 1000,
    ...(await portal.describe(session, workstation)),
    ...(movedFrom === undefined
      ? {}
      : { movedFrom: { workstationName: await enrolments.nameOf(movedFrom), at: clock.now() } }),
    resumed,
  };
}
