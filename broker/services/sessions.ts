import { Failure } from "../../core/errors/failure.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { HolderActivities } from "../../core/ports/holder-activities.ts";
import type { SignatureVerifier } from "../../core/ports/signature-verifier.ts";
import type { Challenge } from "../../core/proof/challenge.ts";
import type { SecondFactor } from "../../core/second-factor/second-factor.ts";
import { activityAtSeat } from "../../core/session/activity-at-seat.ts";
import { assuranceOf, type Means } from "../../core/session/means.ts";
import type { LostSeat, SeatLossReason, Session, SessionHolder } from "../../core/session/session.ts";
import {
  coverSeat,
  decideChallenge,
  isAlive,
  mayGoOn,
  type SeatTaken,
  takeSeat,
} from "../../core/session/session-rules.ts";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import { endGlass } from "../break-glass/end-glass.ts";
import type { Admission } from "../directory/admission.ts";
import { endByCard } from "../fallback/end-by-card.ts";
import type { SecondFactorRule } from "../second-factor/second-factor-rule.ts";
import { activityChosenAt } from "../store/chosen-activity-table.ts";
import { tellOfFallbacks } from "../store/fallback-table.ts";
import { sawCard } from "../store/known-card-table.ts";
import { rememberHolder } from "../store/known-holder-table.ts";
import { rememberCard } from "../store/recent-card-table.ts";
import { rememberPortal } from "../store/recent-portal-table.ts";
import { tellOfFactorChange } from "../store/second-factor-notice-table.ts";
import {
  claimedSessionOf,
  deleteSession,
  expiredSessions,
  saveSession,
  sessionAt,
  sessionById,
  sessionOfHolder,
  sessionOfSeat,
  sessionsByMeans,
  sessionsInDoubt,
} from "../store/session-table.ts";
import type { Store, Writing } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import type { AdministratorAct, RecordedAct } from "./administrator-act.ts";
import type { CertificateJudge } from "./certificate-judge.ts";
import type { ChallengeBook } from "./challenge-book.ts";
import type { Workstation } from "./enrolments.ts";
import { newIdentifier, newSecret } from "./identifiers.ts";
import { judgeProof } from "./proof-verdict.ts";
import type { Condition, Objection, Proved, SessionLimit } from "./proved.ts";
import type { SessionEvents } from "./session-events.ts";
import type { SignInCounts } from "./sign-in-counts.ts";
import type { SignInStatistics } from "./sign-in-statistics.ts";

export interface SessionSettings {
  readonly origin: string;
  readonly brokerKey: string;
  readonly sessionMs: number;
  graceMsOf(place: string): number;
}

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly judge: CertificateJudge;
  readonly admission: Admission;
  readonly signatures: SignatureVerifier;
  readonly challenges: ChallengeBook;
  readonly activities: HolderActivities;
  readonly events: SessionEvents;
  readonly counts: SignInCounts;
  readonly statistics: SignInStatistics;
  /** Where one proof gives no seat. */
  readonly secondFactor: SecondFactorRule;
  readonly settings: SessionSettings;
}

/** How a session comes to its end. */
interface Ending {
  readonly reason: "ended" | "expired" | "withdrawn" | "replaced";
  /** For the trail; absent: the reason says it all. */
  readonly detail?: string;
  /** Where somebody ended it. */
  readonly workstation?: Workstation;
  /** Of the administrator who ended it. */
  readonly act?: AdministratorAct;
}

const meansOf = { authentication: "card-pin", presence: "card-presence" } as const;

/** A seat taken, and the sessions of the same holder that had expired before, or cannot go on by these means. */
type Seated = SeatTaken & { readonly past: readonly { readonly session: string; readonly lost: LostSeat[] }[] };

