import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FlowEffect } from "../../../../core/flow/flow-effect.ts";
import type { FlowEvent } from "../../../../core/flow/flow-event.ts";
import type { Phase } from "../../../../core/flow/flow-state.ts";
import { transition } from "../../../../core/flow/transition.ts";
import { randomMove } from "./random-move.ts";
import { type Transition, Violation, WardModel } from "./ward-model.ts";

/** Runs random interleavings; answers how many there were, and how many sessions they opened and raised. */
function explore(
  underTest: Transition,
  runs: number,
  seed: number,
): { readonly interleavings: number; readonly opened: number; readonly raised: number; readonly outside: number } {
  let interleavings = 0;
  let opened = 0;
  let raised = 0;
  let outside = 0;
  fc.assert(
    fc.property(fc.array(randomMove, { minLength: 20, maxLength: 90, size: "max" }), moves => {
      const model = new WardModel(underTest);
      for (const act of moves) act(model);
      model.comeToRest();
      interleavings += 1;
      opened += model.openedSessions;
      raised += model.raisedSessions;
      outside += model.openedOutside;
    }),
    { numRuns: runs, seed, endOnFailure: true },
  );
  return { interleavings, opened, raised, outside };
}

describe("the flow of two workstations, two cards and a broker", () => {
  test("no interleaving breaks a rule", { timeout: 600_000 }, () => {
    const { interleavings, opened, raised, outside } = explore(transition, 100_000, 20_261_124);
    expect(interleavings).toBe(100_000);
    // The model reaches what it is about: sessions do open.
    expect(opened).toBeGreaterThan(10_000);
    expect(raised).toBeGreaterThan(1_000);
    expect(outside).toBeGreaterThan(1_000);
  });

  /** What a careless change would do, and the rule by which the model has to find it. */
  const mutants: readonly (readonly [what: string, rule: string, Transition])[] = [
    [
      "takes any answer for the present question's",
      "an answer to an older question",
      (state, event) =>
        transition(
          state,
          "attempt" in event && "attempt" in state.phase
            ? ({ ...event, attempt: state.phase.attempt } as FlowEvent)
            : event,
        ),
    ],
    ["does not hear that the card has gone", "open without its card", deafTo("open", "card-removed")],
    [
      "sends the PIN again by itself",
      "a PIN was sent without being submitted",
      (state, event) => {
        const step = transition(state, event);
        return step.state.phase.name === "entering-pin" && state.phase.name === "counting-tries"
          ? transition(step.state, { type: "pin-submitted" })
          : step;
      },
    ],
    [
      "spends the last try unasked",
      "the last try was spent unconfirmed",
      (state, event) => {
        const step = transition(state, event);
        return step.state.phase.name === "entering-pin" && event.type === "tries-counted"
          ? { ...step, state: transition(step.state, { type: "last-try-confirmed" }).state }
          : step;
      },
    ],
    [
      "tells the broker before it covers",
      "something came before the cover",
      (state, event) => {
        const step = transition(state, event);
        return { state: step.state, effects: [...step.effects].reverse() };
      },
    ],
    [
      "opens when the broker cannot be reached",
      "proof-unanswered opened a session",
      (state, event) => {
        const { phase } = state;
        if (event.type !== "proof-unanswered" || phase.name !== "opening" || phase.seat === undefined)
          return transition(state, event);
        const { insertion, seat } = phase;
        const open = { name: "open", insertion, session: seat.session, launch: undefined } as const;
        return { state: { ...state, phase: open }, effects: [] };
      },
    ],
    ["forgets to report a refusal", "was reported 0 times", without("report-refusal")],
    ["forgets to tell that it covered", "a closing was recorded 0 times", without("cover-seat")],
    [
      "covers a seat because its first answer comes after its second",
      "a seat was covered whose holder sits there",
      (state, event) => {
        const step = transition(state, event);
        const { phase } = state;
        const isLate = event.type === "session-granted" && phase.name === "open" && step.effects.length === 0;
        return isLate
          ? { state, effects: [{ type: "cover-seat", seat: phase.session.seat, reason: "card-removed" }] }
          : step;
      },
    ],
    [
      "does not cover again after a proof without answer",
      "open for the broker, and nobody sits there",
      (state, event) => {
        const step = transition(state, event);
        return event.type === "proof-unanswered" ? { state: step.state, effects: [] } : step;
      },
    ],
    [
      "stays open when the broker has covered its seat",
      "open here, and not for the broker",
      deafTo("open", "seat-cover-recorded"),
    ],
    [
      "takes an answer that a hello has overtaken",
      "open here, and not for the broker",
      deafTo("opening", "broker-connected"),
    ],
    [
      "takes a phone's answer that a hello has overtaken",
      "open here, and not for the broker",
      deafTo("awaiting-phone", "broker-connected"),
    ],
    [
      "takes a password's answer that a hello has overtaken",
      "open here, and not for the broker",
      deafTo("proving-password", "broker-connected"),
    ],
    [
      "takes an emergency's answer that a hello has overtaken",
      "open here, and not for the broker",
      deafTo("opening-break-glass", "broker-connected"),
    ],
    [
      "takes a password's answer whose seat was lost meanwhile",
      "one session open in two places",
      deafTo("proving-password", "seat-lost"),
    ],
    [
      "takes a code's answer that a hello has overtaken",
      "open here, and not for the broker",
      deafTo("proving-code", "broker-connected"),
    ],
    [
      "takes a key's answer that a hello has overtaken",
      "open here, and not for the broker",
      deafTo("awaiting-key", "broker-connected"),
    ],
    [
      "goes on with a second proof when the card has gone",
      "open without its card",
      deafTo("proving-code", "card-removed"),
    ],
    [
      "lets the one without a card sit on when a card comes",
      "open without the card that opened it",
      (state, event) => {
        const { phase } = state;
        if (phase.name !== "open" || phase.insertion !== undefined || event.type !== "card-inserted")
          return transition(state, event);
        return {
          state: { ...state, phase: { ...phase, session: { ...phase.session, means: "card-pin" } } },
          effects: [],
        };
      },
    ],
    [
      "spends the last try of a new PIN unasked",
      "the last try was spent unconfirmed",
      (state, event) => {
        const step = transition(state, event);
        return step.state.care?.step === "typing" && event.type !== "last-try-confirmed"
          ? { ...step, state: transition(step.state, { type: "last-try-confirmed" }).state }
          : step;
      },
    ],
    [
      "keeps asking for a new PIN when the card has gone",
      "a PIN is cared for whose card is gone",
      (state, event) => {
        const step = transition(state, event);
        return event.type === "card-removed" ? { ...step, state: { ...step.state, care: state.care } } : step;
      },
    ],
    ["hides the question for a PIN behind applications", "applications hide the question", without("set-aside")],
    ["does not say that a step-up is off", "the end of a step-up was told 0 times", without("refuse-step-up")],
    [
      "goes on asking for a step-up when the card has gone",
      "a step-up is asked for whose seat was left",
      (state, event) => {
        const step = transition(state, event);
        return event.type === "card-removed" ? { ...step, state: { ...step.state, stepUp: state.stepUp } } : step;
      },
    ],
    [
      "spends the last try of a step-up unasked",
      "the last try was spent unconfirmed",
      (state, event) => {
        const step = transition(state, event);
        return step.state.stepUp?.step === "typing" && event.type === "tries-counted"
          ? { ...step, state: transition(step.state, { type: "last-try-confirmed" }).state }
          : step;
      },
    ],
    [
      "does not begin a step-up",
      "the broker waits for a PIN that nobody is asked for",
      deafTo("open", "step-up-wanted"),
    ],
    ["does not write a new PIN down", "a new PIN was recorded 0 times", without("report-pin-renewed")],
    [
      "lets the card alone open after the grace window",
      "the card alone was enough after the grace window",
      (state, event) => transition(state, event.type === "challenge-offered" ? { ...event, at: 0 } : event),
    ],
  ];

  test.each(mutants)("a flow that %s is found out", { timeout: 120_000 }, (_what, rule, mutant) => {
    let found: unknown;
    try {
      explore(mutant, 100_000, 7);
    } catch (error) {
      found = error;
    }
    expect((found as Error | undefined)?.cause).toBeInstanceOf(Violation);
    expect(String((found as Error).cause)).toContain(rule);
  });
});

function deafTo(phase: Phase["name"], type: FlowEvent["type"]): Transition {
  return (state, event) =>
    state.phase.name === phase && event.type === type ? { state, effects: [] } : transition(state, event);
}

function without(effect: FlowEffect["type"]): Transition {
  return (state, event) => {
    const step = transition(state, event);
    return { state: step.state, effects: step.effects.filter(({ type }) => type !== effect) };
  };
}
