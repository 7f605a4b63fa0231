import type { AgentPorts } from "../agent-ports.ts";
import type { Outbox } from "../outbox.ts";
import type { Call } from "./call.ts";
import type { Performers } from "./performers.ts";

/** What the broker is told when an application asks for the PIN again. */
export function stepUpEffects({ broker, clock }: Pick<AgentPorts, "broker" | "clock">, outbox: Outbox, call: Call) {
  return {
    "ask-step-up-challenge": ({ attempt, stepUp, certificate }) =>
      call(attempt, async () => {
        const offered = await broker.stepUpChallenge(stepUp, certificate);
        return { type: "challenge-offered", attempt, offered, at: clock.now() };
      }),
    "send-step-up-proof": ({ attempt, stepUp, nonce, proof }) =>
      call(attempt, async () => ({
        type: "step-up-granted",
        attempt,
        session: await broker.stepUpProve(stepUp, nonce, proof),
      })),
    "refuse-step-up": ({ stepUp, code, triesLeft }) => outbox.post(() => broker.refuseStepUp(stepUp, code, triesLeft)),
  } satisfies Partial<Performers>;
}
