import { beforeEach, describe, expect, test } from "vitest";
import { FakeWorkstation } from "../../../fakes/fake-workstation.ts";

let here: FakeWorkstation;

beforeEach(() => {
  here = new FakeWorkstation();
});

describe("what the window is told", () => {
  test("work that takes a moment is not shown, work that lasts is", async () => {
    const told: string[] = [];
    here.agent.subscribe(message =>
      told.push(message.type === "changed" ? (message.changes.screen?.name ?? "") : message.view.screen.name),
    );
    await here.signIn();
    expect(told).toEqual(["cover", "pin", "portal"]);
    here.remove();
    here.challenge = () => new Promise(() => {});
    here.insert("i2");
    await here.settle();
    expect(told.at(-1)).toBe("covered");
    expect(here.screen.name).toBe("working");
    await here.passTime(151);
    expect(told.at(-1)).toBe("working");
  });

  test("a change is one more than the one before, so that a gap shows", async () => {
    const revisions: number[] = [];
    here.agent.subscribe(message =>
      revisions.push(message.type === "changed" ? message.revision : message.view.revision),
    );
    await here.signIn();
    here.remove();
    await here.settle();
    expect(revisions).toEqual(revisions.map((_, index) => (revisions[0] ?? 0) + index));
    expect(revisions.length).toBeGreaterThan(4);
  });
});
