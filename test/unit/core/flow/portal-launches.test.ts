import { describe, expect, test } from "vitest";
import type { FlowEvent } from "../../../../core/flow/flow-event.ts";
import { transition } from "../../../../core/flow/transition.ts";
import type { SessionApplication } from "../../../../core/ports/broker-connection.ts";
import { events, phases, stateIn } from "./flow-page.ts";

const application = (id: string, more: Partial<SessionApplication> = {}): SessionApplication => ({
  id,
  name: id,
  icon: "x",
  open: false,
  ...more,
});

/** The session is granted with these applications. */
function granted(...applications: readonly SessionApplication[]) {
  const answer = Object.values(events).find(({ type }) => type === "session-granted");
  if (answer?.type !== "session-granted") throw new Error("no session");
  return transition(stateIn(phases["opening"] as never), {
    ...answer,
    session: { ...answer.session, applications },
  } as FlowEvent);
}

const launched = (step: ReturnType<typeof granted>) =>
  step.effects.flatMap(effect => (effect.type === "launch" ? [effect.application] : []));

describe("when a session opens here", () => {
  test("what the place is for starts at once, and what came along opens again", () => {
    const step = granted(application("own", { starts: true }), application("open", { open: true }), application("x"));
    expect(launched(step)).toEqual(["own", "open"]);
    expect(step.state.phase).toMatchObject({ name: "open", launch: { state: "opening", application: "own" } });
  });

  test("what stays closed by this means is neither started nor opened again", () => {
    const unavailable = { reason: "means" } as const;
    const step = granted(
      application("own", { starts: true, unavailable }),
      application("open", { open: true, unavailable }),
    );
    expect(launched(step)).toEqual([]);
    expect(step.state.phase).toMatchObject({ name: "open", launch: undefined });
  });

  test("what stays closed is not launched, whoever asks", () => {
    const closed = granted(application("closed", { unavailable: { reason: "means" } }), application("free"));
    const wanted = (id: string) => transition(closed.state, { type: "launch-wanted", application: id });
    expect(launched(wanted("closed"))).toEqual([]);
    expect(launched(wanted("free"))).toEqual(["free"]);
  });
});
