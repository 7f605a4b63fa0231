import { asFailure } from "../../core/errors/failure.ts";
import type { FlowEvent } from "../../core/flow/flow-event.ts";
import { initialFlow } from "../../core/flow/flow-state.ts";
import { transition } from "../../core/flow/transition.ts";
import type { BrokerEvent, WorkstationCondition, WorkstationFacts } from "../../core/ports/broker-connection.ts";
import type { CardReaderEvent, ReaderCondition } from "../../core/ports/card-readers.ts";
import type { Intent, ToWindow } from "../../protocol/window/messages.ts";
import type { View } from "../../protocol/window/view.ts";
import type { AgentPorts } from "./agent-ports.ts";
import { Alarms } from "./alarms.ts";
import { alarmEffects } from "./effects/alarm-effects.ts";
import { applicationEffects } from "./effects/application-effects.ts";
import { callsTo } from "./effects/call.ts";
import { cardEffects } from "./effects/card-effects.ts";
import { type Performers, perform } from "./effects/performers.ts";
import { reportEffects } from "./effects/report-effects.ts";
import { sessionEffects } from "./effects/session-effects.ts";
import { signInEffects } from "./effects/sign-in-effects.ts";
import { stepUpEffects } from "./effects/step-up-effects.ts";
import { eventOfIntent } from "./event-of-intent.ts";
import { IdleWatch } from "./idle-watch.ts";
import { MeasuredStages } from "./measured-stages.ts";
import { Outbox } from "./outbox.ts";
import { projectView } from "./project-view.ts";
import { ShownView } from "./shown-view.ts";
import type { MeasuredStage } from "./stopwatch.ts";
import { secretsIn, TypedSecrets } from "./typed-secrets.ts";

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

/** Event, transition, effects: whatever happens goes through `#happen`, and what the flow wants done is done outside it. */
class RunningAgent implements Agent {
  readonly #ports: AgentPorts;
  readonly #stages: MeasuredStages;
  readonly #outbox: Outbox;
  readonly #alarms: Alarms;
  readonly #idle: IdleWatch;
  readonly #shown: ShownView;
  readonly #performers: Performers;
  readonly #unsubscribe: (() => void)[];
  /** What was typed, between the window's message and the card; nowhere else, and for no longer. */
  readonly #typed = new TypedSecrets();
  #state = initialFlow;
  #facts = unknownWorkstation;
  #everConnected = false;
  #closed = false;

  constructor(ports: AgentPorts) {
    this.#ports = ports;
    this.#stages = new MeasuredStages(ports);
    this.#outbox = new Outbox(ports.timers, ports.log);
    this.#alarms = new Alarms(ports.timers);
    this.#idle = new IdleWatch(this.#alarms, ports.clock, event => this.#happen(event));
    this.#shown = new ShownView(this.#alarms, this.#projected());
    this.#performers = this.#makePerformers();
    ports.applications.onClosed((seat, application) => this.#happen({ type: "application-closed", seat, application }));
    ports.applications.onUsed(() => this.#idle.used());
    ports.broker.describeCondition(() => ({ ...conditionOf(this.#state.condition), waiting: this.#outbox.waiting }));
    this.#unsubscribe = [
      ports.broker.subscribe(event => this.#onBroker(event)),
      ports.readers.subscribe(event => this.#onReaders(event)),
    ];
  }

  view(): View {
    return this.#shown.now;
  }

  subscribe(listener: (message: ToWindow) => void): () => void {
    return this.#shown.subscribe(listener);
  }

  onStage(listener: (stage: MeasuredStage) => void): () => void {
    return this.#stages.subscribe(listener);
  }

  phases(): Readonly<Record<string, number>> {
    return this.#stages.soFar();
  }

  intend(intent: Intent): void {
    this.#idle.used();
    this.#typed.during(secretsIn(intent), () => {
      const event = eventOfIntent(intent, this.#state, this.#ports.clock.now());
      if (event !== undefined) this.#happen(event);
    });
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

  #happen(event: FlowEvent): void {
    if (this.#closed) return;
    const startedAt = this.#ports.monotonic.now();
    const before = this.#state;
    const { state, effects } = transition(before, event);
    this.#state = state;
    for (const effect of effects) perform(this.#performers, effect);
    if (state !== before) this.#show();
    this.#stages.stepped(before, state, startedAt);
  }

  /** Who does what the flow wants done. */
  #makePerformers(): Performers {
    const ports = this.#ports;
    const outbox = this.#outbox;
    const typed = this.#typed;
    const happen = (event: FlowEvent) => this.#happen(event);
    const callToCard = callsTo("workstation", ports.log, happen);
    const call = callsTo("broker", ports.log, happen);
    const phases = () => this.#stages.soFar();
    const isAwaited = (attempt: number) => "attempt" in this.#state.phase && this.#state.phase.attempt === attempt;
    return {
      ...cardEffects(ports, typed, callToCard),
      ...signInEffects(ports, { outbox, typed, call, phases, isAwaited }),
      ...stepUpEffects(ports, outbox, call),
      ...sessionEffects(ports, outbox, call, happen),
      ...applicationEffects(ports, outbox, happen),
      ...reportEffects(ports, outbox),
      ...alarmEffects(ports.clock, this.#alarms, happen),
      "watch-use": ({ seat, idleMs }) => this.#idle.watch(seat, idleMs),
    };
  }

  #onReaders(event: CardReaderEvent): void {
    switch (event.type) {
      case "condition-changed":
        this.#happen(event);
        return this.#ports.broker.conditionChanged();
      case "card-inserted":
      case "card-removed":
        return this.#happen({ type: event.type, insertion: event.insertion, at: this.#ports.clock.now() });
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

  #show(): void {
    if (this.#closed) return;
    this.#shown.show(this.#projected());
  }

  #projected(): Omit<View, "revision"> {
    return projectView(this.#state, this.#facts, this.#everConnected);
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
