import { beforeEach, describe, expect, test } from "vitest";
import { Failure } from "../../../../core/errors/failure.ts";
import { FakeWorkstation } from "../../../fakes/fake-workstation.ts";

let here: FakeWorkstation;

beforeEach(() => {
  here = new FakeWorkstation();
});

describe("the broker", () => {
  test("does not answer though the line holds: tried again, without the card's leaving", async () => {
    here.challenge = async () => Promise.reject(new Failure("broker-unreachable"));
    here.insert();
    await here.settle();
    expect(here.screen).toEqual({ name: "trouble", code: "broker-unreachable" });
    here.challenge = async () => {};
    await here.passTime(5_000);
    expect(here.screen.name).toBe("pin");
    expect(here.acts).toEqual([]);
  });

  test("refuses for good: not tried again", async () => {
    let asked = 0;
    here.challenge = async () => {
      asked += 1;
      throw new Failure("certificate-revoked");
    };
    here.insert();
    await here.settle();
    await here.passTime(60_000);
    expect(asked).toBe(1);
  });

  test("refuses: its code is shown, and not reported back to it", async () => {
    here.challenge = async () => Promise.reject(new Failure("certificate-revoked"));
    here.insert();
    await here.settle();
    expect(here.screen).toEqual({ name: "trouble", code: "certificate-revoked" });
    expect(here.reports).toEqual([]);
  });

  test("is away: said, and the card that is still in goes on when it is back, without any PIN sent", async () => {
    here.challenge = async () => Promise.reject(new Failure("broker-unreachable"));
    here.insert();
    await here.settle();
    expect(here.screen).toEqual({ name: "trouble", code: "broker-unreachable" });
    here.challenge = async () => {};
    here.broker({ type: "connected" });
    await here.settle();
    expect(here.screen.name).toBe("pin");
    expect(here.acts).toEqual([]);
  });

  test("says that the seat moved: covered, wiped, and a receipt", async () => {
    await here.signIn();
    here.acts.length = 0;
    here.broker({ type: "seat-lost", seat: "seat-1", reason: "moved", at: 5, workstationName: "CARDIO-02" });
    expect(here.acts).toEqual(["cover", "wipe seat-1", "believe undefined"]);
    expect(here.agent.view()).toMatchObject({
      screen: { name: "cover" },
      receipt: { kind: "moved-away", to: "CARDIO-02", holder: "Camille AUBERT" },
    });
  });

  test("says that a seat was lost that is not here: nothing happens", async () => {
    await here.signIn();
    here.broker({ type: "seat-lost", seat: "seat-9", reason: "moved", at: 5 });
    expect(here.screen.name).toBe("portal");
  });
});

describe("words that overtake each other", () => {
  test("the broker hears of a cover before it is asked what to prove", async () => {
    await here.signIn();
    const covering = Promise.withResolvers<void>();
    here.cover = () => covering.promise;
    let asked = 0;
    here.challenge = async () => {
      asked += 1;
    };
    here.remove();
    here.insert("i2");
    await here.settle();
    expect(asked).toBe(0);
    covering.resolve();
    await here.settle();
    expect(asked).toBe(1);
  });

  test("a cover heard only after the seat was opened again: covered here too, until the card has shown itself", async () => {
    await here.signIn();
    here.cover = async () => Promise.reject(new Failure("broker-unreachable"));
    here.remove();
    here.key = "presence";
    here.insert("i2");
    await here.settle();
    expect(here.screen.name).toBe("portal");
    here.acts.length = 0;
    here.cover = async () => {};
    await here.passTime(5_000);
    expect(here.acts.slice(0, 2)).toEqual(["broker.cover seat-1", "cover"]);
    expect(here.acts.at(-1)).toBe("uncover seat-1");
    expect(here.screen.name).toBe("portal");
  });

  test("a proof without answer: what it may have opened is covered", async () => {
    await here.signIn();
    here.remove();
    await here.settle();
    here.acts.length = 0;
    here.prove = async () => Promise.reject(new Failure("broker-unreachable"));
    here.key = "presence";
    here.insert("i2");
    await here.settle();
    expect(here.screen).toEqual({ name: "trouble", code: "broker-unreachable" });
    expect(here.acts).toEqual(["broker.renew", "broker.cover seat-1"]);
    expect(here.reports).toEqual([]);
  });

  test("a report whose answer was lost is repeated under the same name", async () => {
    here.triesLeft = 0;
    here.report = async () => Promise.reject(new Failure("broker-unreachable"));
    here.insert();
    await here.settle();
    here.report = async () => {};
    await here.passTime(5_000);
    expect(here.reports).toMatchObject([
      { code: "pin-blocked", report: "uuid-1" },
      { code: "pin-blocked", report: "uuid-1" },
    ]);
    await here.passTime(60_000);
    expect(here.reports).toHaveLength(2);
  });
});
