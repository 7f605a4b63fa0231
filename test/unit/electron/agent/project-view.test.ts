import { describe, expect, test } from "vitest";
import { type FlowState, initialFlow } from "../../../../core/flow/flow-state.ts";
import type { StepUp } from "../../../../core/flow/step-up.ts";
import { projectView } from "../../../../electron/agent/project-view.ts";
import { view } from "../../../../protocol/window/view.ts";
import { phases, stateDuring, stateIn, stepUps } from "../../core/flow/flow-page.ts";

const facts = {
  workstation: "w",
  name: "CARDIO-01",
  place: "c",
  placeName: "Cardiology",
  helpdeskPhone: "1",
  demonstration: false,
};
const shown = (state: FlowState, everConnected = true) => projectView(state, facts, everConnected);

describe("every phase", () => {
  test.each(Object.entries(phases))("%s: fits the window's schema", (_name, phase) => {
    expect(() => view.parse({ revision: 1, ...shown(stateIn(phase)) })).not.toThrow();
  });

  test("that is not open shows no tile and no application", () => {
    for (const phase of Object.values(phases)) {
      const { screen } = shown(stateIn(phase));
      expect(["portal", "activity"].includes(screen.name)).toBe(phase.name === "open");
      if (phase.name !== "open") expect(JSON.stringify(screen)).not.toContain("tiles");
    }
  });
});

test("neither identifiers nor seats reach the window", () => {
  for (const phase of Object.values(phases)) {
    const text = JSON.stringify(shown(stateIn(phase)));
    for (const inner of ['"h1"', '"s1"', '"t1"', '"i1"', '"nonce"', '"certificate"']) expect(text).not.toContain(inner);
  }
});

test("a line that never was there is being built; one that was is gone", () => {
  const [up, down] = [{ ...initialFlow, connected: true }, initialFlow];
  expect([shown(up, true), shown(down, true), shown(down, false)].map(one => one.connection)).toEqual([
    "connected",
    "disconnected",
    "connecting",
  ]);
});

test("the reader's trouble is said before anything about its card", () => {
  const open = stateIn(phases["open"] ?? initialFlow.phase);
  expect(shown(open).reader).toEqual({ state: "card-in" });
  expect(shown({ ...open, condition: { kind: "trouble", code: "card-host-lost" } }).reader).toEqual({
    state: "trouble",
    code: "card-host-lost",
  });
  expect(shown(initialFlow).reader).toEqual({ state: "no-reader" });
  expect(shown({ ...initialFlow, condition: { kind: "ready", readers: ["r"] } }).reader).toEqual({ state: "empty" });
});

test("until when the card alone is enough is said only when the broker has said it", () => {
  const phase = phases["idle, a covered seat"];
  if (phase?.name !== "idle" || phase.seat === undefined) throw new Error("no covered seat");
  expect(shown(stateIn(phase)).screen).not.toHaveProperty("graceUntil");
  const told = { ...phase, seat: { ...phase.seat, graceUntil: 7 } };
  expect(shown(stateIn(told)).screen).toMatchObject({ name: "covered", graceUntil: 7 });
});

describe("while an application asks for the PIN again", () => {
  const during = (step: string) => shown(stateDuring(stepUps[step] as StepUp));

  test.each(Object.keys(stepUps))("%s: fits the window's schema, and says nothing that is not the window's", step => {
    expect(() => view.parse({ revision: 1, ...during(step) })).not.toThrow();
    const text = JSON.stringify(during(step));
    for (const inner of ['"h1"', '"s1"', '"t1"', '"i1"', '"u1"', '"nonce"', '"certificate"'])
      expect(text).not.toContain(inner);
  });

  test("the question names it, and whose PIN it is", () => {
    expect(during("typing").screen).toMatchObject({
      name: "pin",
      askedBy: "A",
      holder: { displayName: "H" },
      confirmLastTry: false,
    });
    expect(during("typing, last try not confirmed").screen).toMatchObject({ name: "pin", confirmLastTry: true });
    expect(during("failed").screen).toMatchObject({ name: "trouble", code: "pin-blocked", askedBy: "A" });
  });

  test("on a reader with keys of its own, the picture of the reader names it, too", () => {
    const signing = stepUps["signing"] as Extract<StepUp, { step: "signing" }>;
    const onReader = { ...signing, pin: { ...signing.pin, onReader: true } };
    expect(shown(stateDuring(onReader)).screen).toMatchObject({ name: "pin-pad", askedBy: "A" });
  });

  test("one that waits for the care of the PIN hides nothing", () => {
    expect(during("waiting, while a new PIN is typed")).toMatchObject({
      screen: { name: "portal" },
      pinCare: { step: "typing" },
    });
  });
});
