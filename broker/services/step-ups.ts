import { Failure } from "../../core/errors/failure.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import type { SignatureVerifier } from "../../core/ports/signature-verifier.ts";
import type { Timers } from "../../core/ports/timers.ts";
import type { Challenge } from "../../core/proof/challenge.ts";
import { type Assurance, assuranceOf } from "../../core/session/means.ts";
import type { Session, SessionHolder } from "../../core/session/session.ts";
import { isAlive, mayGoOn, stepUp } from "../../core/session/session-rules.ts";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import { saveSession, sessionOfSeat } from "../store/session-table.ts";
import type { Store, Writing } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import type { CertificateJudge } from "./certificate-judge.ts";
import type { ChallengeBook } from "./challenge-book.ts";
import type { Enrolments, Workstation } from "./enrolments.ts";
import { newIdentifier, newSecret } from "./identifiers.ts";
import { judgeProof } from "./proof-verdict.ts";
import type { PushHub } from "./push-hub.ts";
import type { SessionEvents } from "./session-events.ts";

/** What an application asks for beyond the session as it is. */
export interface StepUpDemand {
  readonly application: { readonly id: string; readonly name: string };
  readonly minimum: Assurance;
  /** How old the proof may be, milliseconds; `undefined`: as old as the session. */
  readonly maximalAgeMs: number | undefined;
}

export type StepUpOutcome = "done" | "refused" | "timed-out";

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly judge: CertificateJudge;
  readonly signatures: SignatureVerifier;
  readonly challenges: ChallengeBook;
  readonly events: SessionEvents;
  readonly enrolments: Pick<Enrolments, "byId">;
  readonly hub: Pick<PushHub, "tell" | "presenceOf">;
  readonly settings: { readonly origin: string; readonly brokerKey: string };
}

/** A demand that waits for the holder. */
interface Pending {
  readonly id: string;
  readonly session: Session;
  readonly seat: string;
  readonly workstation: Workstation;
  readonly application: string;
  readonly outcome: PromiseWithResolvers<StepUpOutcome>;
  stopWaiting: () => void;
}

const longestWaitMs = 120_000;

/**
 * The PIN, asked for again where the holder sits: at the workstation of his seat, never in the browser that wants it. Card and PIN are
 * the highest that a session can have, so one answer serves everybody who asks meanwhile.
 */
export class StepUps {
  readonly #parts: Parts;
  readonly #pending = new Map<string, Pending>();

  constructor(parts: Parts) {
    this.#parts = parts;
    parts.events.subscribe(event => {
      const pending = "seat" in event ? this.#pending.get(event.seat) : undefined;
      if (pending !== undefined) this.#inBackground(this.#refuse(pending, "refused", "step-up-seat-left"));
    });
  }

  /** Asks at the session's seat. Rejects where the trail cannot be written: nothing is raised then. */
  async ask(session: Session, demand: StepUpDemand): Promise<StepUpOutcome> {
    const { enrolments, hub, timers } = this.#parts;
    const seat = session.seat;
    const workstation = seat === undefined ? undefined : await enrolments.byId(seat.workstation);
    if (seat === undefined || workstation === undefined) throw new Failure("session-unknown");
    const earlier = this.#pending.get(seat.id);
    const pending = earlier ?? pendingFor(session, seat.id, workstation, demand.application.id);
    this.#pending.set(seat.id, pending);
    const isOpen = await this.#recordAsked(pending, demand).catch((problem: unknown) => {
      if (earlier === undefined && this.#take(pending)) pending.outcome.reject(problem);
      throw problem;
    });
    if (earlier !== undefined || this.#pending.get(seat.id) !== pending) return pending.outcome.promise;
    if (!isOpen) await this.#refuse(pending, "refused", "step-up-seat-left");
    else if (!hub.presenceOf(workstation.id).connected) await this.#refuse(pending, "refused", "workstation-away");
    else {
      pending.stopWaiting = timers.after(longestWaitMs, () => this.#inBackground(this.#expire(pending)));
      const { name: application } = demand.application;
      hub.tell(workstation.id, { type: "step-up-wanted", stepUp: pending.id, seat: seat.id, application });
    }
    return pending.outcome.promise;
  }

  /** What the card in the workstation has to sign. Rejects with the reason, recorded; the demand is over then. */
  async challenge(
    workstation: Workstation,
    id: string,
    certificate: Uint8Array,
  ): Promise<{ challenge: Challenge; holder: SessionHolder }> {
    const { judge, challenges, settings } = this.#parts;
    const pending = this.#waitingAt(workstation, id);
    if (pending === undefined) return this.#deny(workstation, "step-up-unknown");
    const judgement = await judge.judge(certificate, "authentication");
    if (!judgement.fit) return this.#fail(pending, judgement.code, judgement.detail);
    const { holder, publicKey, remarks } = judgement;
    if (holder.id !== pending.session.holder.id) return this.#fail(pending, "step-up-other-card", holder.id);
    const challenge = {
      nonce: newSecret(256),
      ...settings,
      workstation: workstation.id,
      purpose: "step-up",
      key: "authentication",
    } as const;
    challenges.give({ challenge, certificate, holder, publicKey, remarks, stepUp: id });
    return { challenge, holder };
  }

  /** The card's answer: raises the session. Rejects with the reason, recorded; the demand is over then. */
  async prove(workstation: Workstation, id: string, nonce: string, proof: string): Promise<Session> {
    const { challenges, judge, signatures } = this.#parts;
    const given = challenges.take(nonce);
    const pending = this.#waitingAt(workstation, id);
    if (pending === undefined) return this.#deny(workstation, "step-up-unknown");
    if (given?.stepUp !== id) return this.#fail(pending, "challenge-unknown", "");
    const verdict = await judgeProof(proof, given, judge, signatures);
    if (!verdict.holds) return this.#fail(pending, verdict.code, verdict.detail);
    // From here on nothing else decides: the session is raised, or the demand is refused.
    if (!this.#take(pending)) return this.#deny(workstation, "step-up-unknown");
    try {
      const raised = await this.#raise(pending, verdict.remarks);
      pending.outcome.resolve("done");
      return raised;
    } catch (problem) {
      if (problem instanceof Failure && problem.code === "step-up-seat-left")
        await this.#recordRefusal(pending, problem.code);
      pending.outcome.resolve("refused");
      throw problem;
    }
  }

  /** The workstation says that there will be no proof. Saying so of what is over changes nothing. */
  async refuse(workstation: Workstation, id: string, code: string, triesLeft: number | undefined): Promise<void> {
    const pending = this.#waitingAt(workstation, id);
    const detail = triesLeft === undefined ? undefined : JSON.stringify({ triesLeft });
    if (pending !== undefined) await this.#refuse(pending, "refused", code, detail);
  }

  /** Answers whether the seat is open still. */
  async #recordAsked(pending: Pending, { application, minimum, maximalAgeMs }: StepUpDemand): Promise<boolean> {
    const detail = JSON.stringify({ minimum, maximalAgeMs });
    return this.#parts.store.write(async tx => {
      await appendTrail(tx, {
        ...this.#about(pending),
        act: "step-up-asked",
        application: application.id,
        detail,
      });
      return (await this.#openSession(tx, pending)) !== undefined;
    });
  }

