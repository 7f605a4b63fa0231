import { toHex } from "../../core/bytes/hex.ts";
import { asFailure } from "../../core/errors/failure.ts";
import type { FlowEffect } from "../../core/flow/flow-effect.ts";
import type { FlowEvent } from "../../core/flow/flow-event.ts";
import { type FlowState, initialFlow } from "../../core/flow/flow-state.ts";
import { transition } from "../../core/flow/transition.ts";
import type {
  BrokerConnection,
  BrokerEvent,
  SeatedSession,
  WorkstationCondition,
  WorkstationFacts,
} from "../../core/ports/broker-connection.ts";
import type { CardReaderEvent, CardReaders, ReaderCondition } from "../../core/ports/card-readers.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Sha256 } from "../../core/ports/digest.ts";
import type { Log } from "../../core/ports/log.ts";
import type { SeatApplications } from "../../core/ports/screen.ts";
import type { Timers } from "../../core/ports/timers.ts";
import { challengeLifetimeMs } from "../../core/proof/challenge.ts";
import type { Intent, ToWindow } from "../../protocol/window/messages.ts";
import type { View } from "../../protocol/window/view.ts";
import { Alarms } from "./alarms.ts";
import { pinProof, presenceProof } from "./card-proof.ts";
import { IdleWatch } from "./idle-watch.ts";
import { Outbox } from "./outbox.ts";
import { projectView } from "./project-view.ts";
import { type MeasuredStage, Stopwatch } from "./stopwatch.ts";
import { TypedSecrets } from "./typed-secrets.ts";

export interface AgentPorts {
  readonly readers: CardReaders;
  readonly broker: BrokerConnection;
  readonly applications: SeatApplications;
  readonly clock: Clock;
  /** For durations; never steps back. */
  readonly monotonic: Clock;
  readonly timers: Timers;
  readonly uuid: () => string;
  readonly sha256: Sha256;
  readonly log: Log;
}

export interface Agent {
  view(): View;
  /** A snapshot at once, then every change. Returns the way to stop. */
  subscribe(listener: (message: ToWindow) => void): () => void;
  /** Every stage as it is measured. Returns the way to stop. */
  onStage(listener: (stage: MeasuredStage) => void): () => void;
  /** Milliseconds in each phase of the flow since the insertion, as they are sent with a proof. */
  phases(): Readonly<Record<string, number>>;
  intend(intent: Intent): void;
  /** Resolves when what has to be said to the broker was said: true; or when the broker cannot take it now: false. */
  delivered(): Promise<boolean>;
  close(): Promise<void>;
}

/** Asks for a fresh challenge well before the broker forgets the old one. */
const challengeAgesAfterMs = (challengeLifetimeMs * 3) / 4;
const unreadableMs = 150;
const brokerTroubleRetryMs = 5_000;
const unknownWorkstation: WorkstationFacts = {
  workstation: "",
  name: "",
  place: "",
  placeName: "",
  helpdeskPhone: "",
  demonstration: false,
};

/** Runs the flow of one workstation on its ports. */
export function startAgent(ports: AgentPorts): Agent {
  return new RunningAgent(ports);
}

class RunningAgent implements Agent {
  readonly #ports: AgentPorts;
  readonly #stopwatch: Stopwatch;
  readonly #outbox: Outbox;
  readonly #alarms: Alarms;
  readonly #idle: IdleWatch;
  readonly #listeners = new Set<(message: ToWindow) => void>();
  readonly #stageListeners = new Set<(stage: MeasuredStage) => void>();
  readonly #unsubscribe: (() => void)[];
  #state: FlowState = initialFlow;
  #facts = unknownWorkstation;
  #everConnected = false;
  #view: View;
  /** What was typed, between the window's message and the card; nowhere else, and for no longer. */
  readonly #typed = new TypedSecrets();
  /** What the window was told last. */
  #shown: View["screen"]["name"] = "cover";
  #closed = false;

