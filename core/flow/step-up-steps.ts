import type { FailureCode } from "../errors/catalogue.ts";
import type { FlowEffect } from "./flow-effect.ts";
import type { FlowEvent } from "./flow-event.ts";
import type { FlowState } from "./flow-state.ts";
import { sightOf } from "./idle-steps.ts";
import { type EventOf, type Step, stay } from "./step.ts";
import type { StepUp, StepUpAt } from "./step-up.ts";

/** The applications go behind the window. The newest demand counts: the broker asks one at a time. */
export function stepUpWanted(state: FlowState, { stepUp: id, seat, application }: EventOf<"step-up-wanted">): Step {
  const { phase } = state;
  if (phase.name !== "open" || phase.session.seat !== seat) {
    return { state, effects: [{ type: "refuse-step-up", stepUp: id, code: "session-unknown", triesLeft: undefined }] };
  }
  // A session without a card has no PIN to ask for.
  if (phase.insertion === undefined)
    return { state, effects: [{ type: "refuse-step-up", stepUp: id, code: "card-removed", triesLeft: undefined }] };
  return {
    state: { ...state, stepUp: { step: "waiting", id, seat, application } },
    effects: [{ type: "set-aside", seat }],
  };
}

/** The broker waits no longer. What is on its way to the card, or back, is not called back; a failure stays to be read. */
export function stepUpOver(state: FlowState, id: string): Step {
  const { stepUp } = state;
  if (stepUp?.id !== id || stepUp.step === "signing" || stepUp.step === "sending" || stepUp.step === "failed")
    return stay(state);
  return closed(state, stepUp, []);
}

/** The session is raised; what is open here stays as it is. */
export function stepUpGranted(state: FlowState, { attempt, session }: EventOf<"step-up-granted">): Step {
  const { stepUp, phase } = state;
  if (stepUp?.step !== "sending" || stepUp.attempt !== attempt || phase.name !== "open") return stay(state);
  const openHere = new Set(phase.session.applications.filter(({ open }) => open).map(({ id }) => id));
  const applications = session.applications.map(one => ({ ...one, open: openHere.has(one.id) }));
  return closed({ ...state, phase: { ...phase, session: { ...session, applications } } }, stepUp, []);
}

/** What an event means for the step-up under way; `undefined` where it is not about it. */
export function stepOfStepUp(state: FlowState, event: FlowEvent): Step | undefined {
  const { stepUp } = state;
  if (stepUp === undefined || stepUp.step === "waiting") return undefined;
  switch (event.type) {
    case "pin-submitted":
      return stepUp.step === "typing" ? submitted(state, stepUp) : stay(state);
    case "last-try-confirmed":
      return stepUp.step === "typing" ? confirmed(state, stepUp) : stay(state);
    case "cancelled":
      return cancelled(state, stepUp);
    case "pin-care-wanted":
      return stay(state);
    case "card-identified":
    case "challenge-offered":
    case "challenge-aged":
    case "tries-counted":
    case "proof-signed":
    case "call-failed":
      return event.attempt === stepUp.attempt ? answered(state, stepUp, event) : undefined;
    default:
      return undefined;
  }
}

type Answer = EventOf<
  "card-identified" | "challenge-offered" | "challenge-aged" | "tries-counted" | "proof-signed" | "call-failed"
>;

function answered(state: FlowState, stepUp: Exclude<StepUp, { step: "waiting" }>, event: Answer): Step {
  switch (event.type) {
    case "card-identified": {
      if (stepUp.step !== "identifying") return stay(state);
      const [next, attempt] = numbered(state);
      const { card } = event;
      return going(next, { ...stepUp, step: "challenging", attempt, card }, askChallenge(stepUp.id, attempt, card));
    }
    case "challenge-offered": {
      // A fresh challenge in place of one that grew old: the person goes on typing.
      if (stepUp.step === "typing")
        return going(
          state,
          { ...stepUp, offered: event.offered },
          { type: "watch-challenge-age", attempt: stepUp.attempt },
        );
      return stepUp.step === "challenging"
        ? count(state, { ...stepUp, step: "counting", offered: event.offered, problem: undefined })
        : stay(state);
    }
    case "challenge-aged":
      return stepUp.step === "typing"
        ? { state, effects: [askChallenge(stepUp.id, stepUp.attempt, stepUp.card)] }
        : stay(state);
    case "tries-counted":
      return stepUp.step === "counting" ? counted(state, stepUp, event) : stay(state);
    case "proof-signed": {
      if (stepUp.step !== "signing") return stay(state);
      const [next, attempt] = numbered(state);
      const { nonce } = stepUp.offered.challenge;
      const { proof } = event;
      const effect = { type: "send-step-up-proof", attempt, stepUp: stepUp.id, nonce, proof } as const;
      return going(next, { ...stepUp, step: "sending", attempt }, effect);
    }
    case "call-failed":
      return failed(state, stepUp, event);
    default:
      return event satisfies never;
  }
}

function count(state: FlowState, counting: StepUpAt<"counting">): Step {
  const [next, attempt] = numbered(state);
  const { insertion } = counting;
  return going(next, { ...counting, attempt }, { type: "count-tries", attempt, insertion });
}

