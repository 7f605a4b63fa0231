import type { Insertion } from "../ports/card-readers.ts";
import { breakGlassFailed, breakGlassOvertaken } from "./break-glass-steps.ts";
import type { FlowEffect } from "./flow-effect.ts";
import type { FlowState, Phase, PhaseNamed } from "./flow-state.ts";
import { passwordFailed, passwordOvertaken } from "./password-steps.ts";
import { askWho, phoneFailed, phoneOvertaken } from "./phone-steps.ts";
import { secondFactorFailed, secondFactorOvertaken, secondFactorOwed, turnAway } from "./second-factor-steps.ts";
import {
  askForPin,
  coverOf,
  type EventOf,
  freshChallenge,
  insertionIn,
  isCurrent,
  lookAt,
  passesByItself,
  refusalOf,
  type Step,
  seatWaitingIn,
  stay,
  withPhase,
} from "./step.ts";

export function callFailed(state: FlowState, event: EventOf<"call-failed">): Step {
  const { attempt, code, triesLeft, spokenBy } = event;
  if (
    code === "second-factor-owed" &&
    isCurrent(state, attempt, "opening", "awaiting-phone", "proving-password", "opening-break-glass")
  )
    return secondFactorOwed(state, state.phase);
  if (isCurrent(state, attempt, "asking-second-factor", "proving-code", "awaiting-key"))
    return secondFactorFailed(state, event);
  if (
    !isCurrent(
      state,
      attempt,
      "identifying",
      "challenging",
      "presenting",
      "counting-tries",
      "entering-pin",
      "signing",
      "opening",
    )
  )
    return withoutCardFailed(state, event);
  const { phase } = state;
  if (phase.name === "signing" && code === "pin-wrong" && triesLeft !== 0) return pinWrong(state, phase, triesLeft);
  if (phase.name === "signing" && code === "pin-malformed") return typeAgain(state, phase);
  if (phase.name === "presenting" && spokenBy === "workstation" && code !== "card-removed")
    return askForPin(state, phase);
  const blocked = phase.name === "signing" && code === "pin-blocked" ? { ...phase.pin, triesLeft: 0 } : undefined;
  const refused: Phase = { name: "refused", insertion: phase.insertion, seat: phase.seat, code, triesLeft, blocked };
  // What the broker refused, the broker has recorded; that it was away is no refusal of a person.
  const known = spokenBy === "broker" || code === "broker-unreachable";
  const effects: FlowEffect[] = known ? [] : [refusalOf(phase, code, triesLeft)];
  if (passesByItself(code)) effects.push({ type: "retry-later", insertion: phase.insertion });
  return { state: withPhase(state, refused), effects };
}

function withoutCardFailed(state: FlowState, event: EventOf<"call-failed">): Step {
  if (isCurrent(state, event.attempt, "proving-password")) return passwordFailed(state, event);
  if (isCurrent(state, event.attempt, "opening-break-glass")) return breakGlassFailed(state, event);
  return phoneFailed(state, event);
}

/**
 * The broker may have opened the seat that waits here: it is told to cover it, which changes nothing where it did not. A seat
 * that nobody here knows of is covered by the broker when the workstation says which seat it believes in: at once.
 */
export function proofUnanswered(state: FlowState, attempt: number): Step {
  const waiting = seatWaitingIn(state.phase);
  const effects: FlowEffect[] = waiting === undefined ? [] : [coverOf(waiting.session.seat)];
  effects.push({ type: "renew-line" });
  if (isCurrent(state, attempt, "awaiting-phone"))
    return { state: askWho(state, state.phase.seat, "broker-unreachable").state, effects };
  if (isCurrent(state, attempt, "proving-password"))
    return { state: passwordOvertaken(state, state.phase).state, effects };
  if (isCurrent(state, attempt, "proving-code", "awaiting-key")) {
    const away = turnAway(state, state.phase, "broker-unreachable");
    return { state: away.state, effects: [...effects, ...away.effects] };
  }
  if (isCurrent(state, attempt, "opening-break-glass"))
    return { state: breakGlassOvertaken(state, state.phase).state, effects };
  if (!isCurrent(state, attempt, "opening")) return { state, effects };
  const { insertion, seat } = state.phase;
  effects.push({ type: "retry-later", insertion });
  const code = "broker-unreachable";
  return { state: withPhase(state, { name: "refused", insertion, seat, code, triesLeft: undefined }), effects };
}

/**
 * At every hello the broker covers a seat here that the workstation does not know of: also one that a proof under way has just
 * opened. Its answer counts as late, and the card is looked at again.
 */
export function brokerConnected(state: FlowState): Step {
  const { phase } = state;
  if (phase.name === "awaiting-phone") return phoneOvertaken(state, phase);
  if (phase.name === "proving-password") return passwordOvertaken(state, phase);
  if (phase.name === "proving-code" || phase.name === "awaiting-key") return secondFactorOvertaken(state, phase);
  if (phase.name === "opening-break-glass") return breakGlassOvertaken(state, phase);
  // A glass may have ended while nobody could say so.
  if (phase.name === "open" && phase.session.breakGlass !== undefined)
    return { state, effects: [{ type: "renew-session", seat: phase.session.seat }] };
  return phase.name === "opening" ? lookAt(state, phase.insertion, phase.seat) : tryAgain(state);
}

/** The line held, and a call failed all the same: the card is looked at again. */
export function retryDue(state: FlowState, insertion: Insertion): Step {
  return state.connected && insertionIn(state.phase) === insertion ? tryAgain(state) : stay(state);
}

/** A card that was refused only for the broker's trouble is read again; no PIN is ever sent again. */
function tryAgain(state: FlowState): Step {
  const { phase } = state;
  if (phase.name !== "refused" || !passesByItself(phase.code)) return stay(state);
  return lookAt(state, phase.insertion, phase.seat);
}

/** Says so, and asks the card how many tries are left before the person is asked again. Nothing is sent again by itself. */
function pinWrong(state: FlowState, phase: PhaseNamed<"signing">, triesLeft: number | undefined): Step {
  const { insertion, seat, card, offered } = phase;
  const attempt = state.lastAttempt + 1;
  const counting: Phase = { name: "counting-tries", insertion, seat, card, offered, problem: "pin-wrong", attempt };
  const effects: FlowEffect[] = [refusalOf(phase, "pin-wrong", triesLeft), { type: "count-tries", attempt, insertion }];
  return { state: { ...state, phase: counting, lastAttempt: attempt }, effects };
}

/** The card was not asked: the tries are as they were. */
function typeAgain(state: FlowState, phase: PhaseNamed<"signing">): Step {
  const { insertion, seat, card, offered, pin } = phase;
  const attempt = state.lastAttempt + 1;
  const entering: Phase = {
    name: "entering-pin",
    insertion,
    seat,
    card,
    offered,
    pin,
    problem: "pin-malformed",
    confirmed: pin.triesLeft > 1,
    attempt,
  };
  return { state: { ...state, phase: entering, lastAttempt: attempt }, effects: [freshChallenge(attempt, card)] };
}
