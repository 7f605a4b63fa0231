import type { Agent } from "node:https";
import { z } from "zod";
import type { GlassReason } from "../../../core/break-glass/break-glass.ts";
import { toBase64 } from "../../../core/bytes/base64.ts";
import type { FailureCode } from "../../../core/errors/catalogue.ts";
import type {
  BrokerConnection,
  BrokerEvent,
  CoverReason,
  PinRenewed,
  Refusal,
  SeatedSession,
  WorkstationCondition,
} from "../../../core/ports/broker-connection.ts";
import type { StageTimes } from "../../../core/session/watched-stages.ts";
import { version } from "../../../core/version.ts";
import { challengeAnswer } from "../../../protocol/broker/challenge.ts";
import { workstationDescription } from "../../../protocol/broker/enrolment.ts";
import { brokerPaths } from "../../../protocol/broker/paths.ts";
import { keyAnswer, keyPageAnswer, owedSecondFactor } from "../../../protocol/broker/second-factor.ts";
import {
  launchAnswer,
  phoneAnswer,
  phoneAsked,
  seatCovered,
  sessionDescription,
} from "../../../protocol/broker/session.ts";
import { askBroker } from "./broker-request.ts";
import type { Enrolment } from "./enrolment.ts";
import { KeptCheckpoint } from "./kept-checkpoint.ts";
import { pinnedAgent } from "./pinned-agent.ts";
import { PushLine } from "./push-line.ts";

const nothing = z.object({});

/** The broker over mutual TLS: requests on kept connections, pushes on one WebSocket. */
export class BrokerClient implements BrokerConnection {
  readonly #origin: string;
  readonly #agent: Agent;
  readonly #line: PushLine;
  readonly #listeners = new Set<(event: BrokerEvent) => void>();
  #seat: string | undefined;
  #condition: (() => WorkstationCondition) | undefined;
  #state: BrokerEvent = { type: "disconnected", code: "broker-unreachable" };

