import type { StepUp } from "../../core/flow/step-up.ts";
import type { Screen } from "../../protocol/window/view.ts";

/** What stands in front of the applications while one of them asks for the PIN again. */
export function stepUpScreen(
  stepUp: Exclude<StepUp, { step: "waiting" }>,
  { displayName, profession }: { readonly displayName: string; readonly profession: string },
): Screen {
  const holder = { displayName, profession };
  const askedBy = stepUp.application;
  switch (stepUp.step) {
    case "identifying":
    case "counting":
      return { name: "working", stage: "reading" };
    case "challenging":
      return { name: "working", stage: "asking" };
    case "typing": {
      const { triesLeft, minimumLength, maximumLength, onReader } = stepUp.pin;
      return {
        name: "pin",
        holder,
        triesLeft,
        minimumLength,
        maximumLength,
        question: stepUp.attempt,
        ...(stepUp.problem === undefined ? {} : { problem: stepUp.problem }),
        confirmLastTry: !stepUp.confirmed,
        ...(onReader ? { onReader } : {}),
        askedBy,
      };
    }
    case "signing":
      return stepUp.pin.onReader
        ? { name: "pin-pad", holder, triesLeft: stepUp.pin.triesLeft, askedBy }
        : { name: "working", stage: "proving" };
    case "sending":
      return { name: "working", stage: "proving" };
    case "failed":
      return {
        name: "trouble",
        code: stepUp.code,
        ...(stepUp.triesLeft === undefined ? {} : { triesLeft: stepUp.triesLeft }),
        askedBy,
      };
    default:
      return stepUp satisfies never;
  }
}
