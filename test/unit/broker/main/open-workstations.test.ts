import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import type { WebSocket } from "ws";
import type { Ground } from "../../../../broker/main/open-ground.ts";
import { openWorkstations } from "../../../../broker/main/open-workstations.ts";

const clock = { now: () => 5_000 };

/** A workstation's line, the store where its other one's name would stand, and what comes out of it. */
function connected(nameOf: () => Promise<{ name: string } | undefined>) {
  const query = { select: () => query, where: () => query, executeTakeFirst: nameOf };
  const store = { db: { selectFrom: () => query } } as unknown as Ground["store"];
  const { hub, events } = openWorkstations({ store, clock } as Ground);
  const heard = Promise.withResolvers<unknown>();
  const line = Object.assign(new EventEmitter(), { send: (text: string) => heard.resolve(JSON.parse(text)) });
  hub.join("w1", line as unknown as WebSocket);
  return { events, heard: heard.promise };
}

const lost = { seat: "seat", reason: "moved", at: 5_000 } as const;
const event = { ...lost, type: "seat-lost", session: "s", workstation: "w1", movedTo: "w2" } as const;

test("a workstation is told that its seat is lost, and where the session sits now", async () => {
  const { events, heard } = connected(async () => ({ name: "Ward 2" }));
  events.tell(event);
  expect(await heard).toEqual({ ...lost, type: "seat-lost", workstationName: "Ward 2" });
});

test("where that name cannot be read, it is told all the same", async () => {
  const { events, heard } = connected(() => Promise.reject(new Error("the database is away")));
  events.tell(event);
  expect(await heard).toEqual({ ...lost, type: "seat-lost" });
});
