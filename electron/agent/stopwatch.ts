import type { FlowState } from "../../core/flow/flow-state.ts";
import type { Clock } from "../../core/ports/clock.ts";

/** The stages that a hospital cares about, and that are sent with each proof. Milliseconds. */
export const stageNames = [
  "insertion-to-pin-ready",
  "pin-to-portal",
  "removal-to-covered",
  "insertion-to-resumed",
] as const;
export type StageName = (typeof stageNames)[number];

export interface MeasuredStage {
  readonly stage: StageName;
  readonly ms: number;
}

/** Times the stages from what the flow does; `clock` must be monotonic. */
export class Stopwatch {
  readonly #clock: Clock;
  #insertedAt: number | undefined;
  #submittedAt: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A step of the flow that began at `startedAt` has been done, effects included. */
  stepped(before: FlowState, after: FlowState, startedAt: number): MeasuredStage | undefined {
    const from = before.phase.name;
    const to = after.phase.name;
    if (to === "identifying" && from !== "identifying") {
      this.#insertedAt = startedAt;
      this.#submittedAt = undefined;
    }
    if (to === "signing" && from === "entering-pin") this.#submittedAt = startedAt;
    if (to === "entering-pin" && from === "counting-tries")
      return this.#since("insertion-to-pin-ready", this.#submittedAt === undefined ? this.#insertedAt : undefined);
    if (from === "open" && to !== "open") return this.#since("removal-to-covered", startedAt);
    if (to !== "open" || from === "open") return undefined;
    if (this.#submittedAt !== undefined) return this.#since("pin-to-portal", this.#submittedAt);
    return this.#since("insertion-to-resumed", this.#insertedAt);
  }

  /** What is known when the proof goes out. */
  soFar(): Readonly<Record<string, number>> {
    const stages: Record<string, number> = {};
    const now = this.#clock.now();
    if (this.#insertedAt !== undefined) stages["insertion-to-proof"] = now - this.#insertedAt;
    if (this.#submittedAt !== undefined) stages["pin-to-proof"] = now - this.#submittedAt;
    return stages;
  }

  #since(stage: StageName, start: number | undefined): MeasuredStage | undefined {
    return start === undefined ? undefined : { stage, ms: this.#clock.now() - start };
  }
}
