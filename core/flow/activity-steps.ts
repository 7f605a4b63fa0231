import type { SeatedSession } from "../ports/broker-connection.ts";
import type { ActivityChoice } from "./activity-choice.ts";
import type { FlowEffect } from "./flow-effect.ts";
import type { FlowState, PhaseNamed } from "./flow-state.ts";
import { sightOf } from "./idle-steps.ts";
import { openingLaunches } from "./opening-launches.ts";
import { type EventOf, type Step, stay, withPhase } from "./step.ts";

type Open = PhaseNamed<"open">;

/** What a session that has just been described asks of its holder first. */
export function firstChoice({ activities, activity }: SeatedSession): ActivityChoice | undefined {
  return activities.length > 0 && activity === undefined
    ? { step: "asking", required: true, problem: undefined }
    : undefined;
}

/** The holder wants to work under another activity. */
export function activityChangeWanted(state: FlowState): Step {
  const { phase } = state;
  if (phase.name !== "open" || phase.choice !== undefined || phase.session.activities.length < 2) return stay(state);
  return stay(withPhase(state, { ...phase, choice: { step: "asking", required: false, problem: undefined } }));
}

/** Choosing what counts already changes nothing; the broker knows where the session stands. */
export function activityWanted(state: FlowState, activity: string): Step {
  const { phase } = state;
  if (phase.name !== "open" || phase.choice?.step !== "asking") return stay(state);
  if (!phase.session.activities.some(({ id }) => id === activity)) return stay(state);
  if (phase.session.activity === activity) return chosen(state, phase);
  const attempt = state.lastAttempt + 1;
  const { required } = phase.choice;
  return {
    state: {
      ...state,
      phase: { ...phase, choice: { step: "telling", required, activity, attempt } },
      lastAttempt: attempt,
    },
    effects: [{ type: "choose-activity", attempt, seat: phase.session.seat, activity }],
  };
}

/** Nothing opens any more before an activity is chosen: asks the broker which there are. */
export function lookForActivities(state: FlowState, phase: Open): Step {
  const attempt = state.lastAttempt + 1;
  return {
    state: {
      ...state,
      phase: { ...phase, choice: { step: "looking", required: true, attempt } },
      lastAttempt: attempt,
    },
    effects: [{ type: "describe-session", attempt, seat: phase.session.seat }],
  };
}

/** True where the choice of an open seat waits for exactly this answer. */
export function isChoiceAnswer(state: FlowState, attempt: number): boolean {
  return state.phase.name === "open" && attemptOf(state.phase.choice) === attempt;
}

/**
 * The broker says how the session stands. Applications that were opened under another activity are closed here too: the broker has
 * signed them out.
 */
export function sessionDescribed(state: FlowState, { attempt, session }: EventOf<"session-described">): Step {
  const { phase } = state;
  if (phase.name !== "open" || attemptOf(phase.choice) !== attempt) return stay(state);
  const { seat } = session;
  const choice = firstChoice(session);
  if (choice !== undefined)
    return {
      state: withPhase(state, { ...phase, session, launch: undefined, choice }),
      effects: [{ type: "cover-screen" }, { type: "wipe-seat", seat }],
    };
  const { launch, effects } = openingLaunches(session);
  const open: Open = { ...phase, session, launch, choice: undefined };
  const renewed: readonly FlowEffect[] = [{ type: "wipe-seat", seat }, sightOf(open), ...effects];
  return {
    state: withPhase(state, open),
    effects: session.activity === phase.session.activity ? [sightOf(open)] : renewed,
  };
}

/** The activity stays what it was; the holder may choose again. */
export function choiceFailed(state: FlowState, { code }: EventOf<"call-failed">): Step {
  const { phase } = state;
  if (phase.name !== "open" || phase.choice === undefined) return stay(state);
  const { required } = phase.choice;
  return stay(withPhase(state, { ...phase, choice: { step: "asking", required, problem: code } }));
}

/** Where none is chosen, there is no way around the question but to lock or to end. */
export function choiceCancelled(state: FlowState, phase: Open): Step {
  return phase.choice?.step === "asking" && !phase.choice.required ? chosen(state, phase) : stay(state);
}

/** Nothing has changed. */
function chosen(state: FlowState, phase: Open): Step {
  const open: Open = { ...phase, choice: undefined };
  return { state: withPhase(state, open), effects: [sightOf(open)] };
}

function attemptOf(choice: ActivityChoice | undefined): number | undefined {
  return choice === undefined || choice.step === "asking" ? undefined : choice.attempt;
}
