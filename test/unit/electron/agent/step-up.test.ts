import { beforeEach, describe, expect, test } from "vitest";
import { Failure } from "../../../../core/errors/failure.ts";
import { FakeWorkstation } from "../../../fakes/fake-workstation.ts";

let here: FakeWorkstation;

beforeEach(() => {
  here = new FakeWorkstation();
});

describe("an application asks for the PIN again", () => {
  const wanted = { type: "step-up-wanted", stepUp: "u1", seat: "seat-1", application: "Prescriptions" } as const;

  beforeEach(async () => {
    await here.signIn();
    here.acts.length = 0;
  });

  test("it is asked for in front of the applications; the card's proof raises the session, and they are back", async () => {
    here.session = { ...here.session, means: "card-presence" };
    here.broker(wanted);
    await here.settle();
    expect(here.screen).toMatchObject({ name: "pin", askedBy: "Prescriptions", triesLeft: 3 });
    here.type("314159");
    await here.settle();
    expect(here.acts).toEqual([
      "aside seat-1",
      "broker.challenge u1",
      "card.sign 6 digits",
      "broker.prove u1",
      "uncover seat-1",
    ]);
    expect(here.screen).toMatchObject({ name: "portal", means: "card-pin" });
    expect(here.pinSeen?.every(digit => digit === 0)).toBe(true);
  });

  test("a PIN that was typed for another question is not taken", async () => {
    here.broker(wanted);
    await here.settle();
    here.agent.intend({ type: "submit-pin", question: 1, pin: [49, 50, 51, 52, 53, 54] });
    await here.settle();
    expect(here.acts).not.toContain("card.sign 6 digits");
  });

  test("a wrong PIN is recorded, and asked for again; the session stays", async () => {
    here.broker(wanted);
    await here.settle();
    here.signWithPin = async () => Promise.reject(new Failure("pin-wrong", { triesLeft: 2 }));
    here.triesLeft = 2;
    here.type("000000");
    await here.settle();
    expect(here.screen).toMatchObject({ name: "pin", problem: "pin-wrong", triesLeft: 2, askedBy: "Prescriptions" });
    expect(here.reports).toMatchObject([{ denied: "step-up", code: "pin-wrong", triesLeft: 2 }]);
  });

  test("cancelled: the broker is told, and the applications are back", async () => {
    here.broker(wanted);
    await here.settle();
    here.agent.intend({ type: "cancel" });
    await here.settle();
    expect(here.acts).toEqual([
      "aside seat-1",
      "broker.challenge u1",
      "broker.refuse u1 step-up-cancelled",
      "uncover seat-1",
    ]);
    expect(here.screen).toMatchObject({ name: "portal" });
  });

  test("the card pulled: covered first, and only then told", async () => {
    here.broker(wanted);
    await here.settle();
    here.acts.length = 0;
    here.remove();
    await here.settle();
    expect(here.acts).toEqual(["cover", "broker.cover seat-1"]);
  });

  test("the broker refuses the card: the person reads it, and closes it", async () => {
    here.stepUpChallenge = async () => Promise.reject(new Failure("certificate-revoked"));
    here.broker(wanted);
    await here.settle();
    expect(here.screen).toMatchObject({ name: "trouble", code: "certificate-revoked", askedBy: "Prescriptions" });
    here.agent.intend({ type: "cancel" });
    expect(here.screen.name).toBe("portal");
    expect(here.acts.at(-1)).toBe("uncover seat-1");
  });

  test("the broker waits no longer: the question goes", async () => {
    here.broker(wanted);
    await here.settle();
    here.broker({ type: "step-up-over", stepUp: "u1" });
    expect(here.screen.name).toBe("portal");
  });

  test("the person thinks for long: a fresh challenge is asked for before the old one dies", async () => {
    here.broker(wanted);
    await here.settle();
    await here.passTime(45_000);
    expect(here.acts.filter(act => act === "broker.challenge u1")).toHaveLength(2);
    expect(here.screen).toMatchObject({ name: "pin", askedBy: "Prescriptions" });
  });
});
