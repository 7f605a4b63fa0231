import { beforeEach, describe, expect, test } from "vitest";
import { Failure } from "../../../../core/errors/failure.ts";
import type { SeatedSession } from "../../../../core/ports/broker-connection.ts";
import { FakeWorkstation } from "../../../fakes/fake-workstation.ts";

let here: FakeWorkstation;

beforeEach(() => {
  here = new FakeWorkstation();
});

describe("the way in", () => {
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
});
