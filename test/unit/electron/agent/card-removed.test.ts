import { beforeEach, describe, expect, test } from "vitest";
import { Failure } from "../../../../core/errors/failure.ts";
import type { SeatedSession } from "../../../../core/ports/broker-connection.ts";
import { FakeWorkstation } from "../../../fakes/fake-workstation.ts";

let here: FakeWorkstation;

beforeEach(() => {
  here = new FakeWorkstation();
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
