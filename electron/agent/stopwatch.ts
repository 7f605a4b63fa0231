import type { FlowState, Phase } from "../../core/flow/flow-state.ts";
import { insertionIn } from "../../core/flow/step.ts";
import type { Clock } from "../../core/ports/clock.ts";

/** The stages that a hospital cares about. Milliseconds. */
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
  readonly #spent = new Map<Phase["name"], number>();
  #phase: Phase["name"] = "idle";
  #phaseSince = 0;
  #insertedAt: number | undefined;
  #submittedAt: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A step of the flow that began at `startedAt` has been done, effects included. */
  stepped(before: FlowState, after: FlowState, startedAt: number): MeasuredStage | undefined {
    const from = before.phase.name;
    const to = after.phase.name;
    if (from !== to) this.#enter(to, startedAt);
    if (to === "identifying" && from !== "identifying") {
      this.#spent.clear();
      this.#insertedAt = startedAt;
      this.#submittedAt = undefined;
    }
    // What is typed besides is no part of what a card takes.
    if (to === "second-factor") {
      this.#insertedAt = undefined;
      this.#submittedAt = undefined;
    }
    if (to === "signing" && from === "entering-pin") this.#submittedAt = startedAt;
    if (to === "entering-pin" && from === "counting-tries")
      return this.#since("insertion-to-pin-ready", this.#submittedAt === undefined ? this.#insertedAt : undefined);
    // Without a card nothing was inserted, and nothing is removed.
    if (to === "open" && insertionIn(after.phase) === undefined) return undefined;
    if (from === "open" && to !== "open") {
      const left = insertionIn(before.phase);
      const isRemoval = left !== undefined && insertionIn(after.phase) !== left;
      return this.#since("removal-to-covered", isRemoval ? startedAt : undefined);
    }
    if (to !== "open" || from === "open") return undefined;
    if (this.#submittedAt !== undefined) return this.#since("pin-to-portal", this.#submittedAt);
    return this.#since("insertion-to-resumed", this.#insertedAt);
  }

  /**
   * What is known when the proof goes out: the milliseconds since the insertion and since the PIN, and how long the flow was
   * in each of its phases since the insertion, e.g. `identifying`, `challenging`, `entering-pin`, `signing`.
   */
  soFar(): Readonly<Record<string, number>> {
    const now = this.#clock.now();
    const stages: Record<string, number> = Object.fromEntries(this.#spent);
    stages[this.#phase] = (stages[this.#phase] ?? 0) + now - this.#phaseSince;
    if (this.#insertedAt !== undefined) stages["insertion-to-proof"] = now - this.#insertedAt;
    if (this.#submittedAt !== undefined) stages["pin-to-proof"] = now - this.#submittedAt;
    return stages;
  }

  /** Milliseconds since the card was put in. */
  sinceInsertion(): number | undefined {
    return this.#insertedAt === undefined ? undefined : this.#clock.now() - this.#insertedAt;
  }

  #enter(phase: Phase["name"], at: number): void {
    this.#spent.set(this.#phase, (this.#spent.get(this.#phase) ?? 0) + at - this.#phaseSince);
    this.#phase = phase;
    this.#phaseSince = at;
  }

  #since(stage: StageName, start: number | undefined): MeasuredStage | undefined {
    return start === undefined ? undefined : { stage, ms: this.#clock.now() - start };
  }
}
