import { asFailure } from "../../core/errors/failure.ts";
import type { FlowState } from "../../core/flow/flow-state.ts";
import type { AgentPorts } from "./agent-ports.ts";
import { type MeasuredStage, Stopwatch } from "./stopwatch.ts";

type Listener = (stage: MeasuredStage) => void;

/** Times the flow, and tells each stage to the log, to the hospital's stopwatch and to whoever listens here. */
export class MeasuredStages {
  readonly #ports: Pick<AgentPorts, "broker" | "log">;
  readonly #stopwatch: Stopwatch;
  readonly #listeners = new Set<Listener>();

  constructor(ports: Pick<AgentPorts, "broker" | "log" | "monotonic">) {
    this.#ports = ports;
    this.#stopwatch = new Stopwatch(ports.monotonic);
  }

  /** Returns the way to stop. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Milliseconds in each phase since the insertion. */
  soFar(): Readonly<Record<string, number>> {
    return this.#stopwatch.soFar();
  }

  /** A step of the flow that began at `startedAt` has been done, effects included. */
  stepped(before: FlowState, after: FlowState, startedAt: number): void {
    const stage = this.#stopwatch.stepped(before, after, startedAt);
    if (stage === undefined) return;
    this.#ports.log.info("stage", { stage: stage.stage, ms: Math.round(stage.ms * 10) / 10 });
    this.#tellBroker(stage);
    for (const listener of this.#listeners) listener(stage);
  }

  /** Not by the outbox: statistics must not keep a cover waiting, nor take its place. */
  #tellBroker({ stage, ms }: MeasuredStage): void {
    const whole = stage === "pin-to-portal" ? this.#stopwatch.sinceInsertion() : undefined;
    const times = { [stage]: ms, ...(whole === undefined ? {} : { "insertion-to-portal": whole }) };
    void this.#ports.broker
      .measured(times)
      .catch(thrown => this.#ports.log.info("stage-not-told", { stage, code: asFailure(thrown).code }));
  }
}
