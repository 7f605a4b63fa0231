import { describe, expect, test } from "vitest";
import { type FlowState, initialFlow } from "../../../../core/flow/flow-state.ts";
import { eventOfIntent } from "../../../../electron/agent/event-of-intent.ts";
import { projectView } from "../../../../electron/agent/project-view.ts";
import type { Intent } from "../../../../protocol/window/messages.ts";
import { phases, stateDuring, stateIn, stepUps } from "../../core/flow/flow-page.ts";

const facts = { workstation: "", name: "", place: "", placeName: "", helpdeskPhone: "", demonstration: false };
const states: Readonly<Record<string, FlowState>> = {
  ...Object.fromEntries(Object.entries(phases).map(([name, phase]) => [name, stateIn(phase)])),
  ...Object.fromEntries(Object.entries(stepUps).map(([name, stepUp]) => [`step-up, ${name}`, stateDuring(stepUp)])),
};

/** The number of the question that the window shows, by what asks it. */
function questionsShown(state: FlowState): Readonly<Record<string, number>> {
  const { screen, pinCare } = projectView(state, facts, true);
  return {
    ...("question" in screen ? { [screen.name]: screen.question } : {}),
    ...(pinCare?.step === "typing" ? { care: pinCare.question } : {}),
  };
}

const reason = { kind: "vital", words: "" };
const answers: readonly (readonly [asks: string, answer: (question: number) => Intent])[] = [
  ["pin", question => ({ type: "submit-pin", question, pin: [49] })],
  ["identifier", question => ({ type: "submit-identifier", question, identifier: "1" })],
  ["password", question => ({ type: "submit-password", question, who: "A", password: [65] })],
  ["second-factor", question => ({ type: "submit-code", question, code: [49] })],
  ["second-factor", question => ({ type: "use-security-key", question })],
  ["break-glass", question => ({ type: "submit-break-glass", question, who: "A", ...reason })],
  ["care", question => ({ type: "submit-new-pin", question, secret: [49], newPin: [50] })],
];

describe.each(answers.map(([asks, answer]) => [answer(0).type, asks, answer] as const))("%s", (_type, asks, answer) => {
  test("counts where the window asks exactly this question, and nowhere else", () => {
    let asked = 0;
    for (const [name, state] of Object.entries(states)) {
      const shown = questionsShown(state);
      const own = shown[asks];
      if (own !== undefined) asked += 1;
      for (const question of [-1, ...Object.values(shown), (own ?? 0) + 1])
        expect([name, question, eventOfIntent(answer(question), state, 0) !== undefined]).toEqual([
          name,
          question,
          question === own,
        ]);
    }
    expect(asked).toBeGreaterThan(0);
  });
});

test("no digit goes on with the event", () => {
  for (const [asks, answer] of answers)
    for (const state of Object.values(states)) {
      const event = eventOfIntent(answer(questionsShown(state)[asks] ?? -1), state, 0);
      expect(JSON.stringify(event) ?? "").not.toMatch(/49|50|65/);
    }
});

test("what ends a session says when", () => {
  expect(eventOfIntent({ type: "lock" }, initialFlow, 7)).toEqual({ type: "lock-wanted", at: 7 });
  expect(eventOfIntent({ type: "end-session" }, initialFlow, 7)).toEqual({ type: "end-wanted", at: 7 });
});
