import { beforeEach, describe, expect, test } from "vitest";
import { Failure } from "../../../../core/errors/failure.ts";
import { FakeWorkstation } from "../../../fakes/fake-workstation.ts";

let here: FakeWorkstation;

beforeEach(() => {
  here = new FakeWorkstation();
});

describe("the way in by card", () => {
  test("card, PIN, portal: the card is asked once, the seat is believed in and uncovered", async () => {
    here.insert();
    await here.settle();
    expect(here.screen).toMatchObject({ name: "pin", triesLeft: 3, holder: { displayName: "Camille AUBERT" } });
    here.type("314159");
    await here.settle();
    expect(here.screen).toMatchObject({ name: "portal", means: "card-pin" });
    expect(here.acts).toEqual(["card.sign 6 digits", "believe seat-1", "uncover seat-1"]);
    expect(here.reports).toEqual([]);
    expect(here.stages.map(stage => stage.stage)).toEqual(["insertion-to-pin-ready", "pin-to-portal"]);
  });

  test("inside the grace window the presence key is enough", async () => {
    here.key = "presence";
    here.insert();
    await here.settle();
    expect(here.screen.name).toBe("portal");
    expect(here.acts).toEqual(["believe seat-1", "uncover seat-1"]);
    expect(here.stages.map(stage => stage.stage)).toEqual(["insertion-to-resumed"]);
  });

  test.each([
    ["has no presence key", async () => undefined],
    ["cannot sign with it", async () => Promise.reject(new Failure("card-mute"))],
  ])("a card that %s is asked for its PIN", async (_what, presence) => {
    here.key = "presence";
    here.presence = presence;
    here.insert();
    await here.settle();
    expect(here.screen.name).toBe("pin");
  });
});
