import { beforeEach, describe, expect, test } from "vitest";
import { Failure } from "../../../../core/errors/failure.ts";
import { FakeWorkstation } from "../../../fakes/fake-workstation.ts";

let here: FakeWorkstation;

beforeEach(() => {
  here = new FakeWorkstation();
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