  constructor(ports: AgentPorts) {
    this.#ports = ports;
    this.#stopwatch = new Stopwatch(ports.monotonic);
    this.#outbox = new Outbox(ports.timers, ports.log);
    this.#alarms = new Alarms(ports.timers);
    this.#idle = new IdleWatch(this.#alarms, ports.clock, event => this.#happen(event));
    this.#view = { revision: 0, ...projectView(this.#state, this.#facts, false) };
    ports.applications.onClosed((seat, application) => this.#happen({ type: "application-closed", seat, application }));
    ports.applications.onUsed(() => this.#idle.used());
    ports.broker.describeCondition(() => ({ ...conditionOf(this.#state.condition), waiting: this.#outbox.waiting }));
    this.#unsubscribe = [
      ports.broker.subscribe(event => this.#onBroker(event)),
      ports.readers.subscribe(event => this.#onReaders(event)),
    ];
  }

  view(): View {
    return this.#view;
  }

  subscribe(listener: (message: ToWindow) => void): () => void {
    this.#listeners.add(listener);
    listener({ type: "snapshot", view: this.#view });
    return () => this.#listeners.delete(listener);
  }

  onStage(listener: (stage: MeasuredStage) => void): () => void {
    this.#stageListeners.add(listener);
    return () => this.#stageListeners.delete(listener);
  }

  intend(intent: Intent): void {
    const at = this.#ports.clock.now();
    switch (intent.type) {
      case "submit-pin":
        return this.#typed.during([intent.pin], () => {
          if (pinQuestionOf(this.#state) === intent.question) this.#happen({ type: "pin-submitted" });
        });
      case "sign-in-by-phone":
        return this.#happen({ type: "phone-wanted" });
      case "submit-identifier": {
        const { phase } = this.#state;
        if (phase.name !== "entering-identifier" || phase.attempt !== intent.question) return;
        return this.#happen({ type: "identifier-submitted", identifier: intent.identifier });
      }
      case "sign-in-by-password":
        return this.#happen({ type: "password-wanted" });
      case "submit-password":
        return this.#typed.during([intent.password], () => {
          const { phase } = this.#state;
          if (phase.name === "entering-password" && phase.attempt === intent.question)
            this.#happen({ type: "password-submitted", who: intent.who });
        });
      case "submit-code":
        return this.#typed.during([intent.code], () => {
          if (secondFactorQuestionOf(this.#state) === intent.question) this.#happen({ type: "code-submitted" });
        });
      case "use-security-key":
        if (secondFactorQuestionOf(this.#state) === intent.question) this.#happen({ type: "key-wanted" });
        return;
      case "sign-in-by-break-glass":
        return this.#happen({ type: "break-glass-wanted" });
      case "submit-break-glass": {
        const { phase } = this.#state;
        if (phase.name !== "entering-break-glass" || phase.attempt !== intent.question) return;
        const { who, kind, words } = intent;
        return this.#happen({ type: "break-glass-submitted", who, reason: { kind, words } });
      }
      case "break-glass": {
        const { application, kind, words } = intent;
        return this.#happen({ type: "glass-wanted", application, reason: { kind, words } });
      }
      case "end-break-glass":
        return this.#happen({ type: "glass-end-wanted" });
      case "renew-pin":
        return this.#happen({ type: "pin-care-wanted" });
      case "submit-new-pin":
        return this.#typed.during([intent.secret, intent.newPin], () => {
          if (this.#state.care?.attempt === intent.question) this.#happen({ type: "new-pin-submitted" });
        });
      case "confirm-last-try":
        return this.#happen({ type: "last-try-confirmed" });
      case "cancel":
        return this.#happen({ type: "cancelled" });
      case "wake":
        return this.#happen({ type: "woken" });
      case "launch":
        return this.#happen({ type: "launch-wanted", application: intent.application });
      case "change-activity":
        return this.#happen({ type: "activity-change-wanted" });
      case "choose-activity":
        return this.#happen({ type: "activity-wanted", activity: intent.activity });
      case "mark-favourite":
        return this.#happen({
          type: "favourite-wanted",
          application: intent.application,
          favourite: intent.favourite,
        });
      case "stir":
        return this.#idle.used();
      case "lock":
        return this.#happen({ type: "lock-wanted", at });
      case "end-session":
        return this.#happen({ type: "end-wanted", at });
      case "dismiss-receipt":
        return this.#happen({ type: "receipt-dismissed" });
      default:
        return intent satisfies never;
    }
  }

  phases(): Readonly<Record<string, number>> {
    return this.#stopwatch.soFar();
  }

  async delivered(): Promise<boolean> {
    await this.#outbox.deliver();
    return this.#outbox.isEmpty;
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const stop of this.#unsubscribe) stop();
    this.#alarms.clearAll();
    this.#outbox.close();
    this.#ports.applications.cover();
  }

  #onReaders(event: CardReaderEvent): void {
    switch (event.type) {
      case "condition-changed":
        this.#happen(event);
        return this.#ports.broker.conditionChanged();
      case "card-inserted":
        return this.#happen({ type: "card-inserted", insertion: event.insertion, at: this.#ports.clock.now() });
      case "card-removed":
        return this.#happen({ type: "card-removed", insertion: event.insertion, at: this.#ports.clock.now() });
      default:
        return event satisfies never;
    }
  }

  #onBroker(event: BrokerEvent): void {
    switch (event.type) {
      case "connected":
        this.#everConnected = true;
        void this.#learnFacts();
        void this.#outbox.deliver();
        return this.#happen({ type: "broker-connected" });
      case "disconnected":
        return this.#happen({ type: "broker-disconnected" });
      case "seat-lost":
        return this.#happen({ ...event, workstationName: event.workstationName });
      case "session-changed":
      case "step-up-wanted":
      case "step-up-over":
        return this.#happen(event);
      default:
        return event satisfies never;
    }
  }

  async #learnFacts(): Promise<void> {
    try {
      this.#facts = await this.#ports.broker.describe();
      this.#show();
    } catch (thrown) {
      this.#ports.log.warn("workstation-not-described", { code: asFailure(thrown).code });
    }
  }

  #happen(event: FlowEvent): void {
    if (this.#closed) return;
    const startedAt = this.#ports.monotonic.now();
    const before = this.#state;
    const { state, effects } = transition(before, event);
    this.#state = state;
    for (const effect of effects) this.#perform(effect);
    if (state !== before) this.#show();
    const stage = this.#stopwatch.stepped(before, state, startedAt);
    if (stage === undefined) return;
    this.#ports.log.info("stage", { stage: stage.stage, ms: Math.round(stage.ms * 10) / 10 });
    this.#tellMeasured(stage);
    for (const listener of this.#stageListeners) listener(stage);
  }

  /** Not by the outbox: statistics must not keep a cover waiting, nor take its place. */
  #tellMeasured({ stage, ms }: MeasuredStage): void {
    const whole = stage === "pin-to-portal" ? this.#stopwatch.sinceInsertion() : undefined;
    const times = { [stage]: ms, ...(whole === undefined ? {} : { "insertion-to-portal": whole }) };
    void this.#ports.broker
      .measured(times)
      .catch(thrown => this.#ports.log.info("stage-not-told", { stage, code: asFailure(thrown).code }));
  }

  /** A moment's work that is over before anybody could read of it is not shown: it would only flicker, and cost time. */
  #show(): void {
    this.#view = { revision: this.#view.revision, ...projectView(this.#state, this.#facts, this.#everConnected) };
    if (this.#view.screen.name !== "working" || this.#shown === "working") this.#tell();
    else if (!this.#alarms.isSet("telling")) this.#alarms.set("telling", unreadableMs, () => this.#tell());
  }

  /** Tells the window what there is now. */
  #tell(): void {
    this.#alarms.clear("telling");
    this.#view = { ...this.#view, revision: this.#view.revision + 1 };
    const { revision, ...changes } = this.#view;
    this.#shown = changes.screen.name;
    for (const listener of [...this.#listeners]) listener({ type: "changed", revision, changes });
  }

  #perform(effect: FlowEffect): void {
    const { applications, broker, monotonic, readers } = this.#ports;
    switch (effect.type) {
      case "cover-screen":
        return applications.cover();
      case "uncover-screen":
        return applications.uncover(effect.seat);
      case "set-aside":
        return applications.setAside(effect.seat);
      case "wipe-seat":
        void applications
          .wipe(effect.seat)
          .catch(thrown => this.#ports.log.warn("seat-not-wiped", { code: asFailure(thrown).code }));
        return;
      case "identify":
        return this.#call(effect.attempt, async () => ({
          type: "card-identified",
          attempt: effect.attempt,
          card: await readers.identify(effect.insertion),
        }));
      case "ask-challenge":
        return this.#call(
          effect.attempt,
          async () => {
            // What the broker decides now depends on the covers that it has heard of.
            await this.#outbox.deliver();
            const offered = await broker.challenge(effect.certificate, effect.presenceAllowed);
            return { type: "challenge-offered", attempt: effect.attempt, offered, at: this.#ports.clock.now() };
          },
          "broker",
        );
      case "prove-presence":
        return this.#call(effect.attempt, () => this.#provePresence(effect));
      case "count-tries":
        return this.#call(effect.attempt, async () => ({
          type: "tries-counted",
          attempt: effect.attempt,
          pin: await readers.pinState(effect.insertion),
        }));
      case "sign-with-pin":
        return this.#call(effect.attempt, () => this.#signWithPin(effect));
      case "renew-pin":
        return this.#call(effect.attempt, () => this.#renewPin(effect));
      case "send-proof":
        return this.#call(effect.attempt, () => this.#sendProof(effect), "broker");
      case "ask-phone":
        return this.#call(effect.attempt, () => this.#askPhone(effect), "broker");
      case "await-phone":
        return this.#call(
          effect.attempt,
          () => this.#granted(effect, () => broker.awaitPhone(effect.request)),
          "broker",
        );
      case "cancel-phone":
        void broker
          .cancelPhone()
          .catch(thrown => this.#ports.log.warn("phone-not-cancelled", { code: asFailure(thrown).code }));
        return;
      case "send-password":
        return this.#call(effect.attempt, () => this.#sendPassword(effect), "broker");
      case "ask-owed-factor":
        return this.#call(
          effect.attempt,
          async () => ({
            type: "second-factor-told",
            attempt: effect.attempt,
            owed: await broker.owedSecondFactor(),
          }),
          "broker",
        );
      case "send-code":
        return this.#call(effect.attempt, () => this.#sendCode(effect), "broker");
      case "ask-key":
        return this.#call(effect.attempt, () => this.#askKey(effect), "broker");
      case "abandon-second-factor":
        void broker
          .abandonSecondFactor()
          .catch(thrown => this.#ports.log.warn("second-factor-not-abandoned", { code: asFailure(thrown).code }));
        return;
      case "send-break-glass":
        return this.#call(effect.attempt, () => this.#sendBreakGlass(effect), "broker");
      case "raise-glass":
        void this.#raiseGlass(effect);
        return;
      case "end-glass":
        return this.#outbox.post(() => broker.endGlass(effect.seat));
      case "watch-glass":
        return this.#alarms.set("glass", effect.at - this.#ports.clock.now(), () =>
          this.#happen({ type: "session-changed", seat: effect.seat }),
        );
      case "renew-session":
        void this.#renewSession(effect.seat);
        return;
      case "close-application":
        void applications.quit(effect.seat, effect.application);
        return;
      case "ask-step-up-challenge":
        return this.#call(
          effect.attempt,
          async () => {
            const offered = await broker.stepUpChallenge(effect.stepUp, effect.certificate);
            return { type: "challenge-offered", attempt: effect.attempt, offered, at: this.#ports.clock.now() };
          },
          "broker",
        );
      case "send-step-up-proof": {
        const { attempt, stepUp, nonce, proof } = effect;
        return this.#call(
          attempt,
          async () => ({ type: "step-up-granted", attempt, session: await broker.stepUpProve(stepUp, nonce, proof) }),
          "broker",
        );
      }
      case "refuse-step-up":
        return this.#outbox.post(() => broker.refuseStepUp(effect.stepUp, effect.code, effect.triesLeft));
      case "watch-challenge-age":
        return this.#alarms.set("challenge-age", challengeAgesAfterMs, () =>
          this.#happen({ type: "challenge-aged", attempt: effect.attempt }),
        );
      case "watch-expiry":
        return this.#alarms.set("expiry", effect.at - this.#ports.clock.now(), () =>
          this.#happen({ type: "session-expired", seat: effect.seat, at: this.#ports.clock.now() }),
        );
      case "watch-use":
        return this.#idle.watch(effect.seat, effect.idleMs);
      case "retry-later":
        return this.#alarms.set("retry", brokerTroubleRetryMs, () =>
          this.#happen({ type: "retry-due", insertion: effect.insertion }),
        );
      case "believe-seat":
        return broker.believeSeat(effect.seat);
      case "renew-line":
        return broker.renewLine();
      case "cover-seat": {
        const coveredAt = monotonic.now();
        return this.#outbox.post(async () => {
          const agoMs = Math.round(monotonic.now() - coveredAt) + (effect.awayMs ?? 0);
          const { graceUntil } = await broker.cover(effect.seat, effect.reason, agoMs);
          this.#happen({ type: "seat-cover-recorded", seat: effect.seat, graceUntil, at: this.#ports.clock.now() });
        });
      }
      case "end-session":
        return this.#outbox.post(() => broker.end(effect.seat));
      case "launch":
        void this.#launch(effect.seat, effect.application);
        return;
      case "show-application":
        void applications
          .show(effect.seat, effect.application)
          .catch(() => this.#launch(effect.seat, effect.application));
        return;
      case "choose-activity":
        return this.#call(
          effect.attempt,
          async () => {
            const session = await broker.chooseActivity(effect.seat, effect.activity);
            return { type: "session-described", attempt: effect.attempt, session };
          },
          "broker",
        );
      case "describe-session":
        return this.#call(
          effect.attempt,
          async () => {
            const session = await broker.describeSession(effect.seat);
            return { type: "session-described", attempt: effect.attempt, session };
          },
          "broker",
        );
      case "keep-favourite":
        return this.#outbox.post(() => broker.keepFavourite(effect.seat, effect.application, effect.favourite));
      case "record-application-closed":
        return this.#outbox.post(() => broker.applicationClosed(effect.seat, effect.application));
      case "report-refusal": {
        const certificate =
          effect.certificate === undefined ? undefined : toHex(this.#ports.sha256(effect.certificate));
        const { denied, code, triesLeft } = effect;
        const refusal = { report: this.#ports.uuid(), denied, code, certificate, triesLeft };
        return this.#outbox.post(() => broker.report(refusal));
      }
      case "report-pin-renewed": {
        const renewed = { report: this.#ports.uuid(), renewed: effect.kind };
        return this.#outbox.post(() => broker.report(renewed));
      }
      default:
        return effect satisfies never;
    }
  }

  /** A call to the outside: its answer, or its failure, comes back as an event with the same attempt. */
  #call(attempt: number, work: () => Promise<FlowEvent>, answeredBy: "workstation" | "broker" = "workstation"): void {
    void work()
      .catch((thrown: unknown): FlowEvent => {
        const { code, triesLeft, detail } = asFailure(thrown);
        this.#ports.log.warn("call-failed", { code, detail: code === "internal" ? String(thrown) : detail });
        return { type: "call-failed", attempt, code, triesLeft, spokenBy: answeredBy };
      })
      .then(event => this.#happen(event));
  }

  async #provePresence({
    attempt,
    insertion,
    offered,
  }: Extract<FlowEffect, { type: "prove-presence" }>): Promise<FlowEvent> {
    const proof = await presenceProof(this.#ports.readers, insertion, offered);
    return proof === undefined ? { type: "presence-unavailable", attempt } : { type: "proof-signed", attempt, proof };
  }

  async #askPhone({ attempt, identifier }: Extract<FlowEffect, { type: "ask-phone" }>): Promise<FlowEvent> {
    // What the broker decides depends on the covers that it has heard of.
    await this.#outbox.deliver();
    const { request, bindingMessage } = await this.#ports.broker.askPhone(identifier);
    return { type: "phone-asked", attempt, request, bindingMessage };
  }

  /** Runs up to the hand-over before anything is awaited, so that the PIN is taken while it is there. */
  async #signWithPin({
    attempt,
    insertion,
    card,
    offered,
    onReader,
  }: Extract<FlowEffect, { type: "sign-with-pin" }>): Promise<FlowEvent> {
    const [pin] = onReader ? (["on-reader"] as const) : this.#typed.take(1);
    return {
      type: "proof-signed",
      attempt,
      proof: await pinProof(this.#ports.readers, insertion, card, offered, pin),
    };
  }

  /** As `#signWithPin`: takes what was typed before anything is awaited. */
  async #renewPin({ attempt, insertion, kind }: Extract<FlowEffect, { type: "renew-pin" }>): Promise<FlowEvent> {
    const [secret, newPin] = this.#typed.take(2);
    await this.#ports.readers.renewPin(insertion, kind, secret, newPin);
    return { type: "pin-renewed", attempt, kind, at: this.#ports.clock.now() };
  }

  /** As `#signWithPin`: takes what was typed before anything is awaited, and wipes it. */
  async #sendPassword(effect: Extract<FlowEffect, { type: "send-password" }>): Promise<FlowEvent> {
    const [password] = this.#typed.take(1);
    try {
      await this.#outbox.deliver();
      return await this.#granted(effect, () => this.#ports.broker.signInWithPassword(effect.who, password));
    } finally {
      password.fill(0);
    }
  }

  /** As `#sendPassword`. */
  async #sendCode(effect: Extract<FlowEffect, { type: "send-code" }>): Promise<FlowEvent> {
    const [code] = this.#typed.take(1);
    try {
      return await this.#granted(effect, () => this.#ports.broker.proveByCode(effect.request, code));
    } finally {
      code.fill(0);
    }
  }

  /** The page has a browser of its own, as a seat has, and is wiped like one. */
  async #askKey(effect: Extract<FlowEffect, { type: "ask-key" }>): Promise<FlowEvent> {
    const { broker, applications } = this.#ports;
    const { page, url } = await broker.securityKeyPage(effect.request);
    // The person may have turned away meanwhile: nothing comes in front then.
    if ("attempt" in this.#state.phase && this.#state.phase.attempt === effect.attempt) {
      applications.uncover(effect.request);
      await applications.open(effect.request, "security-key", url);
    }
    return this.#granted(effect, () => broker.awaitSecurityKey(effect.request, page));
  }

  async #sendBreakGlass(effect: Extract<FlowEffect, { type: "send-break-glass" }>): Promise<FlowEvent> {
    await this.#outbox.deliver();
    return this.#granted(effect, () => this.#ports.broker.signInByGlass(effect.who, effect.reason));
  }

  async #raiseGlass({ seat, application, reason }: Extract<FlowEffect, { type: "raise-glass" }>): Promise<void> {
    try {
      await this.#ports.broker.raiseGlass(seat, application, reason);
    } catch (thrown) {
      this.#happen({ type: "glass-refused", seat, application, code: asFailure(thrown).code });
    }
  }

  async #renewSession(seat: string): Promise<void> {
    try {
      this.#happen({ type: "session-renewed", session: await this.#ports.broker.describeSession(seat) });
    } catch (thrown) {
      this.#ports.log.warn("session-not-renewed", { code: asFailure(thrown).code });
    }
  }

  async #sendProof(effect: Extract<FlowEffect, { type: "send-proof" }>): Promise<FlowEvent> {
    const stages = this.#stopwatch.soFar();
    await this.#outbox.deliver();
    return this.#granted(effect, () => this.#ports.broker.prove(effect.nonce, effect.proof, stages));
  }

  /** No answer is not the same as a refusal: the broker may have opened. */
  async #granted({ attempt }: { readonly attempt: number }, ask: () => Promise<SeatedSession>): Promise<FlowEvent> {
    try {
      const session = await ask();
      return { type: "session-granted", attempt, session, at: this.#ports.clock.now() };
    } catch (thrown) {
      if (asFailure(thrown).code !== "broker-unreachable") throw thrown;
      this.#ports.log.warn("proof-unanswered", { detail: asFailure(thrown).detail });
      return { type: "proof-unanswered", attempt };
    }
  }

  async #launch(seat: string, id: string): Promise<void> {
    try {
      const { url, application } = await this.#ports.broker.launch(seat, id);
      await this.#ports.applications.open(seat, id, url);
      this.#happen({ type: "application-launched", seat, application });
    } catch (thrown) {
      this.#happen({ type: "launch-failed", seat, application: id, code: asFailure(thrown).code });
    }
  }
}

function conditionOf(condition: ReaderCondition): Omit<WorkstationCondition, "waiting"> {
  switch (condition.kind) {
    case "ready":
      return { readers: condition.readers };
    case "no-reader":
      return { readers: [] };
    case "trouble":
      return { readers: [], trouble: condition.code };
    default:
      return condition satisfies never;
  }
}

/** The number of the question for a second factor that the window shows. */
function secondFactorQuestionOf({ phase }: FlowState): number | undefined {
  return phase.name === "second-factor" ? phase.attempt : undefined;
}

/** The number of the PIN question that the window shows. */
function pinQuestionOf({ phase, stepUp }: FlowState): number | undefined {
  if (stepUp?.step === "typing") return stepUp.attempt;
  return phase.name === "entering-pin" ? phase.attempt : undefined;
}
