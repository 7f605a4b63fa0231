import { beforeEach, describe, expect, test } from "vitest";
import { FakeWorkstation } from "../../../fakes/fake-workstation.ts";

let here: FakeWorkstation;

beforeEach(() => {
  here = new FakeWorkstation();
});

describe("nobody uses the workstation", () => {
  const minute = 60_000;

  test("is warned, stays by a key of the window or of an application, and is covered in the end", async () => {
    here.session = { ...here.session, idleMs: 15 * minute };
    await here.signIn();
    here.acts.length = 0;
    const openedAt = here.now;
    await here.passTime(14 * minute);
    expect(here.agent.view().coversAt).toBe(openedAt + 15 * minute);
    here.agent.intend({ type: "stir" });
    expect(here.agent.view().coversAt).toBeUndefined();
    expect(here.acts).toEqual(["aside seat-1", "uncover seat-1"]);
    await here.passTime(14 * minute);
    here.useApplication();
    await here.passTime(14 * minute);
    expect(here.screen.name).toBe("portal");
    here.acts.length = 0;
    await here.passTime(minute);
    await here.settle();
    expect(here.screen).toMatchObject({ name: "covered", since: here.now - 15 * minute });
    expect(here.acts).toEqual(["cover", "broker.cover seat-1"]);
    // The grace window counts from when the holder was last there.
    expect(here.coversAgo).toEqual([15 * minute]);
    expect(here.agent.view().coversAt).toBeUndefined();
  });

  test("where the place says never, nobody is", async () => {
    await here.signIn();
    await here.passTime(100 * minute);
    expect(here.screen.name).toBe("portal");
  });
});
