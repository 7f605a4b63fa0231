import type { FailureCode } from "../errors/catalogue.ts";
import type { FlowEffect } from "./flow-effect.ts";
import type { FlowState, Phase, PhaseNamed } from "./flow-state.ts";
import { type EventOf, isCurrent, leftWith, lookAt, passesByItself, type Step, stay, withPhase } from "./step.ts";

type SecondFactorPhase = PhaseNamed<"asking-second-factor" | "second-factor" | "proving-code" | "awaiting-key">;
type Answering = PhaseNamed<"proving-code" | "awaiting-key">;

/** What is said where the person can try again, or choose another way; after anything else the sign-in begins anew. */
const retriable: ReadonlySet<FailureCode> = new Set([
  "second-factor-wrong",
  "second-factor-declined",
  "sign-in-throttled",
  "application-not-started",
]);

/** The first proof holds, and the broker keeps the sign-in until a second one does. */
export function secondFactorOwed(
  state: FlowState,
  phase: PhaseNamed<"opening" | "awaiting-phone" | "proving-password" | "opening-break-glass">,
): Step {
  const attempt = state.lastAttempt + 1;
  const insertion = phase.name === "opening" ? phase.insertion : undefined;
  const asking: Phase = { name: "asking-second-factor", insertion, seat: phase.seat, attempt };
  return {
    state: { ...state, phase: asking, lastAttempt: attempt },
    effects: [{ type: "ask-owed-factor", attempt }],
  };
}

export function secondFactorTold(state: FlowState, { attempt, owed }: EventOf<"second-factor-told">): Step {
  if (!isCurrent(state, attempt, "asking-second-factor")) return stay(state);
  return ask(state, { ...state.phase, owed }, undefined);
}

export function codeSubmitted(state: FlowState): Step {
  const { phase } = state;
  if (phase.name !== "second-factor" || !phase.owed.factors.includes("totp")) return stay(state);
  const { insertion, seat, owed } = phase;
  const attempt = state.lastAttempt + 1;
  const proving: Phase = { name: "proving-code", insertion, seat, owed, attempt };
  return {
    state: { ...state, phase: proving, lastAttempt: attempt },
    effects: [{ type: "send-code", attempt, request: owed.request }],
  };
}

/** The broker's own page asks for the key: only there is its origin the hospital's. */
export function keyWanted(state: FlowState): Step {
  const { phase } = state;
  if (phase.name !== "second-factor" || !phase.owed.factors.includes("security-key")) return stay(state);
  const { insertion, seat, owed } = phase;
  const attempt = state.lastAttempt + 1;
  const awaiting: Phase = { name: "awaiting-key", insertion, seat, owed, attempt };
  return {
    state: { ...state, phase: awaiting, lastAttempt: attempt },
    effects: [{ type: "ask-key", attempt, request: owed.request }],
  };
}

/** The person has closed the key's page. */
export function keyPageClosed(state: FlowState, seat: string): Step {
  const { phase } = state;
  if (phase.name !== "awaiting-key" || phase.owed.request !== seat) return stay(state);
  const asked = ask(state, phase, undefined);
  return { state: asked.state, effects: leaveKeyPage(phase) };
}

export function secondFactorFailed(state: FlowState, { attempt, code }: EventOf<"call-failed">): Step {
  if (!isCurrent(state, attempt, "asking-second-factor", "proving-code", "awaiting-key")) return stay(state);
  const { phase } = state;
  if (phase.name !== "asking-second-factor" && retriable.has(code)) {
    const asked = ask(state, phase, code === "second-factor-declined" ? undefined : code);
    return { state: asked.state, effects: leaveKeyPage(phase) };
  }
  return turnAway(state, phase, code);
}

/** By the person: from the key back to the question, and from the question to where he came from. */
export function secondFactorCancelled(state: FlowState, phase: SecondFactorPhase): Step {
  if (phase.name === "awaiting-key") return keyPageClosed(state, phase.owed.request);
  return { state: withPhase(state, leftWith(phase.insertion, phase.seat)), effects: leaveSecondFactor(phase) };
}

/** What a phase of it leaves behind: the broker keeps the sign-in no longer. */
export function leaveSecondFactor(phase: Phase): readonly FlowEffect[] {
  switch (phase.name) {
    case "asking-second-factor":
    case "second-factor":
    case "proving-code":
    case "awaiting-key":
      return [...leaveKeyPage(phase), { type: "abandon-second-factor" }];
    default:
      return [];
  }
}

export function leaveKeyPage(phase: Phase): readonly FlowEffect[] {
  return phase.name === "awaiting-key" ? [{ type: "wipe-seat", seat: phase.owed.request }] : [];
}

/** The broker may have given the seat and covered it again: the answer under way counts as late, and the sign-in begins anew. */
export function secondFactorOvertaken(state: FlowState, phase: Answering): Step {
  const { insertion, seat } = phase;
  const next =
    insertion === undefined
      ? stay(withPhase(state, { name: "turned-away", seat, code: "broker-unreachable" }))
      : lookAt(state, insertion, seat);
  return { state: next.state, effects: [...leaveSecondFactor(phase), ...next.effects] };
}

/** No way on from here: a card is told so until it is taken out, and who came without one until he has read it. */
export function turnAway(state: FlowState, phase: SecondFactorPhase, code: FailureCode): Step {
  const { insertion, seat } = phase;
  const effects = leaveKeyPage(phase);
  if (insertion === undefined) return { state: withPhase(state, { name: "turned-away", seat, code }), effects };
  const refused: Phase = { name: "refused", insertion, seat, code, triesLeft: undefined };
  const later: FlowEffect[] = passesByItself(code) ? [{ type: "retry-later", insertion }] : [];
  return { state: withPhase(state, refused), effects: [...effects, ...later] };
}

function ask(
  state: FlowState,
  { insertion, seat, owed }: Pick<PhaseNamed<"second-factor">, "insertion" | "seat" | "owed">,
  problem: FailureCode | undefined,
): Step {
  const attempt = state.lastAttempt + 1;
  const phase: Phase = { name: "second-factor", insertion, seat, owed, attempt, problem };
  return stay({ ...state, phase, lastAttempt: attempt });
}
