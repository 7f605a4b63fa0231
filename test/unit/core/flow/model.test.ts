import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FlowEvent } from "../../../../core/flow/flow-event.ts";
import type { FlowState } from "../../../../core/flow/flow-state.ts";
import { transition } from "../../../../core/flow/transition.ts";
import { type Transition, Violation, WardModel } from "./ward-model.ts";

type Move = (model: WardModel) => void;

const workstation = fc.integer({ min: 0, max: 1 });
const card = fc.integer({ min: 0, max: 1 });
const choice = fc.integer({ min: 0, max: 5 });

/** Does and answers what is asked, in order. */
function settle(model: WardModel, steps: number): void {
  for (let step = 0; step < steps; step += 1) {
    model.perform(0, false);
    model.deliver(0);
  }
}

const move: fc.Arbitrary<Move> = fc.oneof(
  // Stretches in which nothing goes wrong: without them, sessions would hardly ever open.
  {
    weight: 8,
    arbitrary: fc.integer({ min: 2, max: 10 }).map(
      (steps): Move =>
        model =>
          settle(model, steps),
    ),
  },
  {
    weight: 8,
    arbitrary: fc.tuple(card, workstation, fc.integer({ min: 4, max: 9 })).map(
      ([c, w, steps]): Move =>
        model => {
          model.insert(c, w);
          settle(model, steps);
          model.type(w, true);
          settle(model, steps);
        },
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(card, workstation).map(
      ([c, w]): Move =>
        model =>
          model.insert(c, w),
    ),
  },
  {
    weight: 3,
    arbitrary: card.map(
      (c): Move =>
        model =>
          model.remove(c),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(card, workstation).map(
      ([c, w]): Move =>
        model => {
          model.remove(c);
          model.insert(c, w);
        },
    ),
  },
  {
    weight: 16,
    arbitrary: fc.tuple(choice, fc.nat(12)).map(
      ([c, lost]): Move =>
        model =>
          model.perform(c, lost === 0),
    ),
  },
  {
    weight: 16,
    arbitrary: choice.map(
      (c): Move =>
        model =>
          model.deliver(c),
    ),
  },
  {
    weight: 7,
    arbitrary: fc.tuple(workstation, fc.nat(3)).map(
      ([w, right]): Move =>
        model =>
          model.type(w, right > 0),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(workstation, fc.constantFrom("cancelled", "woken", "last-try-confirmed", "lock", "end")).map(
      ([w, what]): Move =>
        model =>
          model.press(w, what),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(10, 50, 301).map(
      (seconds): Move =>
        model =>
          model.passTime(seconds),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.boolean().map(
      (up): Move =>
        model =>
          model.switchBroker(up),
    ),
  },
  {
    weight: 1,
    arbitrary: workstation.map(
      (w): Move =>
        model =>
          model.restart(w),
    ),
  },
);

/** Runs random interleavings; answers how many there were, and how many sessions they opened. */
function explore(
  underTest: Transition,
  runs: number,
  seed: number,
): { readonly interleavings: number; readonly opened: number } {
  let interleavings = 0;
  let opened = 0;
  fc.assert(
    fc.property(fc.array(move, { minLength: 20, maxLength: 90, size: "max" }), moves => {
      const model = new WardModel(underTest);
      for (const act of moves) act(model);
      interleavings += 1;
      opened += model.openedSessions;
    }),
    { numRuns: runs, seed, endOnFailure: true },
  );
  return { interleavings, opened };
}

describe("the flow of two workstations, two cards and a broker", () => {
  test("no interleaving breaks a rule", { timeout: 180_000 }, () => {
    const { interleavings, opened } = explore(transition, 100_000, 20_261_124);
    expect(interleavings).toBe(100_000);
    // The model reaches what it is about: sessions do open.
    expect(opened).toBeGreaterThan(10_000);
  });

  /** What a careless change would do. The model has to find each. */
  const mutants: readonly (readonly [string, Transition])[] = [
    [
      "takes any answer for the present question's",
      (state, event) =>
        transition(
          state,
          "attempt" in event && "attempt" in state.phase
            ? ({ ...event, attempt: state.phase.attempt } as FlowEvent)
            : event,
        ),
    ],
    [
      "does not hear that the card has gone",
      (state, event) =>
        event.type === "card-removed" && state.phase.name === "open"
          ? { state, effects: [] }
          : transition(state, event),
    ],
    [
      "sends the PIN again by itself",
      (state, event) => {
        const step = transition(state, event);
        return step.state.phase.name === "entering-pin" && state.phase.name === "counting-tries"
          ? transition(step.state, { type: "pin-submitted" })
          : step;
      },
    ],
    ["tells the broker before it covers", (state, event) => reversed(transition, state, event)],
    [
      "opens when the broker cannot be reached",
      (state, event) => {
        const { phase } = state;
        if (event.type !== "call-failed" || phase.name !== "opening" || phase.seat === undefined)
          return transition(state, event);
        return {
          state: {
            ...state,
            phase: { name: "open", insertion: phase.insertion, session: phase.seat.session, launch: undefined },
          },
          effects: [],
        };
      },
    ],
    [
      "forgets to report a refusal",
      (state, event) => {
        const step = transition(state, event);
        return { state: step.state, effects: step.effects.filter(effect => effect.type !== "report-refusal") };
      },
    ],
  ];

  test.each(mutants)("a flow that %s is found out", { timeout: 120_000 }, (_what, mutant) => {
    let found: unknown;
    try {
      explore(mutant, 60_000, 7);
    } catch (error) {
      found = error;
    }
    expect(found).toBeInstanceOf(Error);
    expect((found as Error).cause ?? found).toSatisfy(
      cause =>
        cause instanceof Violation || String(cause).includes("Violation") || String(cause).includes("Property failed"),
    );
  });
});

function reversed(of: Transition, state: FlowState, event: FlowEvent) {
  const step = of(state, event);
  return { state: step.state, effects: [...step.effects].reverse() };
}