/** Sessions and their seats: opened, resumed, moved, covered and ended, each with its one record in the trail. */
export class Sessions {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** A card shows its certificate: what has to be proved, or a recorded denial. Rejects with the certificate's failure. */
  async challenge(
    workstation: Workstation,
    certificate: Uint8Array,
    presenceAllowed: boolean,
  ): Promise<{ challenge: Challenge; holder: SessionHolder }> {
    const { judge, admission, clock, settings, store, challenges, secondFactor } = this.#parts;
    const judgement = await judge.judge(certificate, "authentication");
    if (!judgement.fit) return this.deny(workstation, judgement.code, judgement.detail, judgement.claimed);
    const refusal = await admission.refusalOf(store.db, judgement.holder.id);
    if (refusal !== undefined) return this.deny(workstation, refusal.code, refusal.detail, judgement.holder.id);
    const session = await sessionOfHolder(store.db, judgement.holder.id);
    const situation = {
      workstation: workstation.id,
      now: clock.now(),
      presenceAllowed: presenceAllowed && secondFactor.presenceCounts(workstation),
    };
    const decision = decideChallenge(session, situation, { graceMs: settings.graceMsOf(workstation.place) });
    const { origin, brokerKey } = settings;
    const challenge = { nonce: newSecret(256), origin, brokerKey, workstation: workstation.id, ...decision };
    const { holder, publicKey, remarks } = judgement;
    challenges.give({ challenge, certificate, holder, publicKey, remarks });
    return { challenge, holder };
  }

