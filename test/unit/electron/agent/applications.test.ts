import { beforeEach, describe, expect, test } from "vitest";
import { Failure } from "../../../../core/errors/failure.ts";
import { FakeWorkstation } from "../../../fakes/fake-workstation.ts";

let here: FakeWorkstation;

beforeEach(() => {
  here = new FakeWorkstation();
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
