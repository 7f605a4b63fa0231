import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { FailureCode } from "../../../../core/errors/catalogue.ts";
import type { FlowEvent } from "../../../../core/flow/flow-event.ts";
import type { Phase } from "../../../../core/flow/flow-state.ts";
import { transition } from "../../../../core/flow/transition.ts";
import type { PinState } from "../../../../core/ports/card-readers.ts";
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
  "entering-identifier": 0,
  "asking-phone": 0,
  "awaiting-phone": 0,
  "entering-password": 0,
  "proving-password": 0,
  "asking-second-factor": 0,
  "second-factor": 0,
  "proving-code": 0,
  "awaiting-key": 0,
  "turned-away": 0,
  "entering-break-glass": 0,
  "opening-break-glass": 0,
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
  "proof-unanswered": 0,
  "retry-due": 0,
  "session-expired": 0,
  "call-failed": 0,
  "seat-cover-recorded": 0,
  "seat-lost": 0,
  "application-launched": 0,
  "launch-failed": 0,
  "application-closed": 0,
  "phone-wanted": 0,
  "identifier-submitted": 0,
  "phone-asked": 0,
  "password-wanted": 0,
  "password-submitted": 0,
  "second-factor-told": 0,
  "code-submitted": 0,
  "key-wanted": 0,
  "break-glass-wanted": 0,
  "break-glass-submitted": 0,
  "glass-wanted": 0,
  "glass-refused": 0,
  "glass-end-wanted": 0,
  "session-changed": 0,
  "session-renewed": 0,
  "pin-submitted": 0,
  "last-try-confirmed": 0,
  cancelled: 0,
  "step-up-wanted": 0,
  "step-up-over": 0,
  "step-up-granted": 0,
  "pin-care-wanted": 0,
  "new-pin-submitted": 0,
  "pin-renewed": 0,
  woken: 0,
  "launch-wanted": 0,
  "activity-change-wanted": 0,
  "activity-wanted": 0,
  "session-described": 0,
  "favourite-wanted": 0,
  "lock-wanted": 0,
  "idle-warned": 0,
  "idle-ended": 0,
  "idle-over": 0,
  "end-wanted": 0,
  "receipt-dismissed": 0,
} satisfies Record<FlowEvent["type"], 0>;

