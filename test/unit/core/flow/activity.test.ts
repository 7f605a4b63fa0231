import { describe, expect, test } from "vitest";
import type { ActivityChoice } from "../../../../core/flow/activity-choice.ts";
import type { FlowEvent } from "../../../../core/flow/flow-event.ts";
import type { FlowState, Phase } from "../../../../core/flow/flow-state.ts";
import { transition } from "../../../../core/flow/transition.ts";
import type { SeatedSession, SessionApplication } from "../../../../core/ports/broker-connection.ts";
import { mostFavourites } from "../../../../core/session/most-favourites.ts";
import { events, phases, stateIn } from "./flow-page.ts";

const application = (id: string, more: Partial<SessionApplication> = {}): SessionApplication => ({
  id,
  name: id,
  icon: "x",
  open: false,
  ...more,
});

const change: FlowEvent = { type: "activity-change-wanted" };
const wanted = (activity: string): FlowEvent => ({ type: "activity-wanted", activity });
const launchWanted: FlowEvent = { type: "launch-wanted", application: "a" };

function sessionOf(phase: string): SeatedSession {
  const known = phases[phase];
  if (known?.name !== "open") throw new Error(`${phase} is not open`);
  return known.session;
}

function walk(from: FlowState, ...steps: readonly FlowEvent[]) {
  let state = from;
  let effects: readonly { readonly type: string }[] = [];
  for (const event of steps) ({ state, effects } = transition(state, event));
  return { state, types: effects.map(({ type }) => type), effects, choice: choiceIn(state) };
}

function choiceIn({ phase }: FlowState): ActivityChoice | undefined {
  return phase.name === "open" ? phase.choice : undefined;
}

const unchosen = sessionOf("open, no activity chosen yet");
const chosen = sessionOf("open, under one of two activities");
const at = (phase: string) => stateIn(phases[phase] as Phase);
const granted = (session: SeatedSession): FlowEvent => ({ type: "session-granted", attempt: 7, session, at: 0 });
const described = (attempt: number, session: SeatedSession): FlowEvent => ({
  type: "session-described",
  attempt,
  session,
});
const failed: FlowEvent = {
  type: "call-failed",
  attempt: 8,
  code: "broker-unreachable",
  triesLeft: undefined,
  spokenBy: "broker",
};

describe("a session that stands under no activity yet", () => {
  const own = application("own", { starts: true });

  test("asks before anything opens: what the place is for waits, and applications are not seen", () => {
    const { choice, types } = walk(at("opening"), granted({ ...unchosen, applications: [own] }));
    expect(choice).toMatchObject({ step: "asking", required: true });
    expect(types).not.toContain("launch");
    expect(types).not.toContain("uncover-screen");
    expect(types).toContain("believe-seat");
  });

  test("with one that counts, nothing is asked, and what the place is for starts", () => {
    const { choice, effects } = walk(at("opening"), granted({ ...chosen, applications: [own] }));
    expect(choice).toBeUndefined();
    expect(effects).toContainEqual({ type: "launch", seat: "t1", application: "own" });
  });

  test("launches nothing, and cannot be talked out of the question", () => {
    const asking = at("open, no activity chosen yet");
    const withTile = walk(at("opening"), granted({ ...unchosen, applications: [application("a")] })).state;
    expect(walk(withTile, launchWanted).types).toEqual([]);
    expect(walk(asking, { type: "cancelled" }).choice).toMatchObject({ required: true });
  });

  test("can be locked and ended, and goes with its card", () => {
    for (const event of [
      { type: "lock-wanted", at: 0 },
      { type: "end-wanted", at: 0 },
      { type: "card-removed", insertion: "i1", at: 0 },
    ] as const) {
      const { state, types } = walk(at("open, no activity chosen yet"), event);
      expect(state.phase.name).not.toBe("open");
      expect(types[0]).toBe("cover-screen");
    }
  });

  test("when one is chosen, the broker is told once, and the portal opens with what the place is for", () => {
    const told = walk(at("open, no activity chosen yet"), wanted("surgery"));
    expect(told.effects).toEqual([{ type: "choose-activity", attempt: 8, seat: "t1", activity: "surgery" }]);
    expect(walk(told.state, wanted("hospital")).types).toEqual([]);
    const session = { ...unchosen, activity: "surgery", applications: [own] };
    const { choice, types, state } = walk(told.state, described(8, session));
    expect(choice).toBeUndefined();
    expect(types).toEqual(["wipe-seat", "uncover-screen", "launch"]);
    expect(state.phase).toMatchObject({ session: { activity: "surgery" }, launch: { application: "own" } });
  });

  test("an activity that is not the holder's is not told", () => {
    expect(walk(at("open, no activity chosen yet"), wanted("somebody's")).types).toEqual([]);
  });

  test("where the broker cannot be reached, the question stays, and says so", () => {
    const { choice } = walk(at("open, no activity chosen yet"), wanted("surgery"), failed);
    expect(choice).toEqual({ step: "asking", required: true, problem: "broker-unreachable" });
  });
});

