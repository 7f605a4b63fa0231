import { Failure } from "../../core/errors/failure.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { StepUpDemand, StepUps } from "../services/step-ups.ts";
import type { SignedIn } from "./signed-in.ts";

export interface FreshlyProvenParts {
  readonly stepUps: Pick<StepUps, "ask">;
  readonly clock: Clock;
}

/** How long one PIN is good for acts that give or take something, in milliseconds. */
export const pinGoodForMs = 10 * 60_000;

/**
 * What gives or takes something is done with the PIN of the last minutes: a card alone brings a session back, and a workstation may have
 * been left with the card in. Where it is older, it is asked for in the Wardkey window, and this waits. Rejects with `step-up-cancelled`
 * and `step-up-timed-out`. True where the session is another one now, and has to be read again.
 */
export async function freshlyProven(
  { session }: SignedIn,
  application: StepUpDemand["application"],
  { stepUps, clock }: FreshlyProvenParts,
): Promise<boolean> {
  if (session.means === "card-pin" && clock.now() - session.provenAt <= pinGoodForMs) return false;
  const outcome = await stepUps.ask(session, { application, minimum: "high", maximalAgeMs: pinGoodForMs });
  if (outcome === "done") return true;
  throw new Failure(outcome === "timed-out" ? "step-up-timed-out" : "step-up-cancelled");
}
