import type { FlowEvent } from "../../core/flow/flow-event.ts";
import type { FlowState } from "../../core/flow/flow-state.ts";
import type { Intent } from "../../protocol/window/messages.ts";

/**
 * What a person's act at the window is to the flow; `now` in milliseconds since 1970. `undefined`: it answers a question that
 * is not the one shown, or asks for nothing.
 */
export function eventOfIntent(intent: Intent, state: FlowState, now: number): FlowEvent | undefined {
  const { phase } = state;
  switch (intent.type) {
    case "submit-pin":
      return pinQuestionOf(state) === intent.question ? { type: "pin-submitted" } : undefined;
    case "sign-in-by-phone":
      return { type: "phone-wanted" };
    case "submit-identifier":
      return phase.name === "entering-identifier" && phase.attempt === intent.question
        ? { type: "identifier-submitted", identifier: intent.identifier }
        : undefined;
    case "sign-in-by-password":
      return { type: "password-wanted" };
    case "submit-password":
      return phase.name === "entering-password" && phase.attempt === intent.question
        ? { type: "password-submitted", who: intent.who }
        : undefined;
    case "submit-code":
      return secondFactorQuestionOf(state) === intent.question ? { type: "code-submitted" } : undefined;
    case "use-security-key":
      return secondFactorQuestionOf(state) === intent.question ? { type: "key-wanted" } : undefined;
    case "sign-in-by-break-glass":
      return { type: "break-glass-wanted" };
    case "submit-break-glass": {
      const { who, kind, words, question } = intent;
      return phase.name === "entering-break-glass" && phase.attempt === question
        ? { type: "break-glass-submitted", who, reason: { kind, words } }
        : undefined;
    }
    case "break-glass": {
      const { application, kind, words } = intent;
      return { type: "glass-wanted", application, reason: { kind, words } };
    }
    case "end-break-glass":
      return { type: "glass-end-wanted" };
    case "renew-pin":
      return { type: "pin-care-wanted" };
    case "submit-new-pin":
      return state.care?.attempt === intent.question ? { type: "new-pin-submitted" } : undefined;
    case "confirm-last-try":
      return { type: "last-try-confirmed" };
    case "cancel":
      return { type: "cancelled" };
    case "wake":
      return { type: "woken" };
    case "launch":
      return { type: "launch-wanted", application: intent.application };
    case "change-activity":
      return { type: "activity-change-wanted" };
    case "choose-activity":
      return { type: "activity-wanted", activity: intent.activity };
    case "mark-favourite":
      return { type: "favourite-wanted", application: intent.application, favourite: intent.favourite };
    case "lock":
      return { type: "lock-wanted", at: now };
    case "end-session":
      return { type: "end-wanted", at: now };
    case "stir":
      return undefined;
    case "dismiss-receipt":
      return { type: "receipt-dismissed" };
    default:
      return intent satisfies never;
  }
}

/** The number of the PIN question that the window shows. */
function pinQuestionOf({ phase, stepUp }: FlowState): number | undefined {
  if (stepUp?.step === "typing") return stepUp.attempt;
  return phase.name === "entering-pin" ? phase.attempt : undefined;
}

/** The number of the question for a second factor that the window shows. */
function secondFactorQuestionOf({ phase }: FlowState): number | undefined {
  return phase.name === "second-factor" ? phase.attempt : undefined;
}
