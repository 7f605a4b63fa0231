import type { SeatedSession } from "../ports/broker-connection.ts";
import type { FlowEffect } from "./flow-effect.ts";
import type { FlowReceipt, FlowState, Phase } from "./flow-state.ts";
import { coverOf, type EventOf, lookAt, type Step, stay, withPhase } from "./step.ts";

export function coverRecorded(state: FlowState, { seat, graceUntil, at }: EventOf<"seat-cover-recorded">): Step {
  const { phase } = state;
  if (phase.name === "open") {
    if (phase.session.seat !== seat) return stay(state);
    // Said before the seat was opened again, and perhaps heard by the broker after: it is covered in both places until the
    // card has shown itself again.
    const looking = lookAt(state, phase.insertion, { session: phase.session, since: at, graceUntil });
    return { state: looking.state, effects: [{ type: "cover-screen" }, coverOf(seat), ...looking.effects] };
  }
  if (phase.seat?.session.seat !== seat) return stay(state);
  const seatWaiting = { ...phase.seat, graceUntil };
  // Whether the broker heard it before or after the proof under way is not known: the proof's answer counts as late.
  if (phase.name === "opening") return lookAt(state, phase.insertion, seatWaiting);
  return stay(withPhase(state, { ...phase, seat: seatWaiting }));
}

export function seatLost(state: FlowState, event: EventOf<"seat-lost">): Step {
  const { phase } = state;
  const gone: FlowEffect[] = [
    { type: "cover-screen" },
    { type: "wipe-seat", seat: event.seat },
    { type: "believe-seat", seat: undefined },
  ];
  if (phase.name === "open") {
    if (phase.session.seat !== event.seat) return stay(state);
    const finished: Phase = { name: "finished", insertion: phase.insertion, seat: undefined };
    return { state: { ...state, phase: finished, receipt: receiptOfLoss(phase.session, event) }, effects: gone };
  }
  const waiting = phase.seat;
  if (waiting?.session.seat !== event.seat) return stay(state);
  return {
    state: { ...state, phase: { ...phase, seat: undefined }, receipt: receiptOfLoss(waiting.session, event) },
    effects: gone,
  };
}

function receiptOfLoss(session: SeatedSession, { reason, at, workstationName }: EventOf<"seat-lost">): FlowReceipt {
  const holder = session.holder.displayName;
  switch (reason) {
    case "moved":
      return { kind: "moved-away", holder, to: workstationName ?? "", at };
    case "other-holder":
      return { kind: "person-changed", holder, at };
    case "ended":
    case "expired":
    case "withdrawn":
      return { kind: "ended", holder, at, reason };
    default:
      return reason satisfies never;
  }
}
