import type { FailureCode } from "../errors/catalogue.ts";
import type { FlowEffect } from "./flow-effect.ts";
import type { CoveredSeat, FlowState, Phase, PhaseNamed } from "./flow-state.ts";
import { type EventOf, isCurrent, type Step, stay, withPhase } from "./step.ts";

/** A federation confirms on the person's phone: for those who have no card with them. */
export function phoneWanted(state: FlowState): Step {
  const { phase } = state;
  if (phase.name !== "idle") return stay(state);
  return askWho(state, phase.seat, undefined);
}

export function identifierSubmitted(state: FlowState, { identifier }: EventOf<"identifier-submitted">): Step {
  const { phase } = state;
  if (phase.name !== "entering-identifier") return stay(state);
  const attempt = state.lastAttempt + 1;
  const asking: Phase = { name: "asking-phone", seat: phase.seat, attempt };
  return {
    state: { ...state, phase: asking, lastAttempt: attempt },
    effects: [{ type: "ask-phone", attempt, identifier }],
  };
}

export function phoneAsked(state: FlowState, { attempt, request, bindingMessage }: EventOf<"phone-asked">): Step {
  // Where nobody waits for it any more, the phone rings in vain: only who waits is let in.
  if (!isCurrent(state, attempt, "asking-phone")) return stay(state);
  const next = state.lastAttempt + 1;
  const phase: Phase = { name: "awaiting-phone", seat: state.phase.seat, attempt: next, bindingMessage };
  return {
    state: { ...state, phase, lastAttempt: next },
    effects: [{ type: "await-phone", attempt: next, request }],
  };
}

/** Who turned it down, or why it could not be asked, is said where the person can try again. */
export function phoneFailed(state: FlowState, { attempt, code }: EventOf<"call-failed">): Step {
  if (!isCurrent(state, attempt, "asking-phone", "awaiting-phone")) return stay(state);
  return askWho(state, state.phase.seat, code);
}

/** The person turns to something else: a card, or nothing. */
export function leavePhone(phase: Phase): readonly FlowEffect[] {
  return phase.name === "asking-phone" || phase.name === "awaiting-phone" ? [{ type: "cancel-phone" }] : [];
}

export function phoneCancelled(state: FlowState): Step {
  const { phase } = state;
  if (phase.name !== "entering-identifier" && phase.name !== "asking-phone" && phase.name !== "awaiting-phone")
    return stay(state);
  return { state: withPhase(state, { name: "idle", seat: phase.seat }), effects: leavePhone(phase) };
}

/** The broker may have given the seat and covered it again: the answer under way counts as late, and the person is asked anew. */
export function phoneOvertaken(state: FlowState, { seat }: PhaseNamed<"awaiting-phone">): Step {
  return { ...askWho(state, seat, "broker-unreachable"), effects: [{ type: "cancel-phone" }] };
}

/** The question stands again, with what went wrong before. */
export function askWho(state: FlowState, seat: CoveredSeat | undefined, problem: FailureCode | undefined): Step {
  const attempt = state.lastAttempt + 1;
  const phase: Phase = { name: "entering-identifier", seat, attempt, problem };
  return stay({ ...state, phase, lastAttempt: attempt });
}
