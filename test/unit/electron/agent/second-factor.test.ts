import { beforeEach, describe, expect, test } from "vitest";
import { Failure } from "../../../../core/errors/failure.ts";
import { FakeWorkstation } from "../../../fakes/fake-workstation.ts";

let here: FakeWorkstation;

beforeEach(() => {
  here = new FakeWorkstation();
});

describe("the way in", () => {
  const question = () => (here.screen.name === "second-factor" ? here.screen.question : 0);
  const code = (digits: string, asked = question()) =>
    here.agent.intend({ type: "submit-code", question: asked, code: [...digits].map(digit => digit.charCodeAt(0)) });
  const untilOwed = async () => {
    const owed = async () => Promise.reject(new Failure("second-factor-owed"));
    here.prove = owed;
    await here.signIn();
    expect(here.screen).toMatchObject({
      name: "second-factor",
      factors: ["totp", "security-key"],
      holder: { displayName: "Camille AUBERT" },
    });
  };

  test("outside, by card and code: a wrong one stands with why, one for an older question goes nowhere", async () => {
    await untilOwed();
    const sent: string[] = [];
    here.proveByCode = async (request, digits) => {
      sent.push(`${request} ${digits}`);
      if (digits !== "123456") throw new Failure("second-factor-wrong");
      return here.session;
    };
    const first = question();
    code("000000");
    await here.settle();
    expect(here.screen).toMatchObject({ name: "second-factor", problem: "second-factor-wrong" });
    code("123456", first);
    expect(sent).toEqual(["owed-1 000000"]);
    code("123456");
    await here.settle();
    expect(here.screen).toMatchObject({ name: "portal" });
    expect(sent).toEqual(["owed-1 000000", "owed-1 123456"]);
    expect(here.logged.join()).not.toContain("123456");
    // How long a code takes to type is no time of the card's.
    expect(here.stages.map(({ stage }) => stage)).toEqual(["insertion-to-pin-ready"]);
  });

  test("outside, by card and key: the broker's page comes in front in a browser of its own, which is wiped before the portal", async () => {
    await untilOwed();
    const used = Promise.withResolvers<typeof here.session>();
    here.awaitSecurityKey = () => used.promise;
    here.agent.intend({ type: "use-security-key", question: question() });
    await here.settle();
    expect(here.screen).toEqual({ name: "security-key" });
    expect(here.acts.slice(-2)).toEqual(["uncover owed-1", "open security-key http://own/key/owed-1"]);
    used.resolve(here.session);
    await here.settle();
    expect(here.screen).toMatchObject({ name: "portal" });
    expect(here.acts.slice(-3)).toEqual(["wipe owed-1", "believe seat-1", "uncover seat-1"]);
  });

  test("outside, a card that goes leaves nothing behind: no page, and no sign-in that waits", async () => {
    await untilOwed();
    here.awaitSecurityKey = () => new Promise(() => {});
    here.agent.intend({ type: "use-security-key", question: question() });
    await here.settle();
    here.remove();
    await here.settle();
    expect(here.screen).toEqual({ name: "cover" });
    expect(here.acts.slice(-2)).toEqual(["wipe owed-1", "broker.abandon-second-factor"]);
  });

  test("outside, by a temporary password: what is over is said until it was read", async () => {
    here.agent.intend({ type: "sign-in-by-password" });
    here.signInWithPassword = async () => Promise.reject(new Failure("second-factor-owed"));
    here.proveByCode = async () => Promise.reject(new Failure("second-factor-over"));
    here.typePassword("Inès Morel", "H7KQ3WZ4NDM6XTY");
    await here.settle();
    code("123456");
    await here.settle();
    expect(here.screen).toEqual({ name: "trouble", code: "second-factor-over" });
    here.agent.intend({ type: "wake" });
    expect(here.screen).toEqual({ name: "cover" });
  });
});
