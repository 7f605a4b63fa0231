import { expect, test } from "vitest";
import { openWindowChannel } from "../../../../electron/ipc/window-channel.ts";
import type { ToWindow } from "../../../../protocol/window/messages.ts";
import { coverView, FakeWindowPeer } from "../../../fakes/fake-window-peer.ts";

function setUp() {
  const peer = new FakeWindowPeer();
  const sent: ToWindow[] = [];
  return { peer, sent, channel: openWindowChannel(peer, message => sent.push(message)) };
}

test("a snapshot comes first, then the changes", () => {
  const { peer, sent } = setUp();
  peer.change({ connection: "disconnected" });
  expect(sent).toEqual([
    { type: "snapshot", view: coverView },
    { type: "changed", revision: 2, changes: { connection: "disconnected" } },
  ]);
});

test("what an agent says beyond the schema does not leave it", () => {
  const { peer, sent } = setUp();
  peer.change({ screen: { name: "cover", pin: "314159" } as never });
  expect(JSON.stringify(sent)).not.toContain("314159");
});

test("a receipt that has gone is told by a snapshot, because JSON cannot say it otherwise", () => {
  const { peer, sent } = setUp();
  const receipt = { kind: "unlocked-here", at: 1 } as const;
  peer.change({ receipt });
  peer.change({ receipt: undefined });
  const last = JSON.parse(JSON.stringify(sent.at(-1)));
  expect(sent[1]).toMatchObject({ type: "changed", changes: { receipt } });
  expect(last).toMatchObject({ type: "snapshot", view: { revision: 3 } });
  expect(last.view).not.toHaveProperty("receipt");
});

test("a change that is none is refused on our side", () => {
  const { peer } = setUp();
  expect(() => peer.say({ type: "changed", revision: 2, changes: { connection: "sideways" as never } })).toThrow();
});

test("an intent reaches the agent", () => {
  const { peer, channel } = setUp();
  expect(channel.receive({ type: "submit-pin", question: 1, pin: [51, 49, 52, 49] })).toBe(true);
  expect(peer.intents).toEqual([{ type: "submit-pin", question: 1, pin: [51, 49, 52, 49] }]);
});

test.each([
  undefined,
  "lock",
  { type: "open-all-doors" },
  { type: "submit-pin", question: 1, pin: "3141" },
  { type: "submit-pin", question: 1, pin: [65] },
  { type: "launch", application: "x".repeat(101) },
])("%j is no intent and changes nothing", message => {
  const { peer, channel } = setUp();
  expect(channel.receive(message)).toBe(false);
  expect(peer.intents).toEqual([]);
});

test("a closed channel says nothing more", () => {
  const { peer, sent, channel } = setUp();
  channel.close();
  peer.change({ connection: "connecting" });
  expect(sent).toHaveLength(1);
  expect(peer.listening).toBe(0);
});
