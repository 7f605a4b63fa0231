import type { ProofKey, ProofPurpose } from "../proof/proof-purpose.ts";
import type { SecondFactor } from "../second-factor/second-factor.ts";
import type { Activity } from "./activity.ts";
import type { Means } from "./means.ts";
import type { LostSeat, Session, SessionHolder } from "./session.ts";

export interface PlacePolicy {
  /** How long after removal the card alone brings the session back. */
  readonly graceMs: number;
}

/** A session that has not come to its end. */
export function isAlive(session: Session | undefined, now: number): session is Session {
  return session !== undefined && now < session.expiresAt;
}

/**
 * What the card that is in a reader of this workstation has to prove (design D5). `session` is the holder's own. The key
 * that needs no PIN is enough only inside the grace window since the card went away, and only for a session that the card opened.
 */
export function decideChallenge(
  session: Session | undefined,
  situation: { readonly workstation: string; readonly now: number; readonly presenceAllowed: boolean },
  policy: PlacePolicy,
): { readonly purpose: ProofPurpose; readonly key: ProofKey } {
  if (!isAlive(session, situation.now)) return { purpose: "sign-in", key: "authentication" };
  const purpose = session.seat?.workstation === situation.workstation ? "unlock" : "resume";
  const away = session.absentSince === undefined ? 0 : situation.now - session.absentSince;
  // A card that the session has not seen with its PIN may be in anybody's hand.
  const isKnown = session.means === "card-pin" || session.means === "card-presence";
  const isEnough = situation.presenceAllowed && isKnown && away <= policy.graceMs;
  return { purpose, key: isEnough ? "presence" : "authentication" };
}

/**
 * True where a session goes on by these means. What a password opens stands alone, each kind of password for itself: it never gets
 * at what the card opened, and ends when the card is back. What was opened without any proof is not come back to: anybody could.
 */
export function mayGoOn(session: Pick<Session, "means">, means: Means): boolean {
  if (session.means === "break-glass" || means === "break-glass") return false;
  return session.means === means || !(isPassword(session.means) || isPassword(means));
}

function isPassword(means: Means): boolean {
  return means === "temporary-password" || means === "directory-password";
}

export interface SeatTaking {
  readonly workstation: string;
  readonly now: number;
  readonly means: Means;
  /** Beside the means, where one proof was not enough. */
  readonly secondFactor?: SecondFactor | undefined;
  /** What the session stands under from now on. */
  readonly activity?: Activity | undefined;
  /** The glass that opens it. */
  readonly breakGlass?: Session["breakGlass"];
  /** Identifiers for what is made anew. */
  readonly newSession: string;
  readonly newSeat: string;
  /** The longest that a session may live from this proof on; one that is alive already is never prolonged. */
  readonly lifetimeMs: number;
}

export interface SeatTaken {
  readonly session: Session;
  readonly resumed: boolean;
  /** The workstation that the session came from, where it moved. */
  readonly movedFrom: string | undefined;
  /** Another holder's session that loses its seat here and stays alive. */
  readonly displaced: Session | undefined;
  readonly lost: readonly LostSeat[];
}

/**
 * The holder has proved himself here: his session opens, comes back or moves. `own` is his living session, `here` the
 * living session that has its seat on this workstation; both may be the same.
 */
export function takeSeat(
  holder: SessionHolder,
  own: Session | undefined,
  here: Session | undefined,
  taking: SeatTaking,
): SeatTaken {
  const { workstation, now, means, secondFactor, activity, breakGlass } = taking;
  const lost: LostSeat[] = [];
  const isOwnSeatHere = own?.seat?.workstation === workstation;
  const displaced = here !== undefined && here.id !== own?.id && here.seat !== undefined ? here : undefined;
  if (displaced?.seat !== undefined) lost.push({ seat: displaced.seat.id, workstation, reason: "other-holder" });
  if (own?.seat !== undefined && !isOwnSeatHere)
    lost.push({ seat: own.seat.id, workstation: own.seat.workstation, reason: "moved" });
  const seat = {
    id: isOwnSeatHere && own?.seat !== undefined ? own.seat.id : taking.newSeat,
    workstation,
    state: "open",
  } as const;
  const session: Session =
    own === undefined
      ? {
          id: taking.newSession,
          holder,
          means,
          secondFactor,
          ...(breakGlass === undefined ? {} : { breakGlass }),
          activity,
          openedAt: now,
          provenAt: now,
          expiresAt: now + taking.lifetimeMs,
          seat,
          absentSince: undefined,
        }
      : {
          ...own,
          holder,
          means,
          secondFactor,
          activity,
          provenAt: now,
          expiresAt: Math.min(own.expiresAt, now + taking.lifetimeMs),
          seat,
          absentSince: undefined,
        };
  return {
    session,
    resumed: own !== undefined,
    movedFrom: own?.seat !== undefined && !isOwnSeatHere ? own.seat.workstation : undefined,
    displaced:
      displaced === undefined
        ? undefined
        : { ...displaced, seat: undefined, absentSince: displaced.absentSince ?? now },
    lost,
  };
}

/** The card went away, or the holder locked, at `since`: the seat stays, covered. A covered seat stays as it was. */
export function coverSeat(session: Session, since: number): Session {
  if (session.seat === undefined || session.seat.state === "covered") return session;
  return { ...session, seat: { ...session.seat, state: "covered" }, absentSince: since };
}

/** The glass that is broken in a session, while its time lasts. */
export function openGlassOf({ breakGlass }: Session, now: number): Session["breakGlass"] {
  return breakGlass !== undefined && now < breakGlass.until ? breakGlass : undefined;
}

/** The holder has typed the PIN again where he sits: nothing opens or moves, the means is the highest, and fresh. */
export function stepUp(session: Session, now: number): Session {
  return { ...session, means: "card-pin", provenAt: now };
}
