import type { FailureCode } from "../errors/catalogue.ts";
import type { IdentifiedCard, Insertion } from "../ports/card-readers.ts";
import type { FlowEffect } from "./flow-effect.ts";
import type { FlowEvent } from "./flow-event.ts";
import type { CoveredSeat, FlowState, Phase, PhaseNamed } from "./flow-state.ts";

export interface Step {
  readonly state: FlowState;
  readonly effects: readonly FlowEffect[];
}

export type EventOf<Type extends FlowEvent["type"]> = Extract<FlowEvent, { type: Type }>;

export function stay(state: FlowState): Step {
  return { state, effects: [] };
}

export function withPhase(state: FlowState, phase: Phase): FlowState {
  return { ...state, phase };
}

/** True where the phase waits for exactly this answer. */
export function isCurrent<
  Name extends
    | "identifying"
    | "challenging"
    | "presenting"
    | "counting-tries"
    | "entering-pin"
    | "signing"
    | "opening"
    | "asking-phone"
    | "awaiting-phone"
    | "entering-password"
    | "proving-password"
    | "asking-second-factor"
    | "proving-code"
    | "awaiting-key"
    | "opening-break-glass",
>(
  state: FlowState,
  attempt: number,
  ...names: readonly Name[]
): state is FlowState & { readonly phase: PhaseNamed<Name> } {
  const { phase } = state;
  return (names as readonly string[]).includes(phase.name) && "attempt" in phase && phase.attempt === attempt;
}

/** The covered seat that a phase carries along. */
export function seatWaitingIn(phase: Phase): CoveredSeat | undefined {
  return phase.name === "open" ? undefined : phase.seat;
}

/** Where a session leaves its card, if it has one. */
export function leftWith(insertion: Insertion | undefined, seat: CoveredSeat | undefined): Phase {
  return insertion === undefined ? { name: "idle", seat } : { name: "finished", insertion, seat };
}

/** The card that a phase is about. */
export function insertionIn(phase: Phase): Insertion | undefined {
  return "insertion" in phase ? phase.insertion : undefined;
}

export function lookAt(state: FlowState, insertion: Insertion, seat: CoveredSeat | undefined): Step {
  const attempt = state.lastAttempt + 1;
  const phase: Phase = { name: "identifying", insertion, seat, attempt };
  return { state: { ...state, phase, lastAttempt: attempt }, effects: [{ type: "identify", attempt, insertion }] };
}

export function refusalOf(phase: Phase, code: FailureCode, triesLeft?: number): FlowEffect {
  const certificate = "card" in phase ? phase.card.certificate : undefined;
  return { type: "report-refusal", denied: "sign-in", code, triesLeft, certificate };
}

/** Trouble of the broker, of which a card is not guilty. */
export function passesByItself(code: FailureCode): boolean {
  return code === "broker-unreachable" || code === "trail-unavailable";
}

export function coverOf(seat: string): FlowEffect {
  return { type: "cover-seat", seat, reason: "card-removed" };
}

/** Asked for while the person types. */
export function freshChallenge(attempt: number, { certificate }: IdentifiedCard): FlowEffect {
  return { type: "ask-challenge", attempt, certificate, presenceAllowed: false };
}

/** The card's presence is not enough, or cannot be shown: ask the broker for a challenge that wants the PIN. */
export function askForPin(state: FlowState, { insertion, seat, card }: PhaseNamed<"presenting" | "challenging">): Step {
  const attempt = state.lastAttempt + 1;
  const phase: Phase = { name: "challenging", insertion, seat, card, attempt, presenceAllowed: false };
  const { certificate } = card;
  return {
    state: { ...state, phase, lastAttempt: attempt },
    effects: [{ type: "ask-challenge", attempt, certificate, presenceAllowed: false }],
  };
}
