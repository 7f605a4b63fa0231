import { once } from "node:events";
import { readdirSync, readlinkSync } from "node:fs";
import { get } from "node:http";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startBroker } from "../../broker/main/start-broker.ts";
import { freePorts } from "../../demo/ward/free-ports.ts";
import type { Enrolment } from "../../electron/main/broker/enrolment.ts";
import { brokerPaths } from "../../protocol/broker/paths.ts";
import { silentLog, TestBroker } from "./support/test-broker.ts";

/** Shorter than what ended such connections before, if anything did: 120 s for a handshake (Node), 30 s for a WebSocket (ws). */
const longestTest = 25_000;
let house: TestBroker;
let enrolment: Enrolment;
let metrics: { host: string; port: number };
const peers: Socket[] = [];

beforeEach(async () => {
  const [port = 0] = await freePorts(1);
  metrics = { host: "127.0.0.1", port };
  house = await TestBroker.start({ metrics });
  enrolment = await house.enrol("A");
});
afterEach(async () => {
  for (const peer of peers.splice(0)) peer.destroy();
  await house.close();
});

/** A record of TLS that says it brings 512 bytes of ClientHello. */
const halfHello = Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00]);
const halfRequest = "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n{";
const upgradeTo = (path: string) =>
  `${[
    `GET ${path} HTTP/1.1`,
    "Host: 127.0.0.1",
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    `Sec-WebSocket-Key: ${Buffer.alloc(16).toString("base64")}`,
  ].join("\r\n")}\r\n\r\n`;

async function plain({ port }: { port: number }): Promise<Socket> {
  const peer = connect(port, "127.0.0.1").on("error", () => {});
  peers.push(peer);
  await once(peer, "connect");
  return peer;
}

/** `port`: the agents' door, or what stands before it. */
function beginTls(port: number): Socket {
  const { key, certificate: cert } = enrolment.tls;
  const peer = connectTls({ port, host: "127.0.0.1", key, cert, rejectUnauthorized: false }).on("error", () => {});
  peers.push(peer);
  return peer;
}

async function secure(): Promise<Socket> {
  const peer = beginTls(agents().port);
  await once(peer, "secureConnect");
  return peer;
}

async function saying(peer: Socket, words: string | Buffer): Promise<Socket> {
  await new Promise(resolve => peer.write(words, resolve));
  return peer;
}

/** Becomes a WebSocket, and is heard of no more: it does not answer when it is asked to close. */
async function vanished(peer: Socket, hello?: Buffer): Promise<Socket> {
  await saying(peer, upgradeTo(brokerPaths.push));
  expect(String(await once(peer, "data"))).toContain(" 101 ");
  if (hello !== undefined) {
    await saying(peer, hello);
    expect(String(await once(peer, "data"))).toContain("welcome");
  }
  peer.pause();
  return peer;
}

/** One masked text frame (RFC 6455 5.2), its mask nothing. */
function frame(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)]);
}

const agents = () => house.configuration.agents;
const web = () => house.configuration.web;

/** Whoever came before is accepted when each door has answered somebody who came later. */
async function acceptedByNow(): Promise<void> {
  await house.enrol("B");
  for (const { port } of [web(), metrics]) {
    const [answer] = await once(get({ port, agent: false }), "response");
    await once(answer.resume(), "end");
  }
}

async function ended(peer: Socket): Promise<void> {
  peer.resume();
  if (!peer.closed) await once(peer, "close");
}

describe("a broker that closes ends", () => {
  test.each<[string, () => Promise<Socket>]>([
    ["a workstation that says nothing", () => plain(agents())],
    ["a workstation in the middle of its first message of TLS", async () => saying(await plain(agents()), halfHello)],
    ["a workstation that asks nothing", () => secure()],
    ["a workstation in the middle of a request", async () => saying(await secure(), halfRequest)],
    ["a line whose workstation vanished before its hello", async () => vanished(await secure())],
    [
      "a line whose workstation vanished after it",
      async () => vanished(await secure(), frame('{"type":"hello","seat":null}')),
    ],
    ["a browser that says nothing", () => plain(web())],
    ["a browser in the middle of a request", async () => saying(await plain(web()), halfRequest)],
    [
      "a line of an application that vanished",
      async () => saying(await plain(web()), upgradeTo("/fhircast/channels/x")),
    ],
    ["a monitor that says nothing", () => plain(metrics)],
    ["a monitor in the middle of a request", async () => saying(await plain(metrics), halfRequest)],
  ])("%s", { timeout: longestTest }, async (_, come) => {
    const peer = await come();
    await acceptedByNow();
    await house.broker.close();
    await ended(peer);
  });

  test("a handshake that goes on while it closes, and of which nothing comes", { timeout: longestTest }, async () => {
    const held = Promise.withResolvers<void>();
    const between = createServer(near => {
      const far = connect(agents().port, "127.0.0.1", () => held.promise.then(() => near.pipe(far).pipe(near)));
      for (const line of [near, far]) line.on("error", () => {});
      peers.push(near, far);
    }).listen(0, "127.0.0.1");
    try {
      await once(between, "listening");
      const peer = beginTls((between.address() as { port: number }).port);
      await once(between, "connection");
      await acceptedByNow();
      const closing = house.broker.close();
      held.resolve();
      await closing;
      await ended(peer);
    } finally {
      between.close();
    }
  });
});

test.each([
  ["workstations", agents],
  ["browsers", web],
  ["monitors", () => metrics],
])("a broker whose door for %s cannot open leaves nothing open, and starts when it can", async (_, address) => {
  await house.broker.close();
  const other = createServer().listen(address().port, "127.0.0.1");
  await once(other, "listening");
  try {
    await expect(startBroker(house.configuration, { now: Date.now }, silentLog)).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
    for (const { port } of [agents(), web(), metrics]) {
      if (port === address().port) continue;
      const [refused] = await once(connect(port, "127.0.0.1"), "error");
      expect(refused).toMatchObject({ code: "ECONNREFUSED" });
    }
    expect(openFiles().filter(file => file.startsWith(house.directory))).toEqual([]);
  } finally {
    other.close();
  }
  await house.restart();
  await acceptedByNow();
});

function openFiles(): string[] {
  return readdirSync("/proc/self/fd").flatMap(name => {
    try {
      return [readlinkSync(join("/proc/self/fd", name))];
    } catch {
      // The folder's own.
      return [];
    }
  });
}
