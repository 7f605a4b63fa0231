import type { FlowEffect } from "./flow-effect.ts";
import type { FlowState, PhaseNamed } from "./flow-state.ts";
import { type EventOf, leftWith, type Step, stay, withPhase } from "./step.ts";

type Open = PhaseNamed<"open">;

/** In front of everything: whoever only reads sees it, and stays by any key. */
export function idleWarned(state: FlowState, { seat, coversAt }: EventOf<"idle-warned">): Step {
  const phase = openOn(state, seat);
  if (phase === undefined) return stay(state);
  const warned: Open = { ...phase, coversAt };
  return { state: withPhase(state, warned), effects: isWindowInFront(state, phase) ? [] : [sightOf(warned)] };
}

export function idleEnded(state: FlowState, seat: string): Step {
  const phase = openOn(state, seat);
  if (phase?.coversAt === undefined) return stay(state);
  const awake: Open = { ...phase, coversAt: undefined };
  return { state: withPhase(state, awake), effects: isWindowInFront(state, phase) ? [] : [sightOf(awake)] };
}

/** As when the card is taken out, which it may not have been. The grace window counts from when the holder was last here. */
export function idleOver(state: FlowState, { seat, usedAt, at }: EventOf<"idle-over">): Step {
  const phase = openOn(state, seat);
  if (phase === undefined) return stay(state);
  const left = leftWith(phase.insertion, { session: phase.session, since: usedAt, graceUntil: undefined });
  return {
    state: { ...state, phase: left, receipt: undefined },
    effects: [{ type: "cover-screen" }, { type: "cover-seat", seat, reason: "idle", awayMs: at - usedAt }],
  };
}

/** What is in front where the window asks nothing of its own: the applications as they were, or the warning. */
export function sightOf({ session: { seat }, coversAt }: Open): FlowEffect {
  return coversAt === undefined ? { type: "uncover-screen", seat } : { type: "set-aside", seat };
}

function openOn({ phase }: FlowState, seat: string): Open | undefined {
  return phase.name === "open" && phase.session.seat === seat ? phase : undefined;
}

function isWindowInFront({ stepUp }: FlowState, { choice }: Open): boolean {
  return stepUp !== undefined || choice !== undefined;
}
