import { describe, expect, test } from "vitest";
import { namedViews } from "../../../demo/screens/named-views.ts";
import type { View } from "../../../protocol/window/view.ts";
import { receivedView } from "../../../renderer/workstation/channel/received-view.ts";

const cover = namedViews["cover"] as View;
const moved = namedViews["cover-moved"] as View;

describe("the view that the window believes", () => {
  test("is the snapshot, then the snapshot with its changes", () => {
    expect(receivedView(undefined, { type: "snapshot", view: cover })).toBe(cover);
    const next = receivedView(cover, {
      type: "changed",
      revision: cover.revision + 1,
      changes: { connection: "disconnected" },
    });
    expect(next).toEqual({ ...cover, revision: cover.revision + 1, connection: "disconnected" });
  });

  test("keeps its receipt until a change takes it away", () => {
    const kept = receivedView(moved, {
      type: "changed",
      revision: moved.revision + 1,
      changes: { connection: "connected" },
    });
    expect(kept?.receipt).toEqual(moved.receipt);
    const gone = receivedView(moved, {
      type: "changed",
      revision: moved.revision + 1,
      changes: { receipt: undefined },
    });
    expect(gone?.receipt).toBeUndefined();
  });

  test("is nothing when a change was missed, or came before any snapshot", () => {
    expect(receivedView(cover, { type: "changed", revision: cover.revision + 2, changes: {} })).toBeUndefined();
    expect(receivedView(undefined, { type: "changed", revision: 1, changes: {} })).toBeUndefined();
  });
});
