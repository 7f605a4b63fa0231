import type { ServerResponse } from "node:http";
import type { Clock } from "../../core/ports/clock.ts";
import type { Session } from "../../core/session/session.ts";
import type { StepUpDemand, StepUpOutcome, StepUps } from "../services/step-ups.ts";

interface Asked {
  readonly outcome: Promise<StepUpOutcome>;
  readonly until: number;
}

/** As long as the provider keeps an interaction, milliseconds. */
const keptMs = 300_000;
/** How long a browser waits for one answer; less than what proxies and browsers allow a server. */
const patienceMs = 20_000;

/** What a relying party is told: the holder or his card said no, or nobody answered. */
export const errorOfOutcome = {
  refused: { error: "access_denied", error_description: "the PIN was not given at the holder's workstation" },
  "timed-out": {
    error: "unmet_authentication_requirements",
    error_description: "nobody typed the PIN at the holder's workstation in time",
  },
} as const satisfies Readonly<Record<Exclude<StepUpOutcome, "done">, object>>;

/** The step-ups that interactions of the provider have asked for: one each, however often the browser comes back. */
export class StepUpInteractions {
  readonly #stepUps: Pick<StepUps, "ask">;
  readonly #clock: Clock;
  readonly #asked = new Map<string, Asked>();

  constructor(stepUps: Pick<StepUps, "ask">, clock: Clock) {
    this.#stepUps = stepUps;
    this.#clock = clock;
  }

  ask(interaction: string, session: Session, demand: StepUpDemand): void {
    const now = this.#clock.now();
    for (const [known, { until }] of this.#asked) if (until < now) this.#asked.delete(known);
    // What cannot be asked, because nothing can be recorded, is refused.
    const outcome = this.#stepUps.ask(session, demand).catch(() => "refused" as const);
    this.#asked.set(interaction, { outcome, until: now + keptMs });
  }

  /** How it came out, when it has, or after a while “waiting”; `undefined` where nothing was asked. */
  async outcomeOf(interaction: string, response: ServerResponse): Promise<StepUpOutcome | "waiting" | undefined> {
    const asked = this.#asked.get(interaction);
    if (asked === undefined) return undefined;
    const { promise: enough, resolve } = Promise.withResolvers<"waiting">();
    const timer = setTimeout(() => resolve("waiting"), patienceMs);
    response.once("close", () => resolve("waiting"));
    try {
      return await Promise.race([asked.outcome, enough]);
    } finally {
      clearTimeout(timer);
    }
  }
}