  /** The card's answer: opens, resumes or moves the holder's session. Rejects with the reason, recorded. */
  async prove(
    workstation: Workstation,
    nonce: string,
    proof: string,
    stages: Readonly<Record<string, number>>,
  ): Promise<SeatTaken> {
    const { challenges, judge, signatures } = this.#parts;
    const given = challenges.take(nonce);
    if (given === undefined || given.challenge.workstation !== workstation.id)
      return this.deny(workstation, "challenge-unknown", "");
    if (given.challenge.purpose === "step-up")
      return this.deny(workstation, "proof-mismatch", "given for a step-up", given.holder.id);
    const verdict = await judgeProof(proof, given, judge, signatures);
    if (!verdict.holds) return this.deny(workstation, verdict.code, verdict.detail, given.holder.id);
    const { key } = given.challenge;
    const { holder, certificate, remarks } = verdict;
    const limit = { lifetimeMs: this.#parts.settings.sessionMs };
    return this.#seat(workstation, {
      holder,
      means: meansOf[key],
      card: { certificate, key, shown: given.certificate },
      remarks,
      limit,
      stages,
    });
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
    return this.#seat(workstation, { holder, means, limit, stages: {}, condition, wantsSecondFactor });
  }

  /** Goes on with a sign-in that was kept until its second proof was there. A card is judged again: time has passed. */
  async seatBySecondFactor(
    workstation: Workstation,
    proved: Proved & { readonly secondFactor: SecondFactor },
  ): Promise<SeatTaken> {
    const { holder, card } = proved;
    const judgement = card && (await this.#parts.judge.judge(card.certificate, "authentication"));
    if (judgement?.fit === false) return this.deny(workstation, judgement.code, judgement.detail, holder.id);
    return this.#seat(workstation, proved);
  }

  /**
   * Covers a seat; says when the card alone stops being enough. The window counts from when the workstation covered it,
   * `agoMs` before this. Repeating changes nothing.
   */
  async cover(workstation: Workstation, seat: string, reason: string, agoMs: number): Promise<{ graceUntil: number }> {
    const { store, clock, settings, events } = this.#parts;
    const now = clock.now();
    const covered = await store.write(async tx => {
      const session = await this.#sessionHere(tx, workstation, seat);
      if (session.seat?.state === "covered") return { session, fresh: false };
      const changed = coverSeat(session, Math.max(now - agoMs, session.openedAt));
      await saveSession(tx, changed);
      await appendTrail(tx, { ...about(changed, workstation, now), act: "seat-covered", detail: reason });
      return { session: changed, fresh: true };
    });
    if (covered.fresh)
      events.tell({ type: "seat-covered", session: covered.session.id, seat, workstation: workstation.id });
    return { graceUntil: (covered.session.absentSince ?? now) + settings.graceMsOf(workstation.place) };
  }

  /** The holder ends his session. Ending one that has ended changes nothing. */
  async end(workstation: Workstation, seat: string): Promise<void> {
    const { store } = this.#parts;
    const session = await sessionOfSeat(store.db, seat);
    if (session?.seat?.workstation !== workstation.id) return;
    await this.#end(session, { reason: "ended", workstation });
  }

  async endExpired(): Promise<void> {
    const { store, clock } = this.#parts;
    for (const session of await expiredSessions(store.db, clock.now())) await this.#end(session, { reason: "expired" });
  }

  /** Ends every session whose holder the directory does not let in any more. */
  async endWithdrawn(): Promise<void> {
    const { store, admission, clock } = this.#parts;
    for (const { id } of await sessionsInDoubt(store.db, await admission.unknownLeave(store.db))) {
      const now = clock.now();
      const lost = await store.write(async tx => {
        // It may have moved, or its holder have come back, since it was found.
        const session = await sessionById(tx, id);
        const refusal = session && (await admission.refusalOf(tx, session.holder.id));
        if (session === undefined || refusal === undefined) return undefined;
        return this.#remove(tx, session, { reason: "withdrawn", detail: `withdrawn: ${refusal.detail}` }, now);
      });
      if (lost !== undefined) this.#tellEnd(id, lost, now);
    }
  }

  /**
   * Ends the holder's session, whatever opened it; `detail` is for the trail. `act`: of the administrator who ends it. False where
   * there is none.
   */
  async endOf(holder: string, detail: string, act?: AdministratorAct): Promise<boolean> {
    const session = await sessionOfHolder(this.#parts.store.db, holder);
    if (session !== undefined) await this.#end(session, { reason: "withdrawn", detail, ...(act && { act }) });
    return session !== undefined;
  }

  /** Ends the sessions of temporary passwords whose access, asked about in the same transaction, has ended. */
  async endTemporary(hasAccess: (tx: Writing, holder: string) => Promise<boolean>): Promise<void> {
    await this.endByMeans("temporary-password", "temporary access ended", (tx, { holder }) => hasAccess(tx, holder.id));
  }

  /** Ends the sessions by these means that nothing, asked about in the same transaction, holds any more; `detail` is for the trail. */
  async endByMeans(
    means: Means,
    detail: string,
    isHeld: (tx: Writing, session: Session) => Promise<boolean>,
  ): Promise<void> {
    const { store, clock } = this.#parts;
    for (const { id } of await sessionsByMeans(store.db, means)) {
      const now = clock.now();
      const lost = await store.write(async tx => {
        const session = await sessionById(tx, id);
        if (session?.means !== means || (await isHeld(tx, session))) return undefined;
        return this.#remove(tx, session, { reason: "withdrawn", detail: `withdrawn: ${detail}` }, now);
      });
      if (lost !== undefined) this.#tellEnd(id, lost, now);
    }
  }

  /** The living session that has this open seat on this workstation. Rejects with `session-unknown`. */
  async openAt(workstation: string, seat: string): Promise<Session> {
    const session = await sessionOfSeat(this.#parts.store.db, seat);
    if (
      !isAlive(session, this.#parts.clock.now()) ||
      session.seat?.workstation !== workstation ||
      session.seat.state !== "open"
    ) {
      throw new Failure("session-unknown");
    }
    return session;
  }

  /** The living session of an open seat, wherever it is. */
  async openSeat(seat: string): Promise<Session | undefined> {
    const session = await sessionOfSeat(this.#parts.store.db, seat);
    return isAlive(session, this.#parts.clock.now()) && session.seat?.state === "open" ? session : undefined;
  }

  /** The living session of this identifier, wherever its seat is and whether it has one. */
  async aliveById(id: string): Promise<Session | undefined> {
    const session = await sessionById(this.#parts.store.db, id);
    return isAlive(session, this.#parts.clock.now()) ? session : undefined;
  }

  /**
   * A workstation (re)connects and says which seat it believes in. A seat of its that it does not know of belongs to an
   * answer that never arrived: it is covered. Answers how the believed seat was lost, where it was.
   */
  async reconcile(
    workstation: Workstation,
    believed: string | null,
  ): Promise<{ reason: SeatLossReason; at: number; movedTo: string | null } | undefined> {
    const { store, clock } = this.#parts;
    const here = await sessionAt(store.db, workstation.id);
    if (here?.seat !== undefined && here.seat.id !== believed)
      await this.cover(workstation, here.seat.id, "answer-lost", 0);
    if (believed === null || here?.seat?.id === believed) return undefined;
    const lost = await store.db.selectFrom("lost_seat").selectAll().where("seat", "=", believed).executeTakeFirst();
    return {
      reason: (lost?.reason as SeatLossReason | undefined) ?? "ended",
      at: lost?.at ?? clock.now(),
      movedTo: lost?.moved_to ?? null,
    };
  }

  /** Records a refusal and throws it. */
  async deny(workstation: Workstation, code: Failure["code"], detail: string, holder?: string): Promise<never> {
    const at = this.#parts.clock.now();
    const record: TrailRecord = {
      at,
      act: "sign-in-denied",
      workstation: workstation.id,
      place: workstation.place,
      code,
      holder,
      detail,
    };
    await this.#parts.store.write(tx => appendTrail(tx, record));
    this.#parts.counts.count({ outcome: "denied", code });
    throw new Failure(code, { detail });
  }

  /** Every way in ends here. */
  async #seat(workstation: Workstation, proved: Proved): Promise<SeatTaken> {
    const { store, clock, admission, activities } = this.#parts;
    const { holder, means, secondFactor, card, remarks, limit, stages, condition } = proved;
    const owed = await this.#parts.secondFactor.objectionTo(workstation, proved);
    if (owed?.code === "second-factor-owed") throw new Failure(owed.code);
    if (owed !== undefined) return this.deny(workstation, owed.code, owed.detail, holder.id);
    const now = clock.now();
    const registered = await activities.of(holder.id);
    const outcome = await store.write(async (tx): Promise<Seated | Objection> => {
      // In the transaction: whoever is disabled after this is found among the sessions that are open.
      const refusal = await admission.refusalOf(tx, holder.id);
      if (refusal !== undefined) return refusal;
      const objection = await condition?.(tx, now);
      if (objection !== undefined) return objection;
      const claim = await claimedSessionOf(tx, holder.id);
      // What nobody proves is in nobody's way: it is beside the session that the holder has.
      const known = means === "break-glass" ? claim : await sessionOfHolder(tx, holder.id);
      const alive = isAlive(known, now) ? known : undefined;
      const own = alive !== undefined && mayGoOn(alive, means) ? alive : undefined;
      const past: Seated["past"][number][] = [];
      const leave = async (session: Session, reason: "expired" | "replaced") =>
        past.push({ session: session.id, lost: await this.#remove(tx, session, { reason, workstation }, now) });
      if (own === undefined && known !== undefined) await leave(known, alive === undefined ? "expired" : "replaced");
      if (card !== undefined && claim?.breakGlass !== undefined) {
        const about = seenAt(workstation, means, now);
        await endGlass(tx, claim.breakGlass.id, { type: "card-used", at: now }, about);
        await leave(claim, "replaced");
      }
      const here = await sessionAt(tx, workstation.id);
      const remembered = await activityChosenAt(tx, holder.id, workstation.place);
      const activity = activityAtSeat({ registered, present: own?.activity, remembered });
      const taking = {
        workstation: workstation.id,
        now,
        means,
        secondFactor,
        activity,
        newSession: newIdentifier(),
        newSeat: newIdentifier(),
        lifetimeMs: "until" in limit ? limit.until - now : limit.lifetimeMs,
        ...("until" in limit && limit.breakGlass !== undefined
          ? { breakGlass: { id: limit.breakGlass, until: limit.until } }
          : {}),
      };
      const result = takeSeat(holder, own, here, taking);
      // The unique columns demand that a seat is free before it is taken.
      if (result.displaced !== undefined) {
        await saveSession(tx, result.displaced);
        await appendTrail(tx, { ...about(result.displaced, workstation, now), act: "seat-displaced" });
      }
      await saveSession(tx, result.session);
      for (const lost of result.lost) await rememberLost(tx, lost, now, workstation.id);
      if (card !== undefined) {
        await rememberCard(tx, { ...card, at: now });
        await sawCard(tx, card.shown, holder, now);
        await rememberHolder(tx, holder, now);
        await endByCard(tx, holder.id, seenAt(workstation, means, now));
        await tellOfFallbacks(tx, holder.id, now);
        await tellOfFactorChange(tx, holder.id, now);
      }
      await rememberPortal(tx, {
        holder,
        means,
        secondFactor,
        activity,
        place: workstation.place,
        workstation,
        at: now,
      });
      const detail = JSON.stringify(stages);
      await appendTrail(tx, {
        ...about(result.session, workstation, now),
        ...remarks,
        act: `session-${outcomeOf(result)}`,
        detail,
      });
      return { ...result, past };
    });
    if ("code" in outcome) return this.deny(workstation, outcome.code, outcome.detail, holder.id);
    const { past, ...taken } = outcome;
    for (const { session, lost } of past) this.#tellEnd(session, lost, now);
    this.#parts.counts.count({ outcome: outcomeOf(taken) });
    this.#parts.statistics.signedIn(workstation, means);
    this.#parts.statistics.measured(workstation, stages);
    this.#tellLost(taken.session.id, taken.lost, now, workstation.id);
    return taken;
  }

  async #end(session: Session, ending: Ending): Promise<void> {
    const { store, clock } = this.#parts;
    const now = clock.now();
    const lost = await store.write(tx => this.#remove(tx, session, ending, now));
    this.#tellEnd(session.id, lost, now);
  }

  async #remove(tx: Writing, session: Session, ending: Ending, now: number): Promise<LostSeat[]> {
    const { reason, detail = reason, workstation, act } = ending;
    const lost =
      session.seat === undefined ? [] : [{ seat: session.seat.id, workstation: session.seat.workstation, reason }];
    if (session.breakGlass !== undefined)
      await endGlass(
        tx,
        session.breakGlass.id,
        { type: "session-ended", at: now },
        recordedActOf(session, workstation, now),
      );
    await deleteSession(tx, session.id);
    for (const one of lost) await rememberLost(tx, one, now, undefined);
    const ended = act === undefined ? about(session, workstation, now) : { ...act, at: now, holder: session.holder.id };
    await appendTrail(tx, { ...ended, act: "session-ended", detail });
    return lost;
  }

  async #sessionHere(tx: Writing, workstation: Workstation, seat: string): Promise<Session> {
    const session = await sessionOfSeat(tx, seat);
    if (session?.seat?.workstation !== workstation.id) throw new Failure("session-unknown");
    return session;
  }

  #tellEnd(session: string, lost: readonly LostSeat[], at: number): void {
    this.#tellLost(session, lost, at, undefined);
    this.#parts.events.tell({ type: "session-ended", session });
  }

  #tellLost(session: string, lost: readonly LostSeat[], at: number, movedTo: string | undefined): void {
    for (const one of lost)
      this.#parts.events.tell({
        type: "seat-lost",
        session,
        ...one,
        at,
        movedTo: one.reason === "moved" ? movedTo : undefined,
      });
  }
}

function outcomeOf({ resumed, movedFrom }: SeatTaken): "opened" | "resumed" | "moved" {
  if (!resumed) return "opened";
  return movedFrom === undefined ? "resumed" : "moved";
}

function seenAt({ id: workstation, place }: Workstation, means: Means, at: number) {
  return { at, means, assurance: assuranceOf(means), workstation, place };
}

function about(session: Session, workstation: Workstation | undefined, at: number) {
  const { holder, means, secondFactor, activity, breakGlass } = session;
  return {
    ...recordedActOf(session, workstation, at),
    holder: holder.id,
    secondFactor,
    activity: activity?.id,
    ...(means === "break-glass" ? { breakGlass: breakGlass?.id, identity: "claimed" as const } : {}),
  };
}

function recordedActOf({ means, id }: Session, workstation: Workstation | undefined, at: number): RecordedAct {
  return {
    at,
    means,
    assurance: assuranceOf(means),
    session: id,
    workstation: workstation?.id,
    place: workstation?.place,
  };
}

async function rememberLost(tx: Writing, lost: LostSeat, at: number, movedTo: string | undefined): Promise<void> {
  const { seat, workstation, reason } = lost;
  await tx
    .insertInto("lost_seat")
    .values({ seat, workstation, reason, at, moved_to: reason === "moved" ? (movedTo ?? null) : null })
    .execute();
}
