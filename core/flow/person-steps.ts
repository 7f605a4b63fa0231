import type { SeatedSession } from "../ports/broker-connection.ts";
import type { FlowEffect } from "./flow-effect.ts";
import type { CoveredSeat, FlowReceipt, FlowState, Phase } from "./flow-state.ts";
import { type EventOf, refusalOf, type Step, stay, withPhase } from "./step.ts";

export function cancelled(state: FlowState): Step {
  const { phase } = state;
  if (phase.name !== "entering-pin") return stay(state);
  return {
    state: withPhase(state, { name: "finished", insertion: phase.insertion, seat: phase.seat }),
    effects: [refusalOf(phase, "sign-in-abandoned")],
  };
}

export function lockWanted(state: FlowState, at: number): Step {
  const { phase } = state;
  if (phase.name !== "open") return stay(state);
  const seat: CoveredSeat = { session: phase.session, since: at, graceUntil: undefined };
  const effects: FlowEffect[] = [
    { type: "cover-screen" },
    { type: "cover-seat", seat: phase.session.seat, reason: "locked-by-holder" },
  ];
  const finished: Phase = { name: "finished", insertion: phase.insertion, seat };
  return { state: { ...state, phase: finished, receipt: undefined }, effects };
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
  const left: Phase =
    phase.name === "open"
      ? { name: "finished", insertion: phase.insertion, seat: undefined }
      : { ...phase, seat: undefined };
  return { state: { ...state, phase: left, receipt }, effects };
}
