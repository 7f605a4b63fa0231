import { beforeEach, describe, expect, test } from "vitest";
import { Failure } from "../../../../core/errors/failure.ts";
import type { SeatedSession } from "../../../../core/ports/broker-connection.ts";
import { FakeWorkstation } from "../../../fakes/fake-workstation.ts";

let here: FakeWorkstation;

beforeEach(() => {
  here = new FakeWorkstation();
});

describe("the way in", () => {
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

  test("without a card: an identifier, a number to compare, the portal; a card that comes covers it first", async () => {
    here.agent.intend({ type: "sign-in-by-phone" });
    expect(here.screen).toMatchObject({ name: "identifier" });
    let confirm: (session: SeatedSession) => void = () => {};
    here.awaitPhone = () => new Promise(resolve => (confirm = resolve));
    here.sayWho("99700075064");
    await here.settle();
    expect(here.screen).toEqual({ name: "phone", bindingMessage: "47" });
    confirm({ ...here.session, means: "federated" });
    await here.settle();
    expect(here.screen).toMatchObject({ name: "portal", means: "federated" });
    here.insert();
    expect(here.acts.at(-1)).toBe("cover");
    await here.settle();
    expect(here.screen).toMatchObject({ name: "pin" });
    expect(here.acts).toContain("broker.cover seat-1");
    expect(here.stages.map(stage => stage.stage)).toEqual(["insertion-to-pin-ready"]);
  });

  test("without a card, and the phone says no: the question stands again, with why; turning away stops the ringing", async () => {
    here.agent.intend({ type: "sign-in-by-phone" });
    here.awaitPhone = async () => Promise.reject(new Failure("federation-refused"));
    here.sayWho("1");
    await here.settle();
    expect(here.screen).toMatchObject({ name: "identifier", problem: "federation-refused" });
    here.awaitPhone = () => new Promise(() => {});
    here.sayWho("1");
    await here.settle();
    here.agent.intend({ type: "cancel" });
    await here.settle();
    expect(here.screen).toEqual({ name: "cover" });
    expect(here.acts).toEqual(["broker.cancel-phone"]);
  });

  test("without a card, and no answer: the broker is told anew which seat is believed in", async () => {
    here.agent.intend({ type: "sign-in-by-phone" });
    here.awaitPhone = async () => Promise.reject(new Failure("broker-unreachable"));
    here.sayWho("1");
    await here.settle();
    expect(here.screen).toMatchObject({ name: "identifier", problem: "broker-unreachable" });
    expect(here.acts).toEqual(["broker.renew"]);
  });

  test("by a temporary password: what was typed goes to the broker once and is wiped; a card that comes covers the portal first", async () => {
    here.agent.intend({ type: "sign-in-by-password" });
    expect(here.screen).toMatchObject({ name: "password", who: "" });
    const sent: Uint8Array[] = [];
    const temporaryAccess = { reason: "card at home", until: 9, left: 2 };
    here.signInWithPassword = async () => ({ ...here.session, means: "temporary-password", temporaryAccess });
    here.onPassword = bytes => sent.push(bytes);
    here.typePassword("Inès Morel", "H7KQ3WZ4NDM6XTY");
    await here.settle();
    expect(here.screen).toMatchObject({ name: "portal", means: "temporary-password", temporaryAccess });
    expect(sent.map(bytes => [...bytes].join())).toEqual([Array(15).fill(0).join()]);
    here.insert();
    expect(here.acts.at(-1)).toBe("cover");
    await here.settle();
    expect(here.screen).toMatchObject({ name: "pin" });
  });

  test("by a temporary password that is refused: the question stands again, with the name and why", async () => {
    here.agent.intend({ type: "sign-in-by-password" });
    here.signInWithPassword = async () => Promise.reject(new Failure("password-refused"));
    here.typePassword("Inès Morel", "H7KQ3WZ4NDM6XTY");
    await here.settle();
    expect(here.screen).toMatchObject({ name: "password", who: "Inès Morel", problem: "password-refused" });
    // Typed into the question before: too late.
    const question = here.screen.name === "password" ? here.screen.question : 0;
    here.agent.intend({ type: "submit-password", question: question - 1, who: "Inès Morel", password: [65] });
    expect(here.screen).toMatchObject({ name: "password" });
    here.agent.intend({ type: "cancel" });
    expect(here.screen).toEqual({ name: "cover" });
    expect(here.acts).toEqual([]);
  });

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

describe("the card goes", () => {
  test("from an open seat: covered first, told after", async () => {
    await here.signIn();
    here.acts.length = 0;
    here.remove();
    expect(here.screen).toMatchObject({ name: "covered", holder: "Camille AUBERT" });
    expect(here.acts).toEqual(["cover"]);
    await here.settle();
    expect(here.acts).toEqual(["cover", "broker.cover seat-1"]);
    expect(here.screen).toMatchObject({ name: "covered", graceUntil: here.now + 300_000 });
  });

  test("and the broker is away: covered all the same, and told when it is back", async () => {
    await here.signIn();
    here.cover = async () => Promise.reject(new Failure("broker-unreachable"));
    here.remove();
    await here.settle();
    expect(here.screen.name).toBe("covered");
    expect(here.acts).not.toContain("broker.cover seat-1");
    here.cover = async () => {};
    here.now += 42_000;
    here.broker({ type: "connected" });
    await here.settle();
    expect(here.acts).toContain("broker.cover seat-1");
    // The grace window counts from the cover, not from when the broker could be told.
    expect(here.coversAgo).toEqual([42_000]);
  });

  test("while the PIN is asked for: back to the cover, reported", async () => {
    here.insert();
    await here.settle();
    here.remove();
    await here.settle();
    expect(here.screen.name).toBe("cover");
    expect(here.reports).toMatchObject([{ code: "sign-in-abandoned" }]);
  });

  test("before the broker answers: what it opened is covered, nothing is uncovered", async () => {
    const answer = Promise.withResolvers<SeatedSession>();
    here.prove = () => answer.promise;
    await here.signIn();
    expect(here.screen).toEqual({ name: "working", stage: "opening" });
    here.remove();
    answer.resolve(here.session);
    await here.settle();
    expect(here.acts.filter(act => act.startsWith("uncover"))).toEqual([]);
    expect(here.acts).toContain("broker.cover seat-1");
    expect(here.screen.name).toBe("covered");
    expect(here.reports).toMatchObject([{ code: "answer-too-late" }]);
  });
});

describe("the card goes in the middle of its work", () => {
  const never = () => new Promise<never>(() => {});

  test.each<[string, "authentication" | "presence", (workstation: FakeWorkstation) => void]>([
    ["while it is read", "authentication", workstation => (workstation.identify = never)],
    ["while the broker is asked", "authentication", workstation => (workstation.challenge = never)],
    ["while its presence key is looked for", "presence", workstation => (workstation.presence = never)],
    ["while it shows itself", "presence", workstation => (workstation.signPresence = never)],
    ["while its tries are counted", "authentication", workstation => (workstation.pinState = never)],
    ["while it signs", "authentication", workstation => (workstation.signWithPin = never)],
  ])("%s: back to the cover, one report, nothing opened", async (_when, key, stop) => {
    here.key = key;
    stop(here);
    await here.signIn();
    expect(here.screen.name).toBe("working");
    here.remove();
    await here.settle();
    expect(here.screen.name).toBe("cover");
    expect(here.reports).toMatchObject([{ code: "card-removed" }]);
    expect(here.acts.filter(act => act.startsWith("uncover"))).toEqual([]);
  });

  test("and its answer comes after the next card: it is nobody's", async () => {
    const first = Promise.withResolvers<void>();
    here.identify = () => first.promise;
    here.insert("i1");
    here.remove("i1");
    here.identify = () => new Promise(() => {});
    here.insert("i2");
    first.resolve();
    await here.settle();
    expect(here.screen).toEqual({ name: "working", stage: "reading" });
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

test("a session ends at its time, also while the broker is away", async () => {
  await here.signIn();
  here.acts.length = 0;
  here.broker({ type: "disconnected", code: "broker-unreachable" });
  await here.passTime(here.session.expiresAt - here.now - 1);
  expect(here.screen.name).toBe("portal");
  await here.passTime(1);
  expect(here.agent.view()).toMatchObject({ screen: { name: "cover" }, receipt: { kind: "ended", reason: "expired" } });
  expect(here.acts.slice(0, 4)).toEqual(["cover", "broker.end seat-1", "wipe seat-1", "believe undefined"]);
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

describe("applications", () => {
  test("open with a ticket, are shown again without one, and are told when they close", async () => {
    await here.signIn();
    here.agent.intend({ type: "launch", application: "record" });
    await here.settle();
    expect(here.screen).toMatchObject({ tiles: [{ id: "record", open: true }] });
    here.agent.intend({ type: "launch", application: "record" });
    await here.settle();
    here.closeApplication("record");
    await here.settle();
    expect(here.acts.slice(-3)).toEqual(["open record http://launch/record", "show record", "broker.closed record"]);
    expect(here.screen).toMatchObject({ tiles: [{ id: "record", open: false }] });
  });

  test("that cannot be shown any more are opened anew", async () => {
    here.session = { ...here.session, applications: [{ id: "record", name: "Record", icon: "x", open: true }] };
    await here.signIn();
    here.show = async () => Promise.reject(new Failure("application-not-started"));
    here.agent.intend({ type: "launch", application: "record" });
    await here.settle();
    expect(here.acts.filter(act => act.startsWith("open"))).toHaveLength(2);
  });

  test("that do not start say so on their tile", async () => {
    await here.signIn();
    here.open = async () => Promise.reject(new Failure("application-not-started"));
    here.agent.intend({ type: "launch", application: "record" });
    await here.settle();
    expect(here.screen).toMatchObject({ name: "portal", launch: { state: "failed", code: "application-not-started" } });
  });
});

describe("activities", () => {
  const activities = [
    { id: "hospital", label: "Hospital" },
    { id: "surgery", label: "Surgery" },
  ];
  const failing = (code: "broker-unreachable" | "activity-not-chosen") => async () => Promise.reject(new Failure(code));

  test("have to be chosen before the portal: told to the broker, then what the place is for starts", async () => {
    const own = { id: "record", name: "Record", icon: "x", open: false, starts: true };
    here.session = { ...here.session, activities, applications: [], lastActivity: "surgery" };
    await here.signIn();
    expect(here.screen).toMatchObject({ name: "activity", last: "surgery", working: false, closes: [] });
    expect(here.acts).not.toContain("uncover seat-1");
    here.chooseActivity = async activity => ({ ...here.session, activity, applications: [own] });
    here.agent.intend({ type: "choose-activity", activity: "surgery" });
    expect(here.screen).toMatchObject({ name: "activity", working: true });
    await here.settle();
    expect(here.screen).toMatchObject({ name: "portal", activity: { label: "Surgery", changeable: true } });
    const after = here.acts.slice(here.acts.indexOf("broker.activity surgery") + 1);
    expect(after).toEqual(["wipe seat-1", "uncover seat-1", "open record http://launch/record"]);
  });

  test("that the broker cannot take are asked for again, with the reason", async () => {
    here.session = { ...here.session, activities, applications: [] };
    await here.signIn();
    here.chooseActivity = failing("broker-unreachable");
    here.agent.intend({ type: "choose-activity", activity: "surgery" });
    await here.settle();
    expect(here.screen).toMatchObject({ name: "activity", problem: "broker-unreachable", working: false });
  });

  test("are changed from the portal, which names what that closes", async () => {
    const open = { id: "record", name: "Record", icon: "x", open: true };
    here.session = { ...here.session, activities, activity: "hospital", applications: [open] };
    await here.signIn();
    here.agent.intend({ type: "change-activity" });
    expect(here.screen).toMatchObject({ name: "activity", present: "hospital", closes: ["Record"] });
    here.agent.intend({ type: "cancel" });
    expect(here.screen).toMatchObject({ name: "portal", tiles: [{ open: true }] });
    expect(here.acts.some(act => act.startsWith("broker.activity"))).toBe(false);
  });

  test("that have gone show at the next launch", async () => {
    here.session = { ...here.session, activities, activity: "hospital" };
    await here.signIn();
    here.launch = failing("activity-not-chosen");
    const { activity: _, ...without } = here.session;
    here.describeSession = async () => ({ ...without, applications: [] });
    here.agent.intend({ type: "launch", application: "record" });
    await here.settle();
    expect(here.acts.slice(-3)).toEqual(["broker.describe seat-1", "cover", "wipe seat-1"]);
    expect(here.screen).toMatchObject({ name: "activity", working: false });
  });
});

describe("favourites", () => {
  test("are shown at once, and told when the broker is back", async () => {
    await here.signIn();
    here.keepFavourite = async () => Promise.reject(new Failure("broker-unreachable"));
    here.agent.intend({ type: "mark-favourite", application: "record", favourite: true });
    await here.settle();
    expect(here.screen).toMatchObject({ tiles: [{ id: "record", favourite: true }] });
    here.keepFavourite = async () => {};
    here.broker({ type: "connected" });
    await here.settle();
    expect(here.acts.at(-1)).toBe("broker.favourite record true");
  });
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

test("a closed agent covers, and hears nothing more", async () => {
  await here.signIn();
  await here.agent.close();
  expect(here.acts.at(-1)).toBe("cover");
  here.remove();
  expect(here.acts.at(-1)).toBe("cover");
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
