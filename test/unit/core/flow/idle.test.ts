import { describe, expect, test } from "vitest";
import type { FlowEvent } from "../../../../core/flow/flow-event.ts";
import { transition } from "../../../../core/flow/transition.ts";
import { events, phases, stateIn } from "./flow-page.ts";

const warned = events["idle-warned"] as FlowEvent;
const ended = events["idle-ended"] as FlowEvent;
const over = events["idle-over"] as FlowEvent;

function walk(phase: string, ...steps: FlowEvent[]) {
  let state = stateIn(phases[phase] as (typeof phases)[string]);
  let effects: readonly { readonly type: string }[] = [];
  for (const event of steps) ({ state, effects } = transition(state, event));
  return { state, effects, types: effects.map(({ type }) => type) };
}

describe("nobody uses the workstation", () => {
  test("the warning comes in front of the applications, and goes with any sign", () => {
    expect(walk("open", warned)).toMatchObject({ types: ["set-aside"], state: { phase: { coversAt: 1 } } });
    const stayed = walk("open", warned, ended);
    expect(stayed).toMatchObject({
      types: ["uncover-screen"],
      state: { phase: { name: "open", coversAt: undefined } },
    });
  });

  test("covered as by a card that went, before anything else, from when the holder was last there", () => {
    const { state, effects } = walk("open", warned, over);
    expect(effects).toEqual([{ type: "cover-screen" }, { type: "cover-seat", seat: "t1", reason: "idle", awayMs: 1 }]);
    // The card may still be in.
    expect(state.phase).toMatchObject({ name: "finished", insertion: "i1", seat: { since: 0, graceUntil: undefined } });
    expect(walk("open, without a card", over).state.phase).toMatchObject({ name: "idle", seat: { since: 0 } });
  });

  test("without a warning that was seen, a sign changes nothing; nor does word of another seat, or of one that is covered", () => {
    for (const [phase, event] of [
      ["open", ended],
      ["open", { ...warned, seat: "t2" }],
      ["open", { ...over, seat: "t2" }],
      ["finished, a covered seat", warned],
      ["finished, a covered seat", over],
    ] as [string, FlowEvent][]) {
      const before = stateIn(phases[phase] as (typeof phases)[string]);
      expect(transition(before, event), `${phase}: ${event.type}`).toEqual({ state: before, effects: [] });
    }
  });

  test("a question that the window asks already stays in front, and what comes after it is the warning", () => {
    const choosing = walk("open, an activity being chosen", warned);
    expect(choosing).toMatchObject({ types: [], state: { phase: { coversAt: 1 } } });
    expect(transition(choosing.state, { type: "cancelled" }).effects).toEqual([{ type: "set-aside", seat: "t1" }]);
    const awake = transition(choosing.state, ended);
    expect(awake.effects).toEqual([]);
    expect(transition(awake.state, { type: "cancelled" }).effects).toEqual([{ type: "uncover-screen", seat: "t1" }]);
  });
});
