import { beforeEach, describe, expect, test } from "vitest";
import type { FlowState } from "../../../../core/flow/flow-state.ts";
import { Stopwatch } from "../../../../electron/agent/stopwatch.ts";
import { phases, stateIn } from "../../core/flow/flow-page.ts";

const state = (name: string): FlowState => {
  const phase = phases[name];
  if (phase === undefined) throw new Error(`no phase ${name}`);
  return stateIn(phase);
};

let now: number;
let stopwatch: Stopwatch;

beforeEach(() => {
  now = 0;
  stopwatch = new Stopwatch({ now: () => now });
});

/** Goes through phases, so many milliseconds in each; answers what was measured. */
function go(...steps: readonly (readonly [phase: string, ms: number])[]) {
  let before = state("idle, nobody's seat");
  const measured = [];
  for (const [name, ms] of steps) {
    const after = state(name);
    const stage = stopwatch.stepped(before, after, now);
    if (stage !== undefined) measured.push([stage.stage, stage.ms]);
    now += ms;
    before = after;
  }
  return measured;
}

const toPin = [
  ["identifying", 30],
  ["challenging", 20],
  ["counting-tries", 10],
  ["entering-pin", 4_000],
] as const;

describe("the stages that a hospital cares about", () => {
  test("with a PIN", () => {
    expect(go(...toPin, ["signing", 300], ["opening", 40], ["open", 0])).toEqual([
      ["insertion-to-pin-ready", 60],
      ["pin-to-portal", 340],
    ]);
  });

  test("a wrong PIN does not count as a second insertion, and the right one is timed by itself", () => {
    const again = [
      ["signing", 300],
      ["counting-tries, after a wrong PIN", 10],
      ["entering-pin", 2_000],
      ["signing", 300],
      ["opening", 40],
      ["open", 0],
    ] as const;
    expect(go(...toPin, ...again)).toEqual([
      ["insertion-to-pin-ready", 60],
      ["pin-to-portal", 340],
    ]);
  });

  test("without a PIN", () => {
    expect(go(["identifying", 30], ["challenging", 20], ["presenting", 100], ["opening", 40], ["open", 0])).toEqual([
      ["insertion-to-resumed", 190],
    ]);
  });

  test("the card's going is timed to the cover; locking and ending are not the card's going", () => {
    const open = state("open");
    now = 100;
    stopwatch.stepped(state("opening"), open, 90);
    now = 205;
    expect(stopwatch.stepped(open, state("idle, a covered seat"), 200)).toEqual({ stage: "removal-to-covered", ms: 5 });
    expect(stopwatch.stepped(open, state("finished, a covered seat"), 200)).toBeUndefined();
  });
});

test("what goes out with a proof says where the seconds went", () => {
  go(...toPin, ["signing", 300]);
  expect(stopwatch.soFar()).toMatchObject({
    identifying: 30,
    challenging: 20,
    "counting-tries": 10,
    "entering-pin": 4_000,
    signing: 300,
    "insertion-to-proof": 4_360,
    "pin-to-proof": 300,
  });
});

test("another insertion starts from nothing", () => {
  go(...toPin);
  stopwatch.stepped(state("entering-pin"), state("idle, nobody's seat"), now);
  now += 50;
  stopwatch.stepped(state("idle, nobody's seat"), state("identifying"), now);
  now += 30;
  expect(stopwatch.soFar()).toEqual({ identifying: 30, "insertion-to-proof": 30 });
});
