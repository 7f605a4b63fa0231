import {
  activityChangeWanted,
  activityWanted,
  choiceFailed,
  isChoiceAnswer,
  sessionDescribed,
} from "./activity-steps.ts";
import { applicationChanged, favouriteWanted, launchWanted } from "./application-steps.ts";
import { breakGlassSubmitted, breakGlassWanted } from "./break-glass-steps.ts";
import { cardInserted, cardRemoved } from "./card-steps.ts";
import { brokerConnected, callFailed, proofUnanswered, retryDue } from "./failure-steps.ts";
import type { FlowEvent } from "./flow-event.ts";
import type { FlowState } from "./flow-state.ts";
import { glassEndWanted, glassRefused, glassWanted, sessionChanged, sessionRenewed } from "./glass-steps.ts";
import { sessionGranted } from "./grant-steps.ts";
import { idleEnded, idleOver, idleWarned } from "./idle-steps.ts";
import { passwordSubmitted, passwordWanted } from "./password-steps.ts";
import { cancelled, endWanted, lastTryConfirmed, lockWanted, sessionExpired } from "./person-steps.ts";
import { identifierSubmitted, phoneAsked, phoneWanted } from "./phone-steps.ts";
import {
  careTriesCounted,
  newPinSubmitted,
  pinCareFailed,
  pinCareWanted,
  pinRenewed,
  withoutStrayCare,
} from "./pin-care-steps.ts";
import {
  cardIdentified,
  challengeAged,
  challengeOffered,
  pinSubmitted,
  proofSigned,
  triesCounted,
} from "./proof-steps.ts";
import { coverRecorded, seatLost } from "./seat-steps.ts";
import { codeSubmitted, keyPageClosed, keyWanted, secondFactorTold } from "./second-factor-steps.ts";
import { askForPin, isCurrent, lookAt, type Step, stay } from "./step.ts";
import { stepOfStepUp, stepUpGranted, stepUpOver, stepUpWanted, withStepUpKept } from "./step-up-steps.ts";

/**
 * The workstation's flow (design D3): pure, and total over every state and event. What does not fit changes nothing. The
 * card's leaving and the person's cancelling are handled once, for all phases.
 */
export function transition(state: FlowState, event: FlowEvent): Step {
  const step = stepOfStepUp(state, event) ?? stepOf(state, event);
  return withStepUpKept({ state: withoutStrayCare(step.state), effects: step.effects });
}

function stepOf(state: FlowState, event: FlowEvent): Step {
  switch (event.type) {
    case "condition-changed":
      return stay({ ...state, condition: event.condition });
    case "card-inserted":
      return cardInserted(state, event);
    case "card-removed":
      return cardRemoved(state, event);
    case "broker-connected":
      return brokerConnected({ ...state, connected: true });
    case "broker-disconnected":
      return stay({ ...state, connected: false });
    case "card-identified":
      return cardIdentified(state, event);
    case "challenge-offered":
      return challengeOffered(state, event);
    case "challenge-aged":
      return challengeAged(state, event);
    case "presence-unavailable":
      return isCurrent(state, event.attempt, "presenting") ? askForPin(state, state.phase) : stay(state);
    case "tries-counted":
      return event.attempt === state.care?.attempt ? careTriesCounted(state, event) : triesCounted(state, event);
    case "phone-wanted":
      return phoneWanted(state);
    case "identifier-submitted":
      return identifierSubmitted(state, event);
    case "phone-asked":
      return phoneAsked(state, event);
    case "password-wanted":
      return passwordWanted(state);
    case "password-submitted":
      return passwordSubmitted(state, event);
    case "second-factor-told":
      return secondFactorTold(state, event);
    case "code-submitted":
      return codeSubmitted(state);
    case "key-wanted":
      return keyWanted(state);
    case "break-glass-wanted":
      return breakGlassWanted(state);
    case "break-glass-submitted":
      return breakGlassSubmitted(state, event);
    case "glass-wanted":
      return glassWanted(state, event);
    case "glass-refused":
      return glassRefused(state, event);
    case "glass-end-wanted":
      return glassEndWanted(state);
    case "session-changed":
      return sessionChanged(state, event.seat);
    case "session-renewed":
      return sessionRenewed(state, event.session);
    case "pin-submitted":
      return pinSubmitted(state);
    case "proof-signed":
      return proofSigned(state, event);
    case "session-granted":
      return sessionGranted(state, event);
    case "proof-unanswered":
      return proofUnanswered(state, event.attempt);
    case "retry-due":
      return retryDue(state, event.insertion);
    case "session-expired":
      return sessionExpired(state, event);
    case "call-failed":
      if (isChoiceAnswer(state, event.attempt)) return choiceFailed(state, event);
      return event.attempt === state.care?.attempt ? pinCareFailed(state, event) : callFailed(state, event);
    case "seat-cover-recorded":
      return coverRecorded(state, event);
    case "seat-lost":
      return seatLost(state, event);
    case "application-launched":
    case "launch-failed":
      return applicationChanged(state, event);
    case "application-closed":
      return state.phase.name === "awaiting-key" ? keyPageClosed(state, event.seat) : applicationChanged(state, event);
    case "launch-wanted":
      return launchWanted(state, event.application);
    case "activity-change-wanted":
      return activityChangeWanted(state);
    case "activity-wanted":
      return activityWanted(state, event.activity);
    case "session-described":
      return sessionDescribed(state, event);
    case "favourite-wanted":
      return favouriteWanted(state, event);
    case "pin-care-wanted":
      return pinCareWanted(state);
    case "new-pin-submitted":
      return newPinSubmitted(state);
    case "pin-renewed":
      return pinRenewed(state, event);
    case "step-up-wanted":
      return stepUpWanted(state, event);
    case "step-up-over":
      return stepUpOver(state, event.stepUp);
    case "step-up-granted":
      return stepUpGranted(state, event);
    case "last-try-confirmed":
      return lastTryConfirmed(state);
    case "cancelled":
      return cancelled(state);
    case "woken":
      if (state.phase.name === "turned-away") return cancelled(state);
      return state.phase.name === "finished" || state.phase.name === "refused"
        ? lookAt(state, state.phase.insertion, state.phase.seat)
        : stay(state);
    case "lock-wanted":
      return lockWanted(state, event.at);
    case "idle-warned":
      return idleWarned(state, event);
    case "idle-ended":
      return idleEnded(state, event.seat);
    case "idle-over":
      return idleOver(state, event);
    case "end-wanted":
      return endWanted(state, event.at);
    case "receipt-dismissed":
      return stay({ ...state, receipt: undefined });
    default:
      return event satisfies never;
  }
}
