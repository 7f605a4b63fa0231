import type { SeatedSession } from "../ports/broker-connection.ts";
import { choiceCancelled } from "./activity-steps.ts";
import { breakGlassCancelled } from "./break-glass-steps.ts";
import type { FlowEffect } from "./flow-effect.ts";
import type { CoveredSeat, FlowReceipt, FlowState, Phase, PhaseNamed } from "./flow-state.ts";
import { passwordCancelled } from "./password-steps.ts";
import { phoneCancelled } from "./phone-steps.ts";
import { pinSubmitted } from "./proof-steps.ts";
import { secondFactorCancelled } from "./second-factor-steps.ts";
import { type EventOf, leftWith, refusalOf, type Step, stay, withPhase } from "./step.ts";

export function cancelled(state: FlowState): Step {
  const { phase, care } = state;
  // What is on its way to the card is not called back.
  if (care !== undefined) return stay(care.step === "working" ? state : { ...state, care: undefined });
  if (phase.name === "open") return choiceCancelled(state, phase);
  if (phase.name === "entering-password" || phase.name === "proving-password") return passwordCancelled(state);
  switch (phase.name) {
    case "asking-second-factor":
    case "second-factor":
    case "proving-code":
    case "awaiting-key":
      return secondFactorCancelled(state, phase);
    case "entering-break-glass":
    case "opening-break-glass":
      return breakGlassCancelled(state);
    case "turned-away":
      return stay(withPhase(state, { name: "idle", seat: phase.seat }));
    case "entering-pin":
      return pinCancelled(state, phase);
    default:
      return phoneCancelled(state);
  }
}

function pinCancelled(state: FlowState, phase: PhaseNamed<"entering-pin">): Step {
  return {
    state: withPhase(state, { name: "finished", insertion: phase.insertion, seat: phase.seat }),
    effects: [refusalOf(phase, "sign-in-abandoned")],
  };
}

export function lastTryConfirmed(state: FlowState): Step {
  const { phase, care } = state;
  if (care?.step === "typing") return stay({ ...state, care: { ...care, confirmed: true } });
  if (phase.name !== "entering-pin" || phase.confirmed) return stay(state);
  const confirmed: FlowState = withPhase(state, { ...phase, confirmed: true });
  return phase.pin.onReader ? pinSubmitted(confirmed) : stay(confirmed);
}

export function lockWanted(state: FlowState, at: number): Step {
  const { phase } = state;
  if (phase.name !== "open") return stay(state);
  const seat: CoveredSeat = { session: phase.session, since: at, graceUntil: undefined };
  const effects: FlowEffect[] = [
    { type: "cover-screen" },
    { type: "cover-seat", seat: phase.session.seat, reason: "locked-by-holder" },
  ];
  return { state: { ...state, phase: leftWith(phase.insertion, seat), receipt: undefined }, effects };
}

export function endWanted(state: FlowState, at: number): Step {
  return state.phase.name === "open" ? endSession(state, state.phase.session, at, "ended") : stay(state);
}

/** By the workstation's own clock: the broker may be away. */
export function sessionExpired(state: FlowState, { seat, at }: EventOf<"session-expired">): Step {
  const { phase } = state;
  const session = phase.name === "open" ? phase.session : phase.seat?.session;
  if (session?.seat !== seat || at < session.expiresAt) return stay(state);
  return endSession(state, session, at, "expired");
}

function endSession(state: FlowState, { seat, holder }: SeatedSession, at: number, reason: "ended" | "expired"): Step {
  const { phase } = state;
  const effects: FlowEffect[] = [
    { type: "cover-screen" },
    { type: "end-session", seat },
    { type: "wipe-seat", seat },
    { type: "believe-seat", seat: undefined },
  ];
  const receipt: FlowReceipt = { kind: "ended", holder: holder.displayName, at, reason };
  const left: Phase = phase.name === "open" ? leftWith(phase.insertion, undefined) : { ...phase, seat: undefined };
  return { state: { ...state, phase: left, receipt }, effects };
}
