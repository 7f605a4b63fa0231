import { describe, expect, test } from "vitest";
import type { FlowEvent } from "../../../../core/flow/flow-event.ts";
import type { FlowState } from "../../../../core/flow/flow-state.ts";
import type { StepUp } from "../../../../core/flow/step-up.ts";
import { transition } from "../../../../core/flow/transition.ts";
import type { SeatedSession } from "../../../../core/ports/broker-connection.ts";
import { events, phases, stateDuring, stateIn, stepUps } from "./flow-page.ts";

const during = (step: string) => stateDuring(stepUps[step] as StepUp);
const stepFrom = (step: string, event: string) => transition(during(step), events[event] as FlowEvent);
const types = (effects: readonly { readonly type: string }[]) => effects.map(({ type }) => type);
const open = stateIn(phases["open"] as never);
const wanted = events["step-up-wanted (this seat)"] as FlowEvent;

function walk(start: FlowState, ...steps: readonly FlowEvent[]) {
  let state = start;
  let effects: readonly { readonly type: string }[] = [];
  for (const event of steps) ({ state, effects } = transition(state, event));
  return { state, effects: types(effects) };
}

/** The compiler keeps this whole. */
const stepNames = {
  waiting: 0,
  identifying: 0,
  challenging: 0,
  counting: 0,
  typing: 0,
  signing: 0,
  sending: 0,
  failed: 0,
} satisfies Record<StepUp["step"], 0>;

test("every step stands in the table", () => {
  expect([...new Set(Object.values(stepUps).map(({ step }) => step))].sort()).toEqual(Object.keys(stepNames).sort());
});

describe("a step-up that is wanted", () => {
  test("comes in front of the applications, reads the card, and leaves the seat as it is", () => {
    const step = transition(open, wanted);
    expect(types(step.effects)).toEqual(["set-aside", "identify"]);
    expect(step.state).toMatchObject({ phase: open.phase, stepUp: { step: "identifying", application: "B" } });
  });

  test("where nobody sits, or another seat is, is refused at once", () => {
    for (const phase of ["idle, a covered seat", "entering-pin", "opening", "finished, a covered seat", "refused"])
      expect(transition(stateIn(phases[phase] as never), wanted).effects).toMatchObject([
        { type: "refuse-step-up", code: "session-unknown" },
      ]);
    const { state, effects } = transition(open, events["step-up-wanted (another seat)"] as FlowEvent);
    expect(state).toBe(open);
    expect(types(effects)).toEqual(["refuse-step-up"]);
  });

  test("while a new PIN is typed waits, and begins when that is over", () => {
    const { state } = transition(open, { type: "pin-care-wanted" });
    const waiting = transition(state, wanted);
    expect(types(waiting.effects)).toEqual(["set-aside"]);
    expect(waiting.state.stepUp).toMatchObject({ step: "waiting" });
    const begun = transition(waiting.state, { type: "cancelled" });
    expect(begun.state).toMatchObject({ care: undefined, stepUp: { step: "identifying" } });
    expect(types(begun.effects)).toEqual(["identify"]);
  });

  test("while another is asked: the newest counts", () => {
    const { state, effects } = stepFrom("typing", "step-up-wanted (this seat)");
    expect(state.stepUp).toMatchObject({ id: "u2", step: "identifying" });
    expect(types(effects)).toEqual(["set-aside", "identify"]);
  });

  test("keeps a new PIN from being asked for meanwhile", () => {
    expect(stepFrom("typing", "pin-care-wanted")).toEqual({ state: during("typing"), effects: [] });
  });
});

