import { once } from "node:events";
import { createServer, get, type ServerResponse } from "node:http";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { closingGraceMs, Listener } from "../../broker/routes/listener.ts";
import { freePorts } from "../../demo/ward/free-ports.ts";
import { FakeTimers } from "../fakes/fake-timers.ts";

async function opened() {
  const [port = 0] = await freePorts(1);
  const timers = new FakeTimers();
  const server = createServer();
  const listener = await Listener.open(server, { host: "127.0.0.1", port }, timers);
  return { port, timers, server, listener };
}

test("a listener waits for what is being answered, and for no more", async () => {
  const { port, timers, server, listener } = await opened();
  const asking = get({ port, agent: false });
  const [, response] = (await once(server, "request")) as [unknown, ServerResponse];
  const closing = listener.close();
  timers.pass(closingGraceMs - 1);
  const answered = once(asking, "response");
  response.end("late, and whole");
  const [answer] = await answered;
  expect(String(await once(answer, "data"))).toBe("late, and whole");
  await closing;
  expect([listener.connections, timers.waiting]).toEqual([0, 0]);
});

test("a listener destroys what is left after the grace", async () => {
  const { port, timers, server, listener } = await opened();
  const asking = get({ port, agent: false });
  await once(server, "request");
  const broken = once(asking, "error");
  const closing = listener.close();
  expect(listener.connections).toBe(1);
  timers.pass(closingGraceMs);
  await closing;
  expect((await broken)[0]).toMatchObject({ code: "ECONNRESET" });
  expect(listener.connections).toBe(0);
});

test("a listener forgets a connection that ends before", async () => {
  const { port, server, listener } = await opened();
  const peer = connect(port, "127.0.0.1");
  const [accepted] = await once(server, "connection");
  expect(listener.connections).toBe(1);
  peer.destroy();
  await once(accepted, "close");
  expect(listener.connections).toBe(0);
  await listener.close();
});

test("a listener does not open where somebody else listens", async () => {
  const { port, listener } = await opened();
  const second = Listener.open(createServer(), { host: "127.0.0.1", port }, new FakeTimers());
  await expect(second).rejects.toMatchObject({ code: "EADDRINUSE" });
  await listener.close();
});