  async #raise(pending: Pending, remarks: Partial<TrailRecord>): Promise<Session> {
    const now = this.#parts.clock.now();
    return this.#parts.store.write(async tx => {
      const session = await this.#openSession(tx, pending);
      if (session === undefined) throw new Failure("step-up-seat-left");
      const raised = stepUp(session, now);
      await saveSession(tx, raised);
      const { means } = raised;
      const record = { ...this.#about(pending), ...remarks, means, assurance: assuranceOf(means) };
      await appendTrail(tx, { ...record, act: "step-up-done" });
      return raised;
    });
  }

  async #openSession(tx: Writing, { session: { id }, seat, workstation }: Pending): Promise<Session | undefined> {
    const session = await sessionOfSeat(tx, seat);
    const isHere = session?.id === id && session.seat?.workstation === workstation.id && session.seat.state === "open";
    if (!isHere || !isAlive(session, this.#parts.clock.now())) return undefined;
    // Where the card is at hand, it opens a session of its own.
    return mayGoOn(session, "card-pin") ? session : undefined;
  }

  #waitingAt(workstation: Workstation, id: string): Pending | undefined {
    return [...this.#pending.values()].find(known => known.id === id && known.workstation.id === workstation.id);
  }

  async #expire(pending: Pending): Promise<void> {
    this.#parts.hub.tell(pending.workstation.id, { type: "step-up-over", stepUp: pending.id });
    await this.#refuse(pending, "timed-out", "step-up-timed-out");
  }

  async #fail(pending: Pending, code: Failure["code"], detail: string): Promise<never> {
    await this.#refuse(pending, "refused", code, detail);
    throw new Failure(code, { detail });
  }

  /** Nobody waits for this: recorded all the same. */
  async #deny(workstation: Workstation, code: Failure["code"]): Promise<never> {
    const { store, clock } = this.#parts;
    const record = { at: clock.now(), workstation: workstation.id, place: workstation.place, code };
    await store.write(tx => appendTrail(tx, { ...record, act: "step-up-refused" }));
    throw new Failure(code);
  }

  async #refuse(
    pending: Pending,
    outcome: Exclude<StepUpOutcome, "done">,
    code: string,
    detail?: string,
  ): Promise<void> {
    if (!this.#take(pending)) return;
    try {
      await this.#recordRefusal(pending, code, detail);
    } finally {
      pending.outcome.resolve(outcome);
    }
  }

  /** True for the one who ends it. */
  #take(pending: Pending): boolean {
    if (this.#pending.get(pending.seat) !== pending) return false;
    this.#pending.delete(pending.seat);
    pending.stopWaiting();
    return true;
  }

  async #recordRefusal(pending: Pending, code: string, detail?: string): Promise<void> {
    const refusal = { ...this.#about(pending), act: "step-up-refused", code, detail } as const;
    await this.#parts.store.write(tx => appendTrail(tx, refusal));
  }

  #about({ session, workstation, application }: Pending) {
    const { holder, means, id } = session;
    return {
      at: this.#parts.clock.now(),
      holder: holder.id,
      means,
      assurance: assuranceOf(means),
      session: id,
      workstation: workstation.id,
      place: workstation.place,
      application,
    };
  }

  #inBackground(work: Promise<void>): void {
    void work.catch(error => this.#parts.log.warn("step-up-not-recorded", { detail: String(error) }));
  }
}

function pendingFor(session: Session, seat: string, workstation: Workstation, application: string): Pending {
  const outcome = Promise.withResolvers<StepUpOutcome>();
  // Whoever asked hears of it; where nobody listens any more it is no defect.
  outcome.promise.catch(() => {});
  return { id: newIdentifier(), session, seat, workstation, application, outcome, stopWaiting: () => {} };
}
