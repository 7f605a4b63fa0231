import { isLiving } from "../../core/fallback/fallback.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Session } from "../../core/session/session.ts";
import { openGlassOf } from "../../core/session/session-rules.ts";
import type { SessionDescription } from "../../protocol/broker/session.ts";
import { namedHolder } from "../fallback/fallback-overview.ts";
import type { Enrolments, Workstation } from "../services/enrolments.ts";
import { type House, placeOf } from "../services/house.ts";
import type { Portal } from "../services/portal.ts";
import { glassById } from "../store/break-glass-table.ts";
import { fallbackToldAt, livingFallbackOf } from "../store/fallback-table.ts";
import { factorChangeToldAt } from "../store/second-factor-notice-table.ts";
import type { Db, Store } from "../store/store.ts";

interface Parts {
  readonly store: Store;
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
  { clock, house, enrolments, portal, store }: Parts,
): Promise<SessionDescription> {
  const { id, displayName, profession } = session.holder;
  const here = placeOf(house, workstation.place);
  return {
    session: session.id,
    seat: session.seat?.id ?? "",
    holder: { id, displayName, profession },
    means: session.means,
    openedAt: session.openedAt,
    expiresAt: session.expiresAt,
    graceMs: (here?.graceSeconds ?? 0) * 1000,
    idleMs: (here?.idleSeconds ?? 0) * 1000,
    ...(await portal.describe(session, workstation)),
    ...(movedFrom === undefined
      ? {}
      : { movedFrom: { workstationName: await enrolments.nameOf(movedFrom), at: clock.now() } }),
    resumed,
    ...(await temporaryAccessOf(session, store.db)),
    ...(await factorChangeOf(session, store.db)),
    ...(await breakGlassOf(session, store.db, clock.now())),
  };
}

/** What its holder has to be told of: somebody with his card, or the helpdesk, changed how he signs in from outside. */
async function factorChangeOf(
  { holder, means, provenAt }: Session,
  db: Db,
): Promise<Pick<SessionDescription, "secondFactorsChanged">> {
  const isByCard = means === "card-pin" || means === "card-presence";
  const at = isByCard ? await factorChangeToldAt(db, holder.id, provenAt) : undefined;
  return at === undefined ? {} : { secondFactorsChanged: { at } };
}

async function breakGlassOf(session: Session, db: Db, now: number): Promise<Pick<SessionDescription, "breakGlass">> {
  const open = openGlassOf(session, now);
  const glass = open && (await glassById(db, open.id));
  if (open === undefined || glass === undefined) return {};
  return { breakGlass: { ...glass.reason, until: open.until, identity: glass.identity } };
}

/** What opened it, where that was a temporary password; what its holder has to be told of, where it was his card. */
async function temporaryAccessOf(
  { holder, means, provenAt }: Session,
  db: Db,
): Promise<Pick<SessionDescription, "temporaryAccess" | "temporaryAccessIssued">> {
  if (means !== "temporary-password") {
    const told = await fallbackToldAt(db, holder.id, provenAt);
    if (told === undefined) return {};
    return { temporaryAccessIssued: { issuedAt: told.issuedAt, by: (await namedHolder(db, told.by)).displayName } };
  }
  const fallback = (await livingFallbackOf(db, holder.id))?.fallback;
  if (fallback === undefined || !isLiving(fallback)) return {};
  const { reason, until } = fallback;
  return { temporaryAccess: { reason, until, left: "left" in fallback ? fallback.left : 0 } };
}
