import type { CoverReason } from "../ports/broker-connection.ts";
import type { Insertion } from "../ports/card-readers.ts";
import type { FlowEffect } from "./flow-effect.ts";
import type { CoveredSeat, FlowState, Phase, PhaseNamed } from "./flow-state.ts";
import { leavePhone } from "./phone-steps.ts";
import { leaveSecondFactor } from "./second-factor-steps.ts";
import { type EventOf, insertionIn, lookAt, refusalOf, type Step, stay } from "./step.ts";

export function cardInserted(state: FlowState, { insertion, at }: EventOf<"card-inserted">): Step {
  if (insertionIn(state.phase) === undefined) return firstCard(state, insertion, at);
  if (insertionIn(state.phase) === insertion || state.others.includes(insertion)) return stay(state);
  // A card that is done with keeps nobody from another reader; it counts again when it is taken out and put back.
  if (state.phase.name === "finished" || state.phase.name === "refused")
    return lookAt(state, insertion, state.phase.seat);
  return stay({ ...state, others: [...state.others, insertion] });
}

/** Whoever sits here without a card is covered first: whose card it is will show. */
function firstCard(state: FlowState, insertion: Insertion, at: number): Step {
  const { phase } = state;
  const left =
    phase.name === "open"
      ? coverOpen(phase, at, "card-inserted")
      : { seat: phase.seat, effects: [...leavePhone(phase), ...leaveSecondFactor(phase)] };
  const looking = lookAt({ ...state, receipt: undefined }, insertion, left.seat);
  return { state: looking.state, effects: [...left.effects, ...looking.effects] };
}

function coverOpen({ session }: PhaseNamed<"open">, at: number, reason: CoverReason): Left {
  const effects: FlowEffect[] = [{ type: "cover-screen" }, { type: "cover-seat", seat: session.seat, reason }];
  return { seat: { session, since: at, graceUntil: undefined }, effects };
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

interface Left {
  readonly seat: CoveredSeat | undefined;
  readonly effects: readonly FlowEffect[];
}

/** What a phase leaves behind when its card goes. */
function leave(phase: Phase, at: number): Left {
  switch (phase.name) {
    case "open":
      return coverOpen(phase, at, "card-removed");
    case "idle":
    case "entering-identifier":
    case "asking-phone":
    case "awaiting-phone":
    case "entering-password":
    case "proving-password":
    case "entering-break-glass":
    case "opening-break-glass":
    case "finished":
    case "refused":
    case "turned-away":
      return { seat: phase.seat, effects: [] };
    case "asking-second-factor":
    case "second-factor":
    case "proving-code":
    case "awaiting-key":
      return { seat: phase.seat, effects: leaveSecondFactor(phase) };
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
