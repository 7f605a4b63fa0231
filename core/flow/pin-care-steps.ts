import type { FlowState, PhaseNamed } from "./flow-state.ts";
import type { PinCare } from "./pin-care.ts";
import { type EventOf, lookAt, type Step, stay } from "./step.ts";

/** From an open seat: the PIN is to be changed. From a refusal for a blocked PIN: it is to be unblocked, where the card can. */
export function pinCareWanted(state: FlowState): Step {
  const { phase } = state;
  if (state.care !== undefined) return stay(state);
  if (phase.name === "open" && phase.insertion !== undefined) return count(state, phase.insertion, undefined);
  if (phase.name === "refused" && phase.blocked?.canUnblock === true) return askUnblocking(state, phase, phase.blocked);
  return stay(state);
}

function count(state: FlowState, insertion: string, problem: "pin-wrong" | undefined): Step {
  const attempt = state.lastAttempt + 1;
  const care: PinCare = { step: "counting", kind: "change", insertion, attempt, problem };
  return { state: { ...state, care, lastAttempt: attempt }, effects: [{ type: "count-tries", attempt, insertion }] };
}

function askUnblocking(
  state: FlowState,
  { insertion }: PhaseNamed<"refused">,
  pin: NonNullable<PhaseNamed<"refused">["blocked"]>,
): Step {
  const attempt = state.lastAttempt + 1;
  const care: PinCare = {
    step: "typing",
    kind: "unblock",
    insertion,
    attempt,
    pin,
    triesLeft: undefined,
    problem: undefined,
    confirmed: true,
  };
  return stay({ ...state, care, lastAttempt: attempt });
}

export function careTriesCounted(state: FlowState, { attempt, pin }: EventOf<"tries-counted">): Step {
  const { care } = state;
  if (care?.step !== "counting" || care.attempt !== attempt) return stay(state);
  const { kind, insertion, problem } = care;
  const next = state.lastAttempt + 1;
  const { triesLeft } = pin;
  const changed: PinCare =
    triesLeft === 0
      ? { step: "failed", kind, insertion, attempt: next, code: "pin-blocked" }
      : { step: "typing", kind, insertion, attempt: next, pin, triesLeft, problem, confirmed: triesLeft > 1 };
  return stay({ ...state, care: changed, lastAttempt: next });
}

export function newPinSubmitted(state: FlowState): Step {
  const { care } = state;
  if (care?.step !== "typing" || !care.confirmed) return stay(state);
  const { kind, insertion, pin, triesLeft } = care;
  const attempt = state.lastAttempt + 1;
  return {
    state: {
      ...state,
      care: { step: "working", kind, insertion, pin, triesLeft, attempt },
      lastAttempt: attempt,
    },
    effects: [{ type: "renew-pin", attempt, insertion, kind }],
  };
}

/** The card has its new PIN, and the trail is told, whether or not anybody still looks. After unblocking it is asked for. */
export function pinRenewed(state: FlowState, { attempt, kind, at }: EventOf<"pin-renewed">): Step {
  const told = { type: "report-pin-renewed", kind } as const;
  const { care } = state;
  if (care?.step !== "working" || care.attempt !== attempt) return { state, effects: [told] };
  const done: FlowState = {
    ...state,
    care: undefined,
    receipt: { kind: kind === "change" ? "pin-changed" : "pin-unblocked", at },
  };
  if (kind === "change") return { state: done, effects: [told] };
  const { phase } = state;
  const step = lookAt(done, care.insertion, phase.name === "open" ? undefined : phase.seat);
  return { state: step.state, effects: [told, ...step.effects] };
}

/** Nothing is sent again by itself: the person is told, and types again, or it is over. */
export function pinCareFailed(state: FlowState, event: EventOf<"call-failed">): Step {
  const { care } = state;
  if (care === undefined || care.attempt !== event.attempt) return stay(state);
  const { code, triesLeft } = event;
  const { kind, insertion } = care;
  const told = { type: "report-refusal", denied: "pin-renewal", code, triesLeft, certificate: undefined } as const;
  if (care.step === "working" && code === "pin-wrong" && triesLeft !== 0) {
    const step = count(state, insertion, "pin-wrong");
    return { state: step.state, effects: [told, ...step.effects] };
  }
  const next = state.lastAttempt + 1;
  if (care.step === "working" && (code === "unblocking-code-wrong" || code === "pin-malformed")) {
    const left = code === "pin-malformed" ? care.triesLeft : triesLeft;
    const confirmed = left === undefined || left > 1;
    const { pin } = care;
    const again: PinCare = {
      step: "typing",
      kind,
      insertion,
      attempt: next,
      pin,
      triesLeft: left,
      problem: code,
      confirmed,
    };
    return { state: { ...state, care: again, lastAttempt: next }, effects: code === "pin-malformed" ? [] : [told] };
  }
  const failed: PinCare = { step: "failed", kind, insertion, attempt: next, code };
  return { state: { ...state, care: failed, lastAttempt: next }, effects: [told] };
}

/** The care of a PIN is over when what it started from is: the card gone, the seat left, another card looked at. */
export function withoutStrayCare(state: FlowState): FlowState {
  const { care, phase } = state;
  if (care === undefined) return state;
  const fits = phase.name === (care.kind === "change" ? "open" : "refused") && phase.insertion === care.insertion;
  return fits ? state : { ...state, care: undefined };
}