  /** `host`: what shows the window, as the house's list of workstations names it. */
  constructor(enrolment: Enrolment, host = "none") {
    this.#origin = enrolment.origin;
    this.#agent = pinnedAgent(enrolment.tls);
    this.#line = new PushLine({
      origin: enrolment.origin,
      // A line of its own: a broken one must not take requests with it.
      agent: pinnedAgent(enrolment.tls),
      believedSeat: () => this.#seat,
      checkpoint: new KeptCheckpoint(enrolment.checkpointFile),
      state: () => this.#condition && { type: "state", version, host, ...fitting(this.#condition()) },
      tell: event => this.#tell(event),
    });
  }

  subscribe(listener: (event: BrokerEvent) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#state);
    return () => this.#listeners.delete(listener);
  }

  believeSeat(seat: string | undefined): void {
    this.#seat = seat;
  }

  renewLine(): void {
    this.#line.restart();
  }

  describe() {
    return askBroker({
      origin: this.#origin,
      agent: this.#agent,
      path: brokerPaths.workstation,
      answer: workstationDescription,
    });
  }

  challenge(certificate: Uint8Array, presenceAllowed: boolean) {
    return this.#post(brokerPaths.challenges, { certificate: toBase64(certificate), presenceAllowed }, challengeAnswer);
  }

  prove(nonce: string, proof: string, stages: Readonly<Record<string, number>>) {
    return this.#post(brokerPaths.proofs, { nonce, proof, stages }, sessionDescription);
  }

  askPhone(identifier: string) {
    return this.#post(brokerPaths.phoneAsk, { identifier }, phoneAsked);
  }

  /** The broker answers after some seconds with no session: asked again then. */
  async awaitPhone(request: string): Promise<SeatedSession> {
    for (;;) {
      const { session } = await this.#post(brokerPaths.phoneAwait, { request }, phoneAnswer);
      if (session !== undefined) return session;
    }
  }

  async cancelPhone(): Promise<void> {
    await this.#post(brokerPaths.phoneCancel, {}, nothing);
  }

  stepUpChallenge(stepUp: string, certificate: Uint8Array) {
    return this.#post(brokerPaths.stepUpChallenges, { stepUp, certificate: toBase64(certificate) }, challengeAnswer);
  }

  stepUpProve(stepUp: string, nonce: string, proof: string) {
    return this.#post(brokerPaths.stepUpProofs, { stepUp, nonce, proof }, sessionDescription);
  }

  async refuseStepUp(stepUp: string, code: FailureCode, triesLeft: number | undefined): Promise<void> {
    await this.#post(brokerPaths.stepUpRefusals, { stepUp, code, triesLeft }, nothing);
  }

  signInWithPassword(who: string, password: Uint8Array) {
    return this.#post(brokerPaths.passwordSignIn, { who, password: [...password] }, sessionDescription);
  }

  owedSecondFactor() {
    return this.#post(brokerPaths.secondFactorOwed, {}, owedSecondFactor);
  }

  proveByCode(request: string, code: Uint8Array) {
    return this.#post(brokerPaths.secondFactorCode, { request, code: [...code] }, sessionDescription);
  }

  securityKeyPage(request: string) {
    return this.#post(brokerPaths.secondFactorKey, { request }, keyPageAnswer);
  }

  /** As `awaitPhone`. */
  async awaitSecurityKey(request: string, page: string): Promise<SeatedSession> {
    for (;;) {
      const { session } = await this.#post(brokerPaths.secondFactorAwaitKey, { request, page }, keyAnswer);
      if (session !== undefined) return session;
    }
  }

  async abandonSecondFactor(): Promise<void> {
    await this.#post(brokerPaths.secondFactorAbandon, {}, nothing);
  }

  async raiseGlass(seat: string, application: string, reason: GlassReason): Promise<void> {
    await this.#post(brokerPaths.glassRaise, { seat, application, ...reason }, nothing);
  }

  signInByGlass(who: string, reason: GlassReason) {
    return this.#post(brokerPaths.glassSignIn, { who, ...reason }, sessionDescription);
  }

  async endGlass(seat: string): Promise<void> {
    await this.#post(brokerPaths.glassEnd, { seat }, nothing);
  }

  cover(seat: string, reason: CoverReason, agoMs: number) {
    return this.#post(brokerPaths.cover, { seat, reason, agoMs }, seatCovered);
  }

  async end(seat: string): Promise<void> {
    await this.#post(brokerPaths.end, { seat }, nothing);
  }

  launch(seat: string, application: string) {
    return this.#post(brokerPaths.launches, { seat, application }, launchAnswer);
  }

  describeSession(seat: string) {
    return this.#post(brokerPaths.session, { seat }, sessionDescription);
  }

  chooseActivity(seat: string, activity: string) {
    return this.#post(brokerPaths.activity, { seat, activity }, sessionDescription);
  }

  async keepFavourite(seat: string, application: string, favourite: boolean): Promise<void> {
    await this.#post(brokerPaths.favourites, { seat, application, favourite }, nothing);
  }

  async applicationClosed(seat: string, application: string): Promise<void> {
    await this.#post(brokerPaths.launchClosed, { seat, application }, nothing);
  }

  async report(report: Refusal | PinRenewed): Promise<void> {
    await this.#post(brokerPaths.reports, report, nothing);
  }

  async measured(times: StageTimes): Promise<void> {
    await this.#post(brokerPaths.measured, { measured: times }, nothing);
  }

  describeCondition(condition: () => WorkstationCondition): void {
    this.#condition = condition;
    this.#line.tellState();
  }

  conditionChanged(): void {
    this.#line.tellState();
  }

  async close(): Promise<void> {
    this.#line.close();
    this.#agent.destroy();
  }

  #post<Answer extends z.ZodType>(path: string, body: object, answer: Answer): Promise<z.output<Answer>> {
    return askBroker({ origin: this.#origin, agent: this.#agent, path, body, answer });
  }

  #tell(event: BrokerEvent): void {
    if (event.type === "connected" || event.type === "disconnected") this.#state = event;
    for (const listener of [...this.#listeners]) listener(event);
  }
}

/** A driver may call its reader what it likes, and there may be many: what the broker takes of it. */
function fitting({ readers, trouble, waiting }: WorkstationCondition) {
  return { readers: readers.slice(0, 8).map(name => name.slice(0, 120)), trouble, waiting };
}