describe("the PIN of a step-up", () => {
  test("card, challenge, tries, PIN, proof: the session is raised, and the applications come back", () => {
    const chain = [
      ["identifying", "card-identified", "challenging", ["ask-step-up-challenge"]],
      ["challenging", "challenge-offered (PIN)", "counting", ["count-tries"]],
      ["counting", "tries-counted", "typing", ["watch-challenge-age"]],
      ["typing", "pin-submitted", "signing", ["sign-with-pin"]],
      ["signing", "proof-signed", "sending", ["send-step-up-proof"]],
    ] as const;
    for (const [step, event, next, effects] of chain) {
      const taken = stepFrom(step, event);
      expect([taken.state.stepUp?.step, types(taken.effects)]).toEqual([next, [...effects]]);
    }
    const done = stepFrom("sending", "step-up-granted");
    expect(done.state.stepUp).toBeUndefined();
    expect(done.effects).toEqual([{ type: "uncover-screen", seat: "t1" }]);
  });

  test("what was open stays open, and what card and PIN open can be opened now", () => {
    const { session } = events["step-up-granted"] as Extract<FlowEvent, { type: "step-up-granted" }>;
    const applications = [
      { id: "a", name: "A", icon: "x", open: true },
      { id: "b", name: "B", icon: "x", open: false },
      { id: "c", name: "C", icon: "x", open: false },
    ];
    const raised: SeatedSession = { ...session, means: "card-pin", applications };
    const { state } = transition(during("sending"), { type: "step-up-granted", attempt: 7, session: raised });
    expect(state.phase).toMatchObject({
      name: "open",
      session: { means: "card-pin", applications: [{ id: "a", open: false }, { id: "b", open: true }, { id: "c" }] },
    });
  });

  test("a grant that nobody waits for raises nothing here", () => {
    for (const step of ["typing", "signing", "failed"]) {
      const { state, effects } = stepFrom(step, "step-up-granted");
      expect(state).toEqual(during(step));
      expect(effects).toEqual([]);
    }
  });

  test("wrong: it is reported and counted, and the demand lives", () => {
    const { state, effects } = stepFrom("signing", "call-failed (pin-wrong, tries left)");
    expect(effects).toMatchObject([
      { type: "report-refusal", denied: "step-up", code: "pin-wrong", triesLeft: 2 },
      { type: "count-tries" },
    ]);
    expect(state.stepUp).toMatchObject({ step: "counting", problem: "pin-wrong" });
    expect(types(stepFrom("counting, after a wrong PIN", "tries-counted").effects)).toEqual(["ask-step-up-challenge"]);
  });

  test("the last try goes out only when it is confirmed", () => {
    const unsure = during("typing, last try not confirmed");
    expect(transition(unsure, { type: "pin-submitted" })).toEqual({ state: unsure, effects: [] });
    expect(walk(unsure, { type: "last-try-confirmed" }, { type: "pin-submitted" }).effects).toEqual(["sign-with-pin"]);
  });

  test("blocked, or the card in trouble: the broker is told, the person reads why, and closes it", () => {
    for (const [step, event, code] of [
      ["signing", "call-failed (pin-blocked)", "pin-blocked"],
      ["counting", "tries-counted (none left)", "pin-blocked"],
      ["identifying", "call-failed (card-mute)", "card-mute"],
      ["challenging", "call-failed (refused by the broker)", "certificate-revoked"],
      ["sending", "call-failed (broker-unreachable)", "broker-unreachable"],
    ] as const) {
      const failed = stepFrom(step, event);
      expect(failed.effects).toMatchObject([{ type: "refuse-step-up", stepUp: "u1", code }]);
      expect(failed.state).toMatchObject({ phase: { name: "open" }, stepUp: { step: "failed", code } });
      expect(walk(failed.state, { type: "cancelled" }).effects).toEqual(["uncover-screen"]);
    }
  });

  test("typed on the reader: asked for there at once, but for the last try", () => {
    expect(types(stepFrom("counting", "tries-counted (to be typed on the reader)").effects)).toEqual(["sign-with-pin"]);
    const counted = events["tries-counted (to be typed on the reader)"] as Extract<
      FlowEvent,
      { type: "tries-counted" }
    >;
    const last = { ...counted, pin: { ...counted.pin, triesLeft: 1 } };
    const asked = transition(during("counting"), last);
    expect(asked.state.stepUp).toMatchObject({ step: "typing", confirmed: false });
    expect(walk(asked.state, { type: "last-try-confirmed" }).effects).toEqual(["sign-with-pin"]);
  });
});

describe("a step-up ends", () => {
  test("when the person cancels: told, and the applications are back; not while the card has the PIN", () => {
    for (const step of ["identifying", "challenging", "counting", "typing"]) {
      const { state, effects } = stepFrom(step, "cancelled");
      expect(effects).toMatchObject([
        { type: "refuse-step-up", code: "step-up-cancelled" },
        { type: "uncover-screen" },
      ]);
      expect(state).toEqual({ ...during(step), stepUp: undefined });
    }
    for (const step of ["signing", "sending"])
      expect(stepFrom(step, "cancelled")).toEqual({ state: during(step), effects: [] });
  });

  test("when the broker waits no longer, but for what is on its way and for a failure that stands to be read", () => {
    for (const step of ["waiting, while a new PIN is typed", "identifying", "typing"])
      expect(types(stepFrom(step, "step-up-over").effects)).toEqual(["uncover-screen"]);
    for (const step of ["signing", "sending", "failed"]) expect(stepFrom(step, "step-up-over").effects).toEqual([]);
    const other: FlowEvent = { type: "step-up-over", stepUp: "u9" };
    expect(transition(during("typing"), other).effects).toEqual([]);
  });

  test("with the seat, which is covered first", () => {
    for (const step of Object.keys(stepUps)) {
      for (const event of [
        "card-removed (this one)",
        "lock-wanted",
        "end-wanted",
        "session-expired",
        "seat-lost (moved)",
      ]) {
        const { state, effects } = stepFrom(step, event);
        expect(state.stepUp).toBeUndefined();
        expect(state.phase.name).not.toBe("open");
        expect(effects[0]?.type).toBe("cover-screen");
        expect(types(effects)).not.toContain("uncover-screen");
      }
    }
  });
});
