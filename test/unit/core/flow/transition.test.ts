import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { FlowEvent } from "../../../../core/flow/flow-event.ts";
import type { Phase } from "../../../../core/flow/flow-state.ts";
import { transition } from "../../../../core/flow/transition.ts";
import { events, flowPage, phases, stateIn } from "./flow-page.ts";

const stepFrom = (phase: keyof typeof phases, event: keyof typeof events) =>
  transition(stateIn(phases[phase] as never), events[event] as FlowEvent);
const effectsOf = (phase: string, event: string) => stepFrom(phase, event).effects.map(effect => effect.type);

test("docs/flow.md is the transition table", async () => {
  await expect(flowPage()).toMatchFileSnapshot(join(import.meta.dirname, "../../../../docs/flow.md"));
});

/** The compiler keeps these whole. */
const phaseNames = {
  idle: 0,
  identifying: 0,
  challenging: 0,
  presenting: 0,
  "counting-tries": 0,
  "entering-pin": 0,
  signing: 0,
  opening: 0,
  open: 0,
  finished: 0,
  refused: 0,
} satisfies Record<Phase["name"], 0>;
const eventTypes = {
  "condition-changed": 0,
  "card-inserted": 0,
  "card-removed": 0,
  "broker-connected": 0,
  "broker-disconnected": 0,
  "card-identified": 0,
  "challenge-offered": 0,
  "challenge-aged": 0,
  "presence-unavailable": 0,
  "tries-counted": 0,
  "proof-signed": 0,
  "session-granted": 0,
  "call-failed": 0,
  "seat-cover-recorded": 0,
  "seat-lost": 0,
  "application-launched": 0,
  "launch-failed": 0,
  "application-closed": 0,
  "pin-submitted": 0,
  "last-try-confirmed": 0,
  cancelled: 0,
  woken: 0,
  "launch-wanted": 0,
  "lock-wanted": 0,
  "end-wanted": 0,
  "receipt-dismissed": 0,
} satisfies Record<FlowEvent["type"], 0>;

test("every phase and every event stands in the table", () => {
  expect([...new Set(Object.values(phases).map(phase => phase.name))].sort()).toEqual(Object.keys(phaseNames).sort());
  expect([...new Set(Object.values(events).map(event => event.type))].sort()).toEqual(Object.keys(eventTypes).sort());
});

describe("what must never happen, over the whole table", () => {
  const cells = Object.keys(phases).flatMap(phase => Object.keys(events).map(event => [phase, event] as const));

  test("only a session-granted that is awaited opens", () => {
    const opening = cells.filter(
      ([phase, event]) => phase !== "open" && stepFrom(phase, event).state.phase.name === "open",
    );
    expect(opening).toEqual([["opening", "session-granted"]]);
  });

  test("a PIN goes out only when it is submitted, and not before the last try is confirmed", () => {
    const sending = cells.filter(([phase, event]) => effectsOf(phase, event).includes("sign-with-pin"));
    expect(sending).toEqual([["entering-pin", "pin-submitted"]]);
  });

  test("whatever closes an open seat covers the screen first", () => {
    const closing = cells.filter(
      ([phase, event]) => phase === "open" && stepFrom(phase, event).state.phase.name !== "open",
    );
    expect(closing.map(([, event]) => event)).toEqual([
      "card-removed (this one)",
      "seat-lost (moved)",
      "lock-wanted",
      "end-wanted",
    ]);
    for (const [phase, event] of closing) expect(effectsOf(phase, event)[0]).toBe("cover-screen");
  });

  test("older answers change nothing, but a late grant is covered", () => {
    for (const phase of Object.keys(phases)) {
      for (const event of ["an older card-identified", "an older proof-signed"]) {
        const step = stepFrom(phase, event);
        expect(step.state.phase).toBe(phases[phase]);
        expect(step.effects).toEqual([]);
      }
      expect(effectsOf(phase, "an older session-granted")).toContain("cover-seat");
    }
  });
});

describe("particular ways", () => {
  test("a wrong PIN is reported, the tries are counted again, and the person is asked", () => {
    const step = stepFrom("signing", "call-failed (pin-wrong, tries left)");
    expect(step.state.phase).toMatchObject({ name: "counting-tries", problem: "pin-wrong" });
    expect(step.effects.map(effect => effect.type)).toEqual(["report-refusal", "count-tries"]);
  });

  test("a blocked card is refused for good", () => {
    expect(stepFrom("signing", "call-failed (pin-blocked)").state.phase).toMatchObject({
      name: "refused",
      code: "pin-blocked",
      triesLeft: 0,
    });
  });

  test("a card that cannot show itself is asked for its PIN; one that was refused by the broker is not", () => {
    expect(stepFrom("presenting", "call-failed (card-mute)").state.phase).toMatchObject({
      name: "challenging",
      presenceAllowed: false,
    });
    expect(stepFrom("presenting", "call-failed (refused by the broker)").state.phase).toMatchObject({
      name: "refused",
    });
  });

  test("when the broker is back, only what was refused for its absence starts again, from the card", () => {
    expect(effectsOf("refused, broker away", "broker-connected")).toEqual(["identify"]);
    expect(effectsOf("refused", "broker-connected")).toEqual([]);
  });

  test("what the broker refused is not reported to it again", () => {
    expect(effectsOf("opening", "call-failed (refused by the broker)")).toEqual([]);
    expect(effectsOf("identifying", "call-failed (card-mute)")).toEqual(["report-refusal"]);
  });

  test("a second card waits, and is looked at when the first leaves", () => {
    const waiting = stepFrom("open", "card-inserted (another)").state;
    expect(waiting.phase.name).toBe("open");
    const left = transition(waiting, events["card-removed (this one)"] as FlowEvent);
    expect(left.state.phase).toMatchObject({ name: "identifying", insertion: "i2", seat: { session: { seat: "t1" } } });
  });

  test("an application that is open is shown, not opened again", () => {
    expect(effectsOf("open", "launch-wanted (open already)")).toEqual(["show-application"]);
    expect(effectsOf("open", "launch-wanted (closed)")).toEqual(["launch"]);
    expect(effectsOf("open", "launch-wanted (not in the portal)")).toEqual([]);
  });
});
