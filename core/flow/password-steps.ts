import type { FailureCode } from "../errors/catalogue.ts";
import type { CoveredSeat, FlowState, Phase, PhaseNamed } from "./flow-state.ts";
import { type EventOf, isCurrent, type Step, stay, withPhase } from "./step.ts";

/** The helpdesk has given a temporary password: for those whose card is elsewhere. */
export function passwordWanted(state: FlowState): Step {
  const { phase } = state;
  return phase.name === "idle" ? askPassword(state, phase.seat, "", undefined) : stay(state);
}

export function passwordSubmitted(state: FlowState, { who }: EventOf<"password-submitted">): Step {
  const { phase } = state;
  if (phase.name !== "entering-password") return stay(state);
  const attempt = state.lastAttempt + 1;
  const proving: Phase = { name: "proving-password", seat: phase.seat, attempt, who };
  return {
    state: { ...state, phase: proving, lastAttempt: attempt },
    effects: [{ type: "send-password", attempt, who }],
  };
}

/** What was refused is said where the person can try again. */
export function passwordFailed(state: FlowState, { attempt, code }: EventOf<"call-failed">): Step {
  if (!isCurrent(state, attempt, "proving-password")) return stay(state);
  return askPassword(state, state.phase.seat, state.phase.who, code);
}

export function passwordCancelled(state: FlowState): Step {
  const { phase } = state;
  // What is on its way to the broker is not called back: its answer comes, and is late.
  if (phase.name !== "entering-password" && phase.name !== "proving-password") return stay(state);
  return stay(withPhase(state, { name: "idle", seat: phase.seat }));
}

/** The broker may have given the seat and covered it again: the answer under way counts as late, and the person is asked anew. */
export function passwordOvertaken(state: FlowState, { seat, who }: PhaseNamed<"proving-password">): Step {
  return askPassword(state, seat, who, "broker-unreachable");
}

/** The question stands again, with what went wrong before. */
function askPassword(
  state: FlowState,
  seat: CoveredSeat | undefined,
  who: string,
  problem: FailureCode | undefined,
): Step {
  const attempt = state.lastAttempt + 1;
  const phase: Phase = { name: "entering-password", seat, attempt, who, problem };
  return stay({ ...state, phase, lastAttempt: attempt });
}
