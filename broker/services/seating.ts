import { Failure } from "../../core/errors/failure.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { HolderActivities } from "../../core/ports/holder-activities.ts";
import type { SecondFactor } from "../../core/second-factor/second-factor.ts";
import type { Activity } from "../../core/session/activity.ts";
import { activityAtSeat } from "../../core/session/activity-at-seat.ts";
import type { Means } from "../../core/session/means.ts";
import type { LostSeat, Session, SessionHolder } from "../../core/session/session.ts";
import { isAlive, mayGoOn, type SeatTaken, takeSeat } from "../../core/session/session-rules.ts";
import { endGlass } from "../break-glass/end-glass.ts";
import type { Admission } from "../directory/admission.ts";
import { endByCard } from "../fallback/end-by-card.ts";
import type { SecondFactorRule } from "../second-factor/second-factor-rule.ts";
import { activityChosenAt } from "../store/chosen-activity-table.ts";
import { tellOfFallbacks } from "../store/fallback-table.ts";
import { sawCard } from "../store/known-card-table.ts";
import { rememberHolder } from "../store/known-holder-table.ts";
import { rememberLostSeat } from "../store/lost-seat-table.ts";
import { rememberCard } from "../store/recent-card-table.ts";
import { rememberPortal } from "../store/recent-portal-table.ts";
import { tellOfFactorChange } from "../store/second-factor-notice-table.ts";
import { claimedSessionOf, saveSession, sessionAt, sessionOfHolder } from "../store/session-table.ts";
import type { Store, Writing } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import type { CertificateJudge } from "./certificate-judge.ts";
import type { Workstation } from "./enrolments.ts";
import { newIdentifier } from "./identifiers.ts";
import type { Condition, Objection, Proved, SessionLimit } from "./proved.ts";
import type { SessionEndings } from "./session-endings.ts";
import type { SessionEvents } from "./session-events.ts";
import { proofAt, recordOf } from "./session-records.ts";
import type { SignInCounts } from "./sign-in-counts.ts";
import type { SignInDenials } from "./sign-in-denials.ts";
import type { SignInStatistics } from "./sign-in-statistics.ts";

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly judge: CertificateJudge;
  readonly admission: Admission;
  readonly activities: HolderActivities;
  /** Where one proof gives no seat. */
  readonly secondFactor: SecondFactorRule;
  readonly sessionEndings: SessionEndings;
  readonly denials: SignInDenials;
  readonly events: SessionEvents;
  readonly counts: SignInCounts;
  readonly statistics: SignInStatistics;
}

/** A session that ended where another one takes its place, for who hears of ends. */
interface Past {
  readonly session: string;
  readonly lost: readonly LostSeat[];
}

/** What the holder has already, when he comes. */
interface Known {
  /** The session that goes on by these means. */
  readonly own: Session | undefined;
  /** Those that had expired before, or cannot go on: they have ended. */
  readonly past: readonly Past[];
}

/** A seat taken, and the sessions of the same holder that ended for it. */
type Seated = SeatTaken & Pick<Known, "past">;

/** Gives seats: whoever has proved himself, however he did, has his session opened, resumed or moved here. */
export class Seating {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Opens, resumes or moves the session of a holder who has proved himself without a card. Never longer than `limit` says, and only
   * where `condition`, asked in the same transaction, does not refuse. `wantsSecondFactor`: not by this proof alone, wherever it is.
   */
  async seatWithoutCard(
    workstation: Workstation,
    holder: SessionHolder,
    means: Means,
    limit: SessionLimit,
    condition: Condition = async () => undefined,
    wantsSecondFactor = false,
  ): Promise<SeatTaken> {
    return this.seat(workstation, { holder, means, limit, stages: {}, condition, wantsSecondFactor });
  }

  /** Goes on with a sign-in that was kept until its second proof was there. A card is judged again: time has passed. */
  async seatBySecondFactor(
    workstation: Workstation,
    proved: Proved & { readonly secondFactor: SecondFactor },
  ): Promise<SeatTaken> {
    const { judge, denials } = this.#parts;
    const { holder, card } = proved;
    const judgement = card && (await judge.judge(card.certificate, "authentication"));
    if (judgement?.fit === false) return denials.deny(workstation, judgement.code, judgement.detail, holder.id);
    return this.seat(workstation, proved);
  }

