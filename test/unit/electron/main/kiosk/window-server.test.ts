import { rmSync } from "node:fs";
import { get } from "node:http";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { closeCodes, WindowServer } from "../../../../../electron/main/kiosk/window-server.ts";
import { FakeWindowPeer } from "../../../../fakes/fake-window-peer.ts";
import { makePlainWindow } from "../../../../fakes/plain-window.ts";

let folder: string;
let peer: FakeWindowPeer;
let server: WindowServer;
let onWindow: ReturnType<typeof vi.fn<(there: boolean) => void>>;

beforeEach(async () => {
  folder = makePlainWindow();
  peer = new FakeWindowPeer();
  onWindow = vi.fn();
  server = await WindowServer.start({ folder, peer, onWindow, openingLimitMs: 200 });
});

afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

function ask(path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    get(server.origin + path, { headers }, response => {
      response.resume();
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
    }).on("error", reject);
  });
}

/** Opens a channel with these words; answers the first message or how it ended. */
function open(first: string | undefined, headers: { origin?: string; host?: string } = {}) {
  const socket = new WebSocket(`${server.origin.replace("http", "ws")}/channel`, {
    origin: headers.origin ?? server.origin,
    headers: headers.host === undefined ? {} : { host: headers.host },
  });
  const told = new Promise<string | number>(resolve => {
    socket.on("open", () => first !== undefined && socket.send(first));
    socket.on("message", data => resolve(String(data)));
    socket.on("close", code => resolve(code));
    socket.on("error", error => resolve(error.message));
  });
  const ended = new Promise<number>(resolve => socket.on("close", code => resolve(code)));
  return { socket, told, ended };
}

const secretOf = (address: string) => new URL(address).hash.slice(1);
const opening = (address: string) => JSON.stringify({ type: "open", secret: secretOf(address) });

test("the window's files come with headers that allow nothing else", async () => {
  const { status, headers } = await ask("/");
  expect(status).toBe(200);
  expect(headers["content-security-policy"]).toContain("default-src 'none'");
  expect(headers["content-security-policy"]).not.toMatch(/unsafe|\*/);
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["cache-control"]).toBe("no-store");
});

test("what is not the window's is not there, by whatever way it is named", async () => {
  for (const path of ["/package.json", "/../package.json", "/%2e%2e/package.json", "//etc/passwd", "/channel"])
    expect((await ask(path)).status).toBe(404);
});

test("another name for this address is refused", async () => {
  expect((await ask("/", { host: "evil.example" })).status).toBe(421);
});

test("the secret opens the channel: a snapshot follows", async () => {
  const { socket, told } = open(opening(server.address()));
  expect(JSON.parse(String(await told))).toMatchObject({ type: "snapshot" });
  expect(onWindow.mock.calls).toEqual([[true]]);
  socket.close();
  await vi.waitFor(() => expect(onWindow.mock.calls).toEqual([[true], [false]]));
  expect(peer.listening).toBe(0);
});

test("the same secret does not open it twice", async () => {
  const address = server.address();
  const first = open(opening(address));
  await first.told;
  const second = open(opening(address));
  expect(await second.told).toBe(closeCodes.refused);
  expect(first.socket.readyState).toBe(WebSocket.OPEN);
  first.socket.close();
});

test.each([
  ["no JSON", "open"],
  ["another message first", JSON.stringify({ type: "lock" })],
  ["a guessed secret", JSON.stringify({ type: "open", secret: "A".repeat(43) })],
])("%s opens nothing", async (_what, first) => {
  server.address();
  expect(await open(first).told).toBe(closeCodes.refused);
  expect(onWindow).not.toHaveBeenCalled();
  expect(peer.intents).toEqual([]);
});

test("who says nothing is sent away", async () => {
  expect(await open(undefined).told).toBe(closeCodes.refused);
});

test("a page of another origin is refused before it may speak", async () => {
  const address = server.address();
  expect(await open(opening(address), { origin: "http://evil.example" }).told).toContain("403");
  expect(await open(opening(address), { host: "evil.example" }).told).toContain("403");
});

test("one window at a time: a new one with a new secret takes the place of the old", async () => {
  const first = open(opening(server.address()));
  await first.told;
  const second = open(opening(server.address()));
  await second.told;
  expect(await first.ended).toBe(closeCodes.replaced);
  expect(peer.listening).toBe(1);
  second.socket.close();
});

test("a message beyond the schema ends the channel and reaches nobody", async () => {
  const { socket, told, ended } = open(opening(server.address()));
  await told;
  socket.send(JSON.stringify({ type: "open-all-doors" }));
  expect(await ended).toBe(closeCodes.malformed);
  expect(peer.intents).toEqual([]);
});
