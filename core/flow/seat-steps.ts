import type { SeatedSession } from "../ports/broker-connection.ts";
import type { Means } from "../session/means.ts";
import { mayGoOn } from "../session/session-rules.ts";
import { breakGlassOvertaken } from "./break-glass-steps.ts";
import type { FlowEffect } from "./flow-effect.ts";
import type { FlowReceipt, FlowState, Phase } from "./flow-state.ts";
import { passwordOvertaken } from "./password-steps.ts";
import { phoneOvertaken } from "./phone-steps.ts";
import { secondFactorOvertaken } from "./second-factor-steps.ts";
import { coverOf, type EventOf, leftWith, lookAt, type Step, stay, withPhase } from "./step.ts";

export function coverRecorded(state: FlowState, { seat, graceUntil, at }: EventOf<"seat-cover-recorded">): Step {
  const { phase } = state;
  if (phase.name === "open") {
    if (phase.session.seat !== seat) return stay(state);
    // Said before the seat was opened again, and perhaps heard by the broker after: it is covered in both places until the
    // card has shown itself again.
    const covered = { session: phase.session, since: at, graceUntil };
    if (phase.insertion === undefined)
      return {
        state: withPhase(state, { name: "idle", seat: covered }),
        effects: [{ type: "cover-screen" }, coverOf(seat)],
      };
    const looking = lookAt(state, phase.insertion, covered);
    return { state: looking.state, effects: [{ type: "cover-screen" }, coverOf(seat), ...looking.effects] };
  }
  if (phase.seat?.session.seat !== seat) return stay(state);
  const seatWaiting = { ...phase.seat, graceUntil };
  // Whether the broker heard it before or after the proof under way is not known: the proof's answer counts as late.
  if (phase.name === "opening") return lookAt(state, phase.insertion, seatWaiting);
  const waiting = { ...phase, seat: seatWaiting };
  if (waiting.name === "awaiting-phone") return phoneOvertaken(state, waiting);
  if (waiting.name === "proving-code" || waiting.name === "awaiting-key") return secondFactorOvertaken(state, waiting);
  if (waiting.name === "opening-break-glass") return breakGlassOvertaken(state, waiting);
  return waiting.name === "proving-password" ? passwordOvertaken(state, waiting) : stay(withPhase(state, waiting));
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
    const left = leftWith(phase.insertion, undefined);
    return { state: { ...state, phase: left, receipt: receiptOfLoss(phase.session, event) }, effects: gone };
  }
  const waiting = phase.seat;
  const isWaiting = waiting?.session.seat === event.seat;
  const left: FlowState = isWaiting
    ? { ...state, phase: { ...phase, seat: undefined }, receipt: receiptOfLoss(waiting.session, event) }
    : state;
  // By a proof here, another holder's or his own by other means, the seat is lost in good order.
  const isInOrder =
    event.reason === "other-holder" || (event.reason === "replaced" && isWaiting && replaces(phase, waiting.session));
  const overtaken = isInOrder ? stay(left) : overtake(left);
  return { state: overtaken.state, effects: [...(isWaiting ? gone : []), ...overtaken.effects] };
}

/** True where the proof under way opens a session of its own: it cannot be for the seat of this one. */
function replaces(phase: Phase, session: SeatedSession): boolean {
  const means = meansOf(phase);
  return means !== undefined && !mayGoOn(session, means);
}

/** By what the proof under way opens; unknown for a second proof, as the first one's means are. */
function meansOf({ name }: Phase): Means | undefined {
  switch (name) {
    case "opening":
      return "card-pin";
    case "awaiting-phone":
      return "federated";
    case "proving-password":
      return "temporary-password";
    case "opening-break-glass":
      return "break-glass";
    default:
      return undefined;
  }
}

/** The lost seat may be the one that an answer under way gives: it counts as late then. */
function overtake(state: FlowState): Step {
  const { phase } = state;
  if (phase.name === "awaiting-phone") return phoneOvertaken(state, phase);
  if (phase.name === "proving-password") return passwordOvertaken(state, phase);
  if (phase.name === "proving-code" || phase.name === "awaiting-key") return secondFactorOvertaken(state, phase);
  if (phase.name === "opening-break-glass") return breakGlassOvertaken(state, phase);
  return phase.name === "opening" ? lookAt(state, phase.insertion, phase.seat) : stay(state);
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
    case "replaced":
      return { kind: "ended", holder, at, reason };
    default:
      return reason satisfies never;
  }
}