  /** Every way in ends here. Rejects with `second-factor-owed`, and, recorded, with why a seat is not given. */
  async seat(workstation: Workstation, proved: Proved): Promise<SeatTaken> {
    const { store, clock, activities, denials, events, counts, statistics, secondFactor } = this.#parts;
    const { holder, means, stages } = proved;
    const owed = await secondFactor.objectionTo(workstation, proved);
    if (owed?.code === "second-factor-owed") throw new Failure(owed.code);
    if (owed !== undefined) return denials.deny(workstation, owed.code, owed.detail, holder.id);
    const now = clock.now();
    const registered = await activities.of(holder.id);
    const outcome = await store.write(tx => this.#seatIn(tx, workstation, proved, registered, now));
    if ("code" in outcome) return denials.deny(workstation, outcome.code, outcome.detail, holder.id);
    const { past, ...taken } = outcome;
    for (const { session, lost } of past) events.tellEnd(session, lost, now);
    counts.count({ outcome: outcomeOf(taken) });
    statistics.signedIn(workstation, means);
    statistics.measured(workstation, stages);
    events.tellLost(taken.session.id, taken.lost, now, workstation.id);
    return taken;
  }

  async #seatIn(
    tx: Writing,
    workstation: Workstation,
    proved: Proved,
    registered: readonly Activity[],
    now: number,
  ): Promise<Seated | Objection> {
    const { holder, means, secondFactor, card, remarks, limit, stages, condition } = proved;
    // In the transaction: whoever is disabled after this is found among the sessions that are open.
    const objection = (await this.#parts.admission.refusalOf(tx, holder.id)) ?? (await condition?.(tx, now));
    if (objection !== undefined) return objection;
    const { own, past } = await this.#goOn(tx, workstation, proved, now);
    const here = await sessionAt(tx, workstation.id);
    const remembered = await activityChosenAt(tx, holder.id, workstation.place);
    const activity = activityAtSeat({ registered, present: own?.activity, remembered });
    const result = takeSeat(holder, own, here, {
      ...{ workstation: workstation.id, now, means, secondFactor, activity },
      newSession: newIdentifier(),
      newSeat: newIdentifier(),
      lifetimeMs: "until" in limit ? limit.until - now : limit.lifetimeMs,
      ...("until" in limit && limit.breakGlass !== undefined
        ? { breakGlass: { id: limit.breakGlass, until: limit.until } }
        : {}),
    });
    // The unique columns demand that a seat is free before it is taken.
    if (result.displaced !== undefined) {
      await saveSession(tx, result.displaced);
      await appendTrail(tx, { ...recordOf(result.displaced, workstation, now), act: "seat-displaced" });
    }
    await saveSession(tx, result.session);
    for (const lost of result.lost) await rememberLostSeat(tx, lost, now, workstation.id);
    if (card !== undefined) await acceptCard(tx, workstation, { ...proved, card }, now);
    const { place } = workstation;
    await rememberPortal(tx, { holder, means, secondFactor, activity, place, workstation, at: now });
    const record = { ...recordOf(result.session, workstation, now), ...remarks, detail: JSON.stringify(stages) };
    await appendTrail(tx, { ...record, act: `session-${outcomeOf(result)}` });
    return { ...result, past };
  }

  /** What goes on of what the holder has, and the end of what does not. */
  async #goOn(tx: Writing, workstation: Workstation, { holder, means, card }: Proved, now: number): Promise<Known> {
    const past: Past[] = [];
    const leave = async (session: Session, reason: "expired" | "replaced") =>
      past.push({
        session: session.id,
        lost: await this.#parts.sessionEndings.endIn(tx, session, { reason, workstation }, now),
      });
    const claim = await claimedSessionOf(tx, holder.id);
    // What nobody proves is in nobody's way: it is beside the session that the holder has.
    const known = means === "break-glass" ? claim : await sessionOfHolder(tx, holder.id);
    const alive = isAlive(known, now) ? known : undefined;
    const own = alive !== undefined && mayGoOn(alive, means) ? alive : undefined;
    if (own === undefined && known !== undefined) await leave(known, alive === undefined ? "expired" : "replaced");
    if (card !== undefined && claim?.breakGlass !== undefined) {
      await endGlass(tx, claim.breakGlass.id, { type: "card-used", at: now }, proofAt(workstation, means, now));
      await leave(claim, "replaced");
    }
    return { own, past };
  }
}

/** The card is known from now on, and the holder is told, once, of what happened without it. */
async function acceptCard(
  tx: Writing,
  workstation: Workstation,
  { holder, means, card }: Proved & Required<Pick<Proved, "card">>,
  now: number,
): Promise<void> {
  await rememberCard(tx, { ...card, at: now });
  await sawCard(tx, card.shown, holder, now);
  await rememberHolder(tx, holder, now);
  await endByCard(tx, holder.id, proofAt(workstation, means, now));
  await tellOfFallbacks(tx, holder.id, now);
  await tellOfFactorChange(tx, holder.id, now);
}

function outcomeOf({ resumed, movedFrom }: SeatTaken): "opened" | "resumed" | "moved" {
  if (!resumed) return "opened";
  return movedFrom === undefined ? "resumed" : "moved";
}
