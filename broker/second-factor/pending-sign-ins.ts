import { Failure } from "../../core/errors/failure.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { SecondFactor } from "../../core/second-factor/second-factor.ts";
import { newIdentifier } from "../services/identifiers.ts";
import type { Proved } from "../services/proved.ts";

/** A sign-in whose first proof holds. */
export interface PendingSignIn {
  readonly request: string;
  readonly workstation: string;
  readonly proved: Proved;
  readonly factors: readonly SecondFactor[];
}

/** How long the second proof may take from the first one on, in milliseconds. */
export const pendingMs = 120_000;

/** Sign-ins that wait for a second proof: in memory, one for each workstation, each taken once. */
export class PendingSignIns {
  readonly #clock: Clock;
  readonly #waiting = new Map<string, PendingSignIn & { readonly until: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** In place of one that waited at the same workstation. */
  hold(workstation: string, proved: Proved, factors: readonly SecondFactor[]): void {
    const until = this.#clock.now() + pendingMs;
    this.#waiting.set(workstation, { request: newIdentifier(), workstation, proved, factors, until });
  }

  waitingAt(workstation: string): PendingSignIn | undefined {
    this.#forgetOld();
    return this.#waiting.get(workstation);
  }

  /** The one that waits at this workstation, if it is the one meant. Throws `second-factor-over`. */
  at(workstation: string, request: string): PendingSignIn {
    const found = this.waitingAt(workstation);
    if (found?.request !== request) throw new Failure("second-factor-over");
    return found;
  }

  /** As `at`, wherever it waits. */
  named(request: string): PendingSignIn | undefined {
    this.#forgetOld();
    return [...this.#waiting.values()].find(one => one.request === request);
  }

  /** False where somebody else has taken it. */
  take({ workstation, request }: PendingSignIn): boolean {
    return this.waitingAt(workstation)?.request === request && this.#waiting.delete(workstation);
  }

  #forgetOld(): void {
    const now = this.#clock.now();
    for (const [workstation, { until }] of this.#waiting) if (until <= now) this.#waiting.delete(workstation);
  }
}