describe("a new PIN", () => {
  const walk = (phase: string, ...steps: FlowEvent[]) => {
    let state = stateIn(phases[phase] as Phase);
    let effects: readonly { readonly type: string }[] = [];
    for (const event of steps) ({ state, effects } = transition(state, event));
    return { state, effects: effects.map(effect => effect.type) };
  };
  const counted = (triesLeft: number): FlowEvent => ({
    type: "tries-counted",
    attempt: 8,
    pin: { triesLeft, minimumLength: 6, maximumLength: 8, canUnblock: true, onReader: false },
  });
  const wanted: FlowEvent = { type: "pin-care-wanted" };
  const submitted: FlowEvent = { type: "new-pin-submitted" };
  const confirmed: FlowEvent = { type: "last-try-confirmed" };
  const refused = (attempt: number, code: FailureCode, triesLeft?: number): FlowEvent => ({
    type: "call-failed",
    attempt,
    code,
    triesLeft,
    spokenBy: "workstation",
  });

  test("from an open seat: the tries are read first, the session stays, and it is told", () => {
    expect(walk("open", wanted).effects).toEqual(["count-tries"]);
    expect(walk("open", wanted, counted(3)).state.care).toMatchObject({
      step: "typing",
      triesLeft: 3,
      confirmed: true,
    });
    expect(walk("open", wanted, counted(3), submitted).effects).toEqual(["renew-pin"]);
    const renewed: FlowEvent = { type: "pin-renewed", attempt: 10, kind: "change", at: 5 };
    const { state, effects } = walk("open", wanted, counted(3), submitted, renewed);
    expect(effects).toEqual(["report-pin-renewed"]);
    expect(state).toMatchObject({ phase: phases["open"], care: undefined, receipt: { kind: "pin-changed", at: 5 } });
  });

  test("is not asked for from where there is neither a seat nor a blocked PIN, nor where the card has no code for it", () => {
    for (const phase of ["idle, nobody's seat", "entering-pin", "signing", "refused", "finished, a covered seat"])
      expect(walk(phase, wanted)).toMatchObject({ state: { care: undefined }, effects: [] });
    const phase = phases["refused, PIN blocked"] as Extract<Phase, { name: "refused" }>;
    const blocked = { ...(phase.blocked as PinState), canUnblock: false };
    expect(transition(stateIn({ ...phase, blocked }), wanted).state.care).toBeUndefined();
  });

  test("a wrong PIN is reported, counted again, and never sent again by itself", () => {
    const wrong = refused(10, "pin-wrong", 1);
    expect(walk("open", wanted, counted(2), submitted, wrong).effects).toEqual(["report-refusal", "count-tries"]);
    const recounted: FlowEvent = { ...counted(1), attempt: 11 } as FlowEvent;
    const { state } = walk("open", wanted, counted(2), submitted, wrong, recounted);
    expect(state.care).toMatchObject({ step: "typing", problem: "pin-wrong", confirmed: false });
    expect(transition(state, submitted).effects).toEqual([]);
    expect(transition(transition(state, confirmed).state, submitted).effects).toMatchObject([{ type: "renew-pin" }]);
  });

  test("the last wrong one leaves the session open and says that the card is blocked", () => {
    const { state, effects } = walk("open", wanted, counted(1), confirmed, submitted, refused(10, "pin-blocked", 0));
    expect(state).toMatchObject({ phase: { name: "open" }, care: { step: "failed", code: "pin-blocked" } });
    expect(effects).toEqual(["report-refusal"]);
    expect(transition(state, { type: "cancelled" }).state).toMatchObject({ phase: { name: "open" }, care: undefined });
  });

  test("unblocking: the code's own tries count, then the card is looked at again", () => {
    const blocked = "refused, PIN blocked";
    const asked = walk(blocked, wanted);
    expect(asked.state.care).toMatchObject({ step: "typing", kind: "unblock", triesLeft: undefined });
    const wrong = walk(blocked, wanted, submitted, refused(9, "unblocking-code-wrong", 1));
    expect(wrong.state.care).toMatchObject({ step: "typing", triesLeft: 1, confirmed: false });
    expect(transition(wrong.state, submitted).effects).toEqual([]);
    const done = walk(blocked, wanted, submitted, { type: "pin-renewed", attempt: 9, kind: "unblock", at: 5 });
    expect(done.effects).toEqual(["report-pin-renewed", "identify"]);
    expect(done.state).toMatchObject({ phase: { name: "identifying" }, receipt: { kind: "pin-unblocked" } });
    const never = walk(blocked, wanted, submitted, refused(9, "unblocking-code-blocked", 0));
    expect(never.state.care).toMatchObject({ step: "failed", code: "unblocking-code-blocked" });
  });

  test("is over when the card goes, and what the card did after that is still written down", () => {
    const gone: FlowEvent = { type: "card-removed", insertion: "i1", at: 0 };
    const left = walk("open", wanted, counted(3), submitted, gone);
    expect(left.state).toMatchObject({ phase: { name: "idle" }, care: undefined });
    const late: FlowEvent = { type: "pin-renewed", attempt: 10, kind: "change", at: 5 };
    expect(transition(left.state, late)).toMatchObject({
      state: left.state,
      effects: [{ type: "report-pin-renewed" }],
    });
  });

  test("what is on its way to the card cannot be cancelled", () => {
    const { state } = walk("open", wanted, counted(3), submitted, { type: "cancelled" });
    expect(state.care).toMatchObject({ step: "working" });
  });
});

test("every phase and every event stands in the table", () => {
  expect([...new Set(Object.values(phases).map(phase => phase.name))].sort()).toEqual(Object.keys(phaseNames).sort());
  expect([...new Set(Object.values(events).map(event => event.type))].sort()).toEqual(Object.keys(eventTypes).sort());
});