describe("changing the activity", () => {
  const open = at("open, under one of two activities");

  test("is asked, and can be left", () => {
    expect(walk(open, change).choice).toMatchObject({ step: "asking", required: false });
    expect(walk(open, change, { type: "cancelled" }).choice).toBeUndefined();
    expect(walk(open, change, wanted("hospital"))).toMatchObject({ choice: undefined, types: ["uncover-screen"] });
  });

  test("is not offered to a holder of one activity, or of none", () => {
    expect(walk(at("open"), change).choice).toBeUndefined();
    const single = { ...chosen, activities: chosen.activities.slice(0, 1) };
    expect(walk(walk(at("opening"), granted(single)).state, change).choice).toBeUndefined();
  });

  test("closes what was opened under the other one, before anything is seen again", () => {
    const answer = described(8, { ...chosen, activity: "surgery", applications: [application("a")] });
    const { types, state } = walk(open, change, wanted("surgery"), answer);
    expect(types).toEqual(["wipe-seat", "uncover-screen"]);
    expect(state.phase).toMatchObject({ session: { activity: "surgery", applications: [{ id: "a", open: false }] } });
  });

  test("that failed leaves everything open as it was", () => {
    const { choice, types, state } = walk(open, change, wanted("surgery"), failed);
    expect(choice).toMatchObject({ step: "asking", required: false, problem: "broker-unreachable" });
    expect(types).toEqual([]);
    expect(state.phase).toMatchObject({ session: { activity: "hospital" } });
  });

  test("an answer to another question, or for a seat that has been covered meanwhile, changes nothing", () => {
    const answer = described(8, { ...chosen, activity: "surgery" });
    const telling = walk(open, change, wanted("surgery")).state;
    expect(walk(telling, described(6, unchosen)).state).toBe(telling);
    const locked = walk(telling, { type: "lock-wanted", at: 0 }).state;
    expect(walk(locked, answer)).toMatchObject({ state: locked, types: [] });
  });

  test("a launch whose answer comes late is not taken for the broker's word on the activity", () => {
    const telling = walk(open, change, wanted("surgery")).state;
    const late = { type: "launch-failed", seat: "t1", application: "a", code: "activity-not-chosen" } as const;
    expect(walk(telling, late).choice).toMatchObject({ step: "telling", activity: "surgery" });
  });
});

describe("an activity that has gone", () => {
  const refused: FlowEvent = { type: "launch-failed", seat: "t1", application: "a", code: "activity-not-chosen" };
  const open = at("open, under one of two activities");

  test("shows at the next launch: the broker is asked, and the holder after it", () => {
    const looking = walk(open, refused);
    expect(looking.effects).toEqual([{ type: "describe-session", attempt: 8, seat: "t1" }]);
    const { choice, types } = walk(looking.state, described(8, unchosen));
    expect(choice).toMatchObject({ step: "asking", required: true });
    expect(types).toEqual(["cover-screen", "wipe-seat"]);
  });

  test("where it was the last one, the session goes on without, and its applications are closed", () => {
    const { activity: _, ...without } = { ...chosen, activities: [] };
    const { choice, types } = walk(open, refused, described(8, without));
    expect(choice).toBeUndefined();
    expect(types.slice(0, 2)).toEqual(["wipe-seat", "uncover-screen"]);
  });

  test("another refusal of a launch asks nothing", () => {
    const other = { ...refused, code: "application-not-entitled" } as FlowEvent;
    expect(walk(open, other)).toMatchObject({ choice: undefined, types: [] });
  });
});

describe("where applications were left open", () => {
  const elsewhere = application("a", { elsewhere: "CARDIO-02" });
  const session = { ...sessionOf("open"), applications: [elsewhere] };

  test("what was open at another workstation opens here, and is open here from then on", () => {
    const { state, effects } = walk(at("opening"), granted(session));
    expect(effects).toContainEqual({ type: "launch", seat: "t1", application: "a" });
    const opened = walk(state, events["application-launched"] as FlowEvent).state;
    expect(opened.phase).toMatchObject({ session: { applications: [{ id: "a", open: true, elsewhere: undefined }] } });
  });

  test("what stays closed here is not opened, and stays where it was left", () => {
    const closed = { ...elsewhere, unavailable: { reason: "means" } as const };
    const { state, types } = walk(at("opening"), granted({ ...session, applications: [closed] }));
    expect(types).not.toContain("launch");
    expect(state.phase).toMatchObject({ session: { applications: [{ elsewhere: "CARDIO-02" }] } });
  });

  test("what could not be opened here can be opened again by hand", () => {
    const failing = { type: "launch-failed", seat: "t1", application: "a", code: "application-not-started" } as const;
    expect(walk(at("opening"), granted(session), failing, launchWanted).types).toEqual(["launch"]);
  });
});

describe("favourites", () => {
  const mark = (id: string, favourite: boolean): FlowEvent => ({
    type: "favourite-wanted",
    application: id,
    favourite,
  });

  test("are marked at once, told to the broker, and taken away again", () => {
    const marked = walk(at("open"), mark("a", true));
    expect(marked.effects).toEqual([{ type: "keep-favourite", seat: "t1", application: "a", favourite: true }]);
    expect(walk(marked.state, mark("a", true)).types).toEqual([]);
    expect(walk(marked.state, mark("a", false)).types).toEqual(["keep-favourite"]);
  });

  test("are of the portal's applications only, and of an open seat's", () => {
    expect(walk(at("open"), mark("unknown", true)).types).toEqual([]);
    expect(walk(at("open"), mark("a", false)).types).toEqual([]);
    expect(walk(at("idle, a covered seat"), mark("a", true)).types).toEqual([]);
  });

  test("are no more than they may be", () => {
    const full = Array.from({ length: mostFavourites }, (_, index) => application(`f${index}`, { favourite: true }));
    const session = { ...sessionOf("open"), applications: [...full, application("one-more")] };
    const { state } = walk(at("opening"), granted(session));
    expect(walk(state, mark("one-more", true)).types).toEqual([]);
    expect(walk(state, mark("f0", false), mark("one-more", true)).types).toEqual(["keep-favourite"]);
  });
});