function counted(state: FlowState, stepUp: StepUpAt<"counting">, { pin }: EventOf<"tries-counted">): Step {
  if (pin.triesLeft === 0) return fail(state, stepUp, "pin-blocked", 0);
  const [next, attempt] = numbered(state);
  const isConfirmed = pin.triesLeft > 1;
  const typing = { ...stepUp, step: "typing", attempt, pin, confirmed: isConfirmed } as const;
  // On the reader the person can type at once; after a wrong PIN, and before the last try, he says when.
  if (pin.onReader && stepUp.problem === undefined && isConfirmed) return submitted(next, typing);
  // After a wrong PIN the challenge has an age already.
  return stepUp.problem === undefined
    ? going(next, typing, { type: "watch-challenge-age", attempt })
    : going(next, typing, askChallenge(stepUp.id, attempt, stepUp.card));
}

function submitted(state: FlowState, stepUp: StepUpAt<"typing">): Step {
  if (!stepUp.confirmed) return stay(state);
  const [next, attempt] = numbered(state);
  const { insertion, card, offered, pin } = stepUp;
  const effect = { type: "sign-with-pin", attempt, insertion, card, offered, onReader: pin.onReader } as const;
  return going(next, { ...stepUp, step: "signing", attempt }, effect);
}

function confirmed(state: FlowState, stepUp: StepUpAt<"typing">): Step {
  if (stepUp.confirmed) return stay(state);
  const sure = { ...stepUp, confirmed: true };
  return stepUp.pin.onReader ? submitted({ ...state, stepUp: sure }, sure) : stay({ ...state, stepUp: sure });
}

/** By the person: the application gets no for an answer, and the session stays as it was. */
function cancelled(state: FlowState, stepUp: StepUp): Step {
  switch (stepUp.step) {
    case "signing":
    case "sending":
      return stay(state);
    case "failed":
      return closed(state, stepUp, []);
    default:
      return closed(state, stepUp, [refusal(stepUp, "step-up-cancelled", undefined)]);
  }
}

/** Nothing is sent again by itself: the person is told, and types again, or it is over. */
function failed(state: FlowState, stepUp: Exclude<StepUp, { step: "waiting" }>, event: EventOf<"call-failed">): Step {
  const { code, triesLeft } = event;
  if (stepUp.step === "signing" && code === "pin-wrong" && triesLeft !== 0) {
    const { certificate } = stepUp.card;
    const step = count(state, { ...stepUp, step: "counting", problem: "pin-wrong" });
    const told = { type: "report-refusal", denied: "step-up", code, triesLeft, certificate } as const;
    return { state: step.state, effects: [told, ...step.effects] };
  }
  if (stepUp.step === "signing" && code === "pin-malformed") {
    const [next, attempt] = numbered(state);
    const typing = { ...stepUp, step: "typing", attempt, problem: code, confirmed: stepUp.pin.triesLeft > 1 } as const;
    return going(next, typing, askChallenge(stepUp.id, attempt, stepUp.card));
  }
  return fail(state, stepUp, code, triesLeft);
}

function fail(
  state: FlowState,
  stepUp: Exclude<StepUp, { step: "waiting" }>,
  code: FailureCode,
  triesLeft: number | undefined,
): Step {
  const { id, seat, application, insertion } = stepUp;
  const [next, attempt] = numbered(state);
  return going(
    next,
    { step: "failed", id, seat, application, insertion, attempt, code, triesLeft },
    refusal(stepUp, code, triesLeft),
  );
}

/**
 * A step-up is over when the seat that it raises is left: the broker hears of that, and records it. One that waited for the
 * care of the PIN begins when that is over.
 */
export function withStepUpKept({ state, effects }: Step): Step {
  const { stepUp, phase, care } = state;
  if (stepUp === undefined) return { state, effects };
  const isHere =
    phase.name === "open" &&
    phase.session.seat === stepUp.seat &&
    (stepUp.step === "waiting" || stepUp.insertion === phase.insertion);
  if (!isHere || phase.insertion === undefined) return { state: { ...state, stepUp: undefined }, effects };
  if (stepUp.step !== "waiting" || care !== undefined) return { state, effects };
  const [next, attempt] = numbered(state);
  const { insertion } = phase;
  const begun = going(
    next,
    { ...stepUp, step: "identifying", insertion, attempt },
    { type: "identify", attempt, insertion },
  );
  return { state: begun.state, effects: [...effects, ...begun.effects] };
}

/** The applications come back to the front as they were. */
function closed(state: FlowState, { seat }: StepUp, effects: readonly FlowEffect[]): Step {
  const back: FlowEffect = state.phase.name === "open" ? sightOf(state.phase) : { type: "uncover-screen", seat };
  return { state: { ...state, stepUp: undefined }, effects: [...effects, back] };
}

function refusal({ id: stepUp }: StepUp, code: FailureCode, triesLeft: number | undefined): FlowEffect {
  return { type: "refuse-step-up", stepUp, code, triesLeft };
}

function askChallenge(
  stepUp: string,
  attempt: number,
  { certificate }: { readonly certificate: Uint8Array },
): FlowEffect {
  return { type: "ask-step-up-challenge", attempt, stepUp, certificate };
}

function going(state: FlowState, stepUp: StepUp, effect: FlowEffect): Step {
  return { state: { ...state, stepUp }, effects: [effect] };
}

/** The state with one more call counted, and the number of that call. */
function numbered(state: FlowState): readonly [FlowState, number] {
  const attempt = state.lastAttempt + 1;
  return [{ ...state, lastAttempt: attempt }, attempt];
}