describe("what must never happen, over the whole table", () => {
  const cells = Object.keys(phases).flatMap(phase => Object.keys(events).map(event => [phase, event] as const));

  test("only a session-granted that is awaited opens", () => {
    const opening = cells.filter(
      ([phase, event]) => phases[phase]?.name !== "open" && stepFrom(phase, event).state.phase.name === "open",
    );
    expect(opening).toEqual([
      ["awaiting-phone", "session-granted"],
      ["awaiting-phone", "session-granted (no activity chosen yet)"],
      ["proving-password", "session-granted"],
      ["proving-password", "session-granted (no activity chosen yet)"],
      ["proving-code", "session-granted"],
      ["proving-code", "session-granted (no activity chosen yet)"],
      ["proving-code, without a card", "session-granted"],
      ["proving-code, without a card", "session-granted (no activity chosen yet)"],
      ["awaiting-key", "session-granted"],
      ["awaiting-key", "session-granted (no activity chosen yet)"],
      ["awaiting-key, without a card", "session-granted"],
      ["awaiting-key, without a card", "session-granted (no activity chosen yet)"],
      ["opening-break-glass", "session-granted"],
      ["opening-break-glass", "session-granted (no activity chosen yet)"],
      ["opening", "session-granted"],
      ["opening", "session-granted (no activity chosen yet)"],
    ]);
  });

  test("a PIN goes out only when it is submitted, and not before the last try is confirmed", () => {
    const sending = cells.filter(([phase, event]) => effectsOf(phase, event).includes("sign-with-pin"));
    expect(sending).toEqual([
      // Typed on the reader: the card is asked when the person has typed.
      ["counting-tries", "tries-counted (to be typed on the reader)"],
      ["entering-pin", "pin-submitted"],
    ]);
  });

  test("whatever closes an open seat covers the screen first", () => {
    const closing = cells.filter(
      ([phase, event]) => phase === "open" && stepFrom(phase, event).state.phase.name !== "open",
    );
    expect(closing.map(([, event]) => event)).toEqual([
      "card-removed (this one)",
      "session-expired",
      "seat-cover-recorded",
      "seat-lost (moved)",
      "lock-wanted",
      "idle-over",
      "end-wanted",
    ]);
    for (const [phase, event] of closing) expect(effectsOf(phase, event)[0]).toBe("cover-screen");
  });

  test("older answers change nothing, but what a late or lost grant may have opened is covered", () => {
    for (const phase of Object.keys(phases)) {
      for (const event of ["an older card-identified", "an older proof-signed", "an older proof-unanswered"]) {
        const step = stepFrom(phase, event);
        expect(step.state.phase).toBe(phases[phase]);
        const isSeatWaiting = "seat" in step.state.phase && step.state.phase.seat !== undefined;
        const wanted =
          event !== "an older proof-unanswered" ? [] : [...(isSeatWaiting ? ["cover-seat"] : []), "renew-line"];
        expect(step.effects.map(effect => effect.type)).toEqual(wanted);
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

  test("a card that is done with keeps nobody from another reader", () => {
    for (const phase of ["finished, a covered seat", "refused"]) {
      expect(stepFrom(phase, "card-inserted (another)").state.phase).toMatchObject({
        name: "identifying",
        insertion: "i2",
        seat: { session: { seat: "t1" } },
      });
    }
    expect(stepFrom("entering-pin", "card-inserted (another)").state).toMatchObject({
      phase: { name: "entering-pin", insertion: "i1" },
      others: ["i2"],
    });
  });

  test("after a wrong or malformed PIN the challenge is asked for anew, before it dies of age", () => {
    expect(effectsOf("counting-tries, after a wrong PIN", "tries-counted")).toEqual(["ask-challenge"]);
    expect(effectsOf("signing", "call-failed (pin-malformed)")).toEqual(["ask-challenge"]);
    expect(effectsOf("counting-tries", "tries-counted")).toEqual(["watch-challenge-age"]);
  });

  test("the card alone is not enough when the workstation knows that the grace window is over", () => {
    expect(stepFrom("challenging", "challenge-offered (presence, grace over here)").state.phase).toMatchObject({
      name: "challenging",
      presenceAllowed: false,
    });
    expect(stepFrom("challenging", "challenge-offered (presence)").state.phase.name).toBe("presenting");
  });

  test("trouble of the broker is tried again by itself, a refusal is not", () => {
    for (const code of ["broker-unreachable", "trail-unavailable"])
      expect(effectsOf("challenging", `call-failed (${code})`)).toEqual(["retry-later"]);
    expect(effectsOf("challenging", "call-failed (refused by the broker)")).toEqual([]);
    const due = events["retry-due"] as FlowEvent;
    const away = stateIn(phases["refused, broker away"] as Phase);
    expect(transition({ ...away, connected: true }, due).effects).toMatchObject([{ type: "identify" }]);
    expect(transition(away, due).effects).toEqual([]);
    expect(transition({ ...stateIn(phases["refused"] as Phase), connected: true }, due).effects).toEqual([]);
  });

  test("a proof without answer: the seat that waits is covered again, for it may have been opened", () => {
    const step = stepFrom("opening", "proof-unanswered");
    expect(step.state.phase).toMatchObject({ name: "refused", code: "broker-unreachable" });
    expect(step.effects.map(effect => effect.type)).toEqual(["cover-seat", "renew-line", "retry-later"]);
    expect(effectsOf("open", "proof-unanswered")).toEqual(["renew-line"]);
  });

  test("a session does not outlive its end, also where the broker is away", () => {
    const step = stepFrom("open", "session-expired");
    expect(step.state).toMatchObject({ phase: { name: "finished" }, receipt: { kind: "ended", reason: "expired" } });
    expect(step.effects.map(effect => effect.type)).toEqual([
      "cover-screen",
      "end-session",
      "wipe-seat",
      "believe-seat",
    ]);
    expect(stepFrom("idle, a covered seat", "session-expired").state.phase).toEqual({ name: "idle", seat: undefined });
    expect(effectsOf("open", "session-expired (another seat)")).toEqual([]);
    const tooEarly = { type: "session-expired", seat: "t1", at: 0 } as const;
    expect(transition(stateIn(phases["open"] as Phase), tooEarly).effects).toEqual([]);
  });

  test("a clock that thinks a granted session over is not asked", () => {
    const opening = stateIn(phases["opening"] as Phase);
    const granted = events["session-granted"] as Extract<FlowEvent, { type: "session-granted" }>;
    const types = (at: number) => transition(opening, { ...granted, at }).effects.map(effect => effect.type);
    expect(types(0)).toContain("watch-expiry");
    expect(types(1)).not.toContain("watch-expiry");
  });

  test("that another person took the workstation is said, whichever word comes first", () => {
    const [opening, granted] = [stateIn(phases["opening"] as Phase), events["session-granted"] as FlowEvent];
    const other = { ...(granted as Extract<FlowEvent, { type: "session-granted" }>) };
    const grantedToOther = { ...other, session: { ...other.session, seat: "t2", session: "s2" } };
    const lost = { type: "seat-lost", seat: "t1", reason: "other-holder", at: 0, workstationName: undefined } as const;
    const lostFirst = transition(transition(opening, lost).state, grantedToOther).state;
    const grantedFirst = transition(transition(opening, grantedToOther).state, lost).state;
    expect(lostFirst.receipt).toEqual(grantedFirst.receipt);
    expect(lostFirst.receipt).toMatchObject({ kind: "person-changed", holder: "H" });
  });

  test("a seat that other means took elsewhere is not opened by the proof that was for it; one that this proof replaces is lost in order", () => {
    const lost = { type: "seat-lost", seat: "t1", reason: "replaced", at: 0, workstationName: undefined } as const;
    const granted = events["session-granted"] as FlowEvent;
    // The card's proof goes on with the card's session: its answer may be older than the loss.
    const byCard = transition(stateIn(phases["opening"] as Phase), lost);
    expect(transition(byCard.state, granted).state.phase.name).not.toBe("open");
    // A password opens a session beside it.
    const byPassword = transition(stateIn(phases["proving-password"] as Phase), lost);
    expect(byPassword.state.phase).toMatchObject({ name: "proving-password", seat: undefined });
    expect(transition(byPassword.state, granted).state.phase.name).toBe("open");
  });

  test.each(["ended", "expired", "withdrawn"] as const)(
    "a session that has %s covers the seat, and the cover says so",
    reason => {
      const open = stateIn(phases["open"] as Phase);
      const { state, effects } = transition(open, {
        type: "seat-lost",
        seat: "t1",
        reason,
        at: 7,
        workstationName: undefined,
      });
      expect(effects.map(({ type }) => type)).toEqual(["cover-screen", "wipe-seat", "believe-seat"]);
      expect(state.receipt).toEqual({ kind: "ended", holder: "H", at: 7, reason });
      const another = transition(open, { type: "seat-lost", seat: "t9", reason, at: 7, workstationName: undefined });
      expect(another.state).toEqual(open);
    },
  );

  test("what was said of an open seat is over when it is covered", () => {
    const open = { ...stateIn(phases["open"] as Phase), receipt: { kind: "unlocked-here", at: 0 } as const };
    expect(transition(open, events["card-removed (this one)"] as FlowEvent).state.receipt).toBeUndefined();
    expect(transition(open, events["lock-wanted"] as FlowEvent).state.receipt).toBeUndefined();
    expect(transition(open, events["card-removed (another)"] as FlowEvent).state.receipt).toBeDefined();
  });

  test("an application that is being opened is not opened twice", () => {
    expect(effectsOf("open, an application being opened", "launch-wanted (closed)")).toEqual([]);
    expect(effectsOf("open, an application being opened", "launch-wanted (open already)")).toEqual([
      "show-application",
    ]);
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
