import { beforeEach, expect, test } from "vitest";
import { FakeWorkstation } from "../../../fakes/fake-workstation.ts";

let here: FakeWorkstation;

beforeEach(() => {
  here = new FakeWorkstation();
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

test("a closed agent covers, and hears nothing more", async () => {
  await here.signIn();
  await here.agent.close();
  expect(here.acts.at(-1)).toBe("cover");
  here.remove();
  expect(here.acts.at(-1)).toBe("cover");
});

test("a closed agent tells no window anything more, also not what the broker says late", async () => {
  const described = Promise.withResolvers<void>();
  here.describe = () => described.promise;
  here.broker({ type: "connected" });
  await here.agent.close();
  const told: string[] = [];
  here.agent.subscribe(({ type }) => told.push(type));
  described.resolve();
  await here.settle();
  expect(told).toEqual(["snapshot"]);
});
