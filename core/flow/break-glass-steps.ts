import type { FailureCode } from "../errors/catalogue.ts";
import type { CoveredSeat, FlowState, Phase, PhaseNamed } from "./flow-state.ts";
import { type EventOf, isCurrent, type Step, stay, withPhase } from "./step.ts";

/** From the cover: an emergency, and no card that works. */
export function breakGlassWanted(state: FlowState): Step {
  const { phase } = state;
  return phase.name === "idle" ? askEmergency(state, phase.seat, { who: "", words: "" }, undefined) : stay(state);
}

export function breakGlassSubmitted(state: FlowState, { who, reason }: EventOf<"break-glass-submitted">): Step {
  const { phase } = state;
  if (phase.name !== "entering-break-glass") return stay(state);
  const attempt = state.lastAttempt + 1;
  const opening: Phase = { name: "opening-break-glass", seat: phase.seat, attempt, who, words: reason.words };
  return {
    state: { ...state, phase: opening, lastAttempt: attempt },
    effects: [{ type: "send-break-glass", attempt, who, reason }],
  };
}

/** What was refused is said where the person can try again. */
export function breakGlassFailed(state: FlowState, { attempt, code }: EventOf<"call-failed">): Step {
  if (!isCurrent(state, attempt, "opening-break-glass")) return stay(state);
  return askEmergency(state, state.phase.seat, state.phase, code);
}

export function breakGlassCancelled(state: FlowState): Step {
  const { phase } = state;
  // What is on its way to the broker is not called back: its answer comes, and is late.
  if (phase.name !== "entering-break-glass" && phase.name !== "opening-break-glass") return stay(state);
  return stay(withPhase(state, { name: "idle", seat: phase.seat }));
}

/** The broker may have given the seat and covered it again: the answer under way counts as late, and the person is asked anew. */
export function breakGlassOvertaken(state: FlowState, phase: PhaseNamed<"opening-break-glass">): Step {
  return askEmergency(state, phase.seat, phase, "broker-unreachable");
}

/** The question stands again, with what went wrong before. */
function askEmergency(
  state: FlowState,
  seat: CoveredSeat | undefined,
  { who, words }: { readonly who: string; readonly words: string },
  problem: FailureCode | undefined,
): Step {
  const attempt = state.lastAttempt + 1;
  const phase: Phase = { name: "entering-break-glass", seat, attempt, who, words, problem };
  return stay({ ...state, phase, lastAttempt: attempt });
}
