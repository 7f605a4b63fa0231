import { beforeEach, describe, expect, test } from "vitest";
import { Failure } from "../../../../core/errors/failure.ts";
import { FakeWorkstation } from "../../../fakes/fake-workstation.ts";

let here: FakeWorkstation;

beforeEach(() => {
  here = new FakeWorkstation();
});

describe("the PIN", () => {
  test("wrong: said, reported once, asked again with the tries left; never sent again by itself", async () => {
    here.signWithPin = async () => {
      here.triesLeft = 2;
      throw new Failure("pin-wrong", { triesLeft: 2 });
    };
    await here.signIn();
    expect(here.screen).toMatchObject({ name: "pin", triesLeft: 2, problem: "pin-wrong" });
    expect(here.acts).toEqual(["card.sign 6 digits"]);
    expect(here.reports).toMatchObject([{ code: "pin-wrong", triesLeft: 2, report: "uuid-1" }]);
  });

  test("the last try waits for a confirmation", async () => {
    here.triesLeft = 1;
    await here.signIn();
    expect(here.screen).toMatchObject({ name: "pin", confirmLastTry: true });
    expect(here.acts).toEqual([]);
    here.agent.intend({ type: "confirm-last-try" });
    here.type("314159");
    await here.settle();
    expect(here.screen.name).toBe("portal");
  });

  test("right after a wrong one, minutes later: the challenge is a young one", async () => {
    let asked = 0;
    here.challenge = async () => {
      asked += 1;
    };
    here.insert();
    await here.settle();
    await here.passTime(40_000);
    here.signWithPin = async () => Promise.reject(new Failure("pin-wrong", { triesLeft: 2 }));
    here.type("000000");
    await here.settle();
    expect(asked).toBe(2);
    await here.passTime(40_000);
    here.signWithPin = async () => Uint8Array.of(1);
    here.type("314159");
    await here.settle();
    expect(here.screen.name).toBe("portal");
    expect(asked).toBe(2);
  });

  test("blocked: the way out is shown, the card is not asked", async () => {
    here.triesLeft = 0;
    here.insert();
    await here.settle();
    expect(here.screen).toEqual({ name: "trouble", code: "pin-blocked", triesLeft: 0, canUnblock: true });
    expect(here.reports).toMatchObject([{ code: "pin-blocked" }]);
  });

  test("is wiped in every place, and stands in no view, message or log", async () => {
    const messages: string[] = [];
    here.agent.subscribe(message => messages.push(JSON.stringify(message)));
    here.insert();
    await here.settle();
    const digits = [..."90731486"].map(digit => digit.charCodeAt(0));
    const { screen } = here;
    here.agent.intend({ type: "submit-pin", question: screen.name === "pin" ? screen.question : 0, pin: digits });
    await here.settle();
    expect(digits).toEqual(new Array(8).fill(0));
    expect([...(here.pinSeen ?? [1])]).toEqual(new Array(8).fill(0));
    const everything = [...messages, ...here.logged, ...here.acts].join("\n");
    expect(everything).not.toContain("90731486");
    expect(everything).not.toContain(String([..."90731486"].map(digit => digit.charCodeAt(0))));
    expect(everything).toContain("AUBERT");
  });

  test("for an older question goes nowhere, and is wiped", async () => {
    here.insert();
    await here.settle();
    const digits = [51, 49];
    here.agent.intend({ type: "submit-pin", question: 99, pin: digits });
    await here.settle();
    expect(here.acts).toEqual([]);
    expect(digits).toEqual([0, 0]);
    expect(here.screen.name).toBe("pin");
  });

  test("a challenge that grows old while the person thinks is asked for anew", async () => {
    let asked = 0;
    here.challenge = async () => {
      asked += 1;
    };
    here.insert();
    await here.settle();
    await here.passTime(46_000);
    expect(asked).toBe(2);
    expect(here.screen).toMatchObject({ name: "pin" });
    here.type("314159");
    await here.settle();
    expect(here.screen.name).toBe("portal");
  });
});

describe("a reader with keys of its own", () => {
  test("the PIN is asked for there at once, and none goes through here", async () => {
    here.onReader = true;
    let typed = (_: Uint8Array) => {};
    here.signWithPin = () => new Promise(resolve => (typed = resolve));
    here.insert();
    await here.settle();
    expect(here.screen).toMatchObject({ name: "pin-pad", holder: { displayName: "Camille AUBERT" }, triesLeft: 3 });
    expect(here.acts).toEqual(["card.sign on the reader"]);
    typed(Uint8Array.of(1));
    await here.settle();
    expect(here.screen.name).toBe("portal");
  });

  test("after a wrong one, and before the last try, the person says when", async () => {
    here.onReader = true;
    here.signWithPin = async () => {
      here.triesLeft -= 1;
      throw new Failure("pin-wrong", { triesLeft: here.triesLeft });
    };
    here.insert();
    await here.settle();
    expect(here.screen).toMatchObject({ name: "pin", onReader: true, problem: "pin-wrong", triesLeft: 2 });
    here.type("");
    await here.settle();
    expect(here.screen).toMatchObject({ name: "pin", onReader: true, triesLeft: 1, confirmLastTry: true });
    expect(here.acts).toHaveLength(2);
    here.signWithPin = async () => Uint8Array.of(1);
    here.agent.intend({ type: "confirm-last-try" });
    await here.settle();
    expect(here.screen.name).toBe("portal");
  });

  test.each(["pin-entry-cancelled", "pin-entry-timed-out"] as const)(
    "%s: nothing opens, and it is reported",
    async code => {
      here.onReader = true;
      here.signWithPin = async () => Promise.reject(new Failure(code));
      here.insert();
      await here.settle();
      expect(here.screen).toMatchObject({ name: "trouble", code });
      expect(here.reports).toMatchObject([{ denied: "sign-in", code }]);
    },
  );
});
