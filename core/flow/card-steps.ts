import type { Insertion } from "../ports/card-readers.ts";
import type { FlowEffect } from "./flow-effect.ts";
import type { CoveredSeat, FlowState, Phase } from "./flow-state.ts";
import { type EventOf, insertionIn, lookAt, refusalOf, type Step, stay } from "./step.ts";

export function cardInserted(state: FlowState, insertion: Insertion): Step {
  if (state.phase.name === "idle") return lookAt(state, insertion, state.phase.seat);
  if (insertionIn(state.phase) === insertion || state.others.includes(insertion)) return stay(state);
  // A card that is done with keeps nobody from another reader; it counts again when it is taken out and put back.
  if (state.phase.name === "finished" || state.phase.name === "refused")
    return lookAt(state, insertion, state.phase.seat);
  return stay({ ...state, others: [...state.others, insertion] });
}

export function cardRemoved(state: FlowState, { insertion, at }: EventOf<"card-removed">): Step {
  if (insertionIn(state.phase) !== insertion)
    return stay({ ...state, others: state.others.filter(other => other !== insertion) });
  const left = leave(state.phase, at);
  const [next, ...others] = state.others;
  // What was said of an open seat is over with it.
  const receipt = state.phase.name === "open" ? undefined : state.receipt;
  const idle: FlowState = { ...state, phase: { name: "idle", seat: left.seat }, others, receipt };
  if (next === undefined) return { state: idle, effects: left.effects };
  const looking = lookAt(idle, next, left.seat);
  return { state: looking.state, effects: [...left.effects, ...looking.effects] };
}

/** What a phase leaves behind when its card goes. */
function leave(
  phase: Phase,
  at: number,
): { readonly seat: CoveredSeat | undefined; readonly effects: readonly FlowEffect[] } {
  switch (phase.name) {
    case "open": {
      const { session } = phase;
      const effects: FlowEffect[] = [
        { type: "cover-screen" },
        { type: "cover-seat", seat: session.seat, reason: "card-removed" },
      ];
      return { seat: { session, since: at, graceUntil: undefined }, effects };
    }
    case "idle":
    case "finished":
    case "refused":
      return { seat: phase.seat, effects: [] };
    case "entering-pin":
      return { seat: phase.seat, effects: [refusalOf(phase, "sign-in-abandoned")] };
    case "opening":
      return { seat: phase.seat, effects: [refusalOf(phase, "answer-too-late")] };
    case "identifying":
    case "challenging":
    case "presenting":
    case "counting-tries":
    case "signing":
      return { seat: phase.seat, effects: [refusalOf(phase, "card-removed")] };
    default:
      return phase satisfies never;
  }
}
