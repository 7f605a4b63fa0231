import { beforeEach, describe, expect, test } from "vitest";
import { Failure } from "../../../../core/errors/failure.ts";
import { FakeWorkstation } from "../../../fakes/fake-workstation.ts";

let here: FakeWorkstation;

beforeEach(() => {
  here = new FakeWorkstation();
});

describe("a new PIN", () => {
  const digits = (text: string) => [...text].map(digit => digit.charCodeAt(0));
  const question = () => {
    const care = here.agent.view().pinCare;
    return care?.step === "typing" ? care.question : 0;
  };
  const renew = (secret: string, newPin: string) =>
    here.agent.intend({ type: "submit-new-pin", question: question(), secret: digits(secret), newPin: digits(newPin) });

  test("is set by the old one; both go once to the card and are wiped, and it is reported", async () => {
    await here.signIn();
    here.agent.intend({ type: "renew-pin" });
    await here.settle();
    expect(here.agent.view().pinCare).toMatchObject({ step: "typing", kind: "change", triesLeft: 3 });
    let seen = "";
    here.renewPin = async (...secrets) => {
      seen = secrets.map(secret => new TextDecoder().decode(secret)).join();
    };
    renew("314159", "271828");
    await here.settle();
    expect(seen).toBe("314159,271828");
    expect(here.secretsSeen.flatMap(secret => [...secret]).every(byte => byte === 0)).toBe(true);
    expect(here.agent.view()).toMatchObject({ screen: { name: "portal" }, receipt: { kind: "pin-changed" } });
    expect(here.agent.view().pinCare).toBeUndefined();
    expect(here.reports).toMatchObject([{ renewed: "change" }]);
  });

  test("an answer to an older question does not reach the card", async () => {
    await here.signIn();
    here.agent.intend({ type: "renew-pin" });
    await here.settle();
    const secret = digits("314159");
    here.agent.intend({ type: "submit-new-pin", question: 1, secret, newPin: digits("271828") });
    await here.settle();
    expect(here.secretsSeen).toEqual([]);
    expect(secret.every(digit => digit === 0)).toBe(true);
  });

  test("of a blocked card: the unblocking code sets it, and the new PIN is asked for", async () => {
    here.triesLeft = 0;
    here.insert();
    await here.settle();
    here.agent.intend({ type: "renew-pin" });
    here.renewPin = async () => Promise.reject(new Failure("unblocking-code-wrong", { triesLeft: 2 }));
    renew("00000000", "271828");
    await here.settle();
    expect(here.agent.view().pinCare).toMatchObject({ problem: "unblocking-code-wrong", triesLeft: 2 });
    here.renewPin = async () => {
      here.triesLeft = 3;
    };
    renew("73519264", "271828");
    await here.settle();
    expect(here.screen).toMatchObject({ name: "pin", triesLeft: 3 });
    expect(here.reports).toMatchObject([
      { denied: "sign-in", code: "pin-blocked" },
      { denied: "pin-renewal", code: "unblocking-code-wrong", triesLeft: 2 },
      { renewed: "unblock" },
    ]);
  });
});
