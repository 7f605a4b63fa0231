import { beforeEach, describe, expect, test } from "vitest";
import { Failure } from "../../../../core/errors/failure.ts";
import type { SeatedSession } from "../../../../core/ports/broker-connection.ts";
import { FakeWorkstation } from "../../../fakes/fake-workstation.ts";

let here: FakeWorkstation;

beforeEach(() => {
  here = new FakeWorkstation();
});

describe("an emergency", () => {
  const reason = { kind: "vital", words: "cardiac arrest" };
  const breakGlass = { ...reason, until: 2_800_000, identity: "proved" } as const;
  const closed = {
    id: "laboratory",
    name: "Laboratory",
    icon: "x",
    open: false,
    unavailable: { reason: "break-glass" },
  } as const;

  test("without a card: name and reason go to the broker, and the portal says that nobody proved it", async () => {
    here.agent.intend({ type: "sign-in-by-break-glass" });
    expect(here.screen).toMatchObject({ name: "break-glass", who: "", words: "" });
    const claim = { ...breakGlass, identity: "claimed" } as const;
    here.signInByGlass = async () => ({ ...here.session, means: "break-glass", breakGlass: claim });
    const question = here.screen.name === "break-glass" ? here.screen.question : 0;
    // Typed into another question: too late.
    here.agent.intend({ type: "submit-break-glass", question: question - 1, who: "Inès Morel", ...reason });
    await here.settle();
    expect(here.screen.name).toBe("break-glass");
    here.agent.intend({ type: "submit-break-glass", question, who: "Inès Morel", ...reason });
    await here.settle();
    expect(here.screen).toMatchObject({ name: "portal", means: "break-glass", breakGlass: claim });
    expect(here.acts).toEqual(["broker.glass Inès Morel vital", "believe seat-1", "uncover seat-1"]);
    here.insert();
    expect(here.acts.at(-1)).toBe("cover");
  });

  test("without a card, refused: the question stands again, with what was typed and why; it can be left", async () => {
    here.agent.intend({ type: "sign-in-by-break-glass" });
    here.signInByGlass = async () => Promise.reject(new Failure("break-glass-refused"));
    const question = here.screen.name === "break-glass" ? here.screen.question : 0;
    here.agent.intend({ type: "submit-break-glass", question, who: "Inès Morel", ...reason });
    await here.settle();
    expect(here.screen).toMatchObject({
      ...{ name: "break-glass", who: "Inès Morel", words: reason.words, problem: "break-glass-refused" },
    });
    here.agent.intend({ type: "cancel" });
    expect(here.screen).toEqual({ name: "cover" });
  });

  describe("with a card", () => {
    beforeEach(async () => {
      here.session = { ...here.session, applications: [...here.session.applications, closed] };
      await here.signIn();
      here.acts.length = 0;
    });
    const wanted = { type: "break-glass", application: "laboratory", ...reason } as const;
    const broken = (): SeatedSession => ({
      ...here.session,
      applications: [
        { id: "record", name: "Record", icon: "file-text", open: false },
        { id: "laboratory", name: "Laboratory", icon: "x", open: false },
      ],
      breakGlass,
    });

    test("the broker is asked; once the glass is broken the application opens by itself", async () => {
      here.agent.intend(wanted);
      await here.settle();
      expect(here.acts).toEqual(["broker.raise laboratory vital"]);
      here.describeSession = async () => broken();
      here.broker({ type: "session-changed", seat: "seat-1" });
      await here.settle();
      expect(here.screen).toMatchObject({ name: "portal", breakGlass });
      expect(here.acts).toContain("open laboratory http://launch/laboratory");
    });

    test("refused: the portal says why, and nothing opens", async () => {
      here.raiseGlass = async () => Promise.reject(new Failure("sign-in-throttled"));
      here.agent.intend(wanted);
      await here.settle();
      expect(here.screen).toMatchObject({
        ...{ name: "portal", breakGlassRefused: { application: "laboratory", code: "sign-in-throttled" } },
      });
      // What is open to him anyway needs no emergency.
      here.agent.intend({ ...wanted, application: "record" });
      await here.settle();
      expect(here.acts).toEqual(["broker.raise laboratory vital"]);
    });

    test("ended: what the broker has closed is closed here, and nothing else; also where its word does not come", async () => {
      here.agent.intend(wanted);
      here.describeSession = async () => broken();
      here.broker({ type: "session-changed", seat: "seat-1" });
      await here.settle();
      here.agent.intend({ type: "launch", application: "record" });
      await here.settle();
      here.agent.intend({ type: "end-break-glass" });
      await here.settle();
      expect(here.acts).toContain("broker.end-glass seat-1");
      const record = { id: "record", name: "Record", icon: "file-text", open: true };
      here.describeSession = async () => ({ ...here.session, applications: [record, closed] });
      await here.passTime(breakGlass.until + 2_000 - here.now);
      expect(here.acts.filter(act => act.startsWith("quit"))).toEqual(["quit laboratory"]);
      expect(here.screen).toMatchObject({ name: "portal", tiles: [{ id: "record", open: true }, { open: false }] });
      expect(here.screen).not.toHaveProperty("breakGlass");
    });
  });
});
