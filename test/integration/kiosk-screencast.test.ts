import { rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { DeskFrame } from "../../demo/desk/desk-controls.ts";
import { RemoteHands } from "../../demo/workstation/remote-hands.ts";
import { Screencast } from "../../demo/workstation/screencast.ts";
import { KioskHost } from "../../electron/main/kiosk/kiosk-host.ts";
import { FakeWindowPeer } from "../fakes/fake-window-peer.ts";
import { makePlainWindow } from "../fakes/plain-window.ts";
import { silentLog } from "../fakes/silent-log.ts";

let folder: string;
let host: KioskHost;
let peer: FakeWindowPeer;
let application: Server;
let applicationUrl: string;

beforeEach(async () => {
  folder = makePlainWindow();
  peer = new FakeWindowPeer();
  host = new KioskHost({ folder, headless: true, language: "fr", size: { width: 800, height: 600 }, log: silentLog });
  application = createServer((_request, response) => {
    response.setHeader("content-type", "text/html");
    response.end("<h1>record</h1><input autofocus><button>Sign</button>");
  });
  await new Promise<void>(resolve => application.listen(0, "127.0.0.1", resolve));
  applicationUrl = `http://127.0.0.1:${(application.address() as AddressInfo).port}/`;
  await host.showWindow(peer);
});

afterEach(async () => {
  await host.close();
  application.closeAllConnections();
  application.close();
  await rm(folder, { recursive: true });
});

test("pictures of the page in front come while they are asked for, and of no page behind it", async () => {
  const frames: DeskFrame[] = [];
  const screencast = new Screencast(frame => frames.push(frame));
  host.onFrontChanged(() => screencast.follow(host.frontPage));
  await host.frontPage?.waitForTimeout(100);
  expect(frames).toEqual([]);
  screencast.switch(true, host.frontPage);
  await expect.poll(() => frames.length).toBeGreaterThan(0);
  expect(frames[0]).toMatchObject({ width: 800, height: 600 });
  expect([...(frames[0]?.jpeg.subarray(0, 2) ?? [])]).toEqual([0xff, 0xd8]);
  host.applications.uncover("one");
  const beforeApplication = frames.length;
  await host.applications.open("one", "record", applicationUrl);
  await expect.poll(() => frames.length).toBeGreaterThan(beforeApplication);
  const record = host.frontPage;
  const beforeCover = frames.length;
  host.applications.cover();
  await expect.poll(() => frames.length).toBeGreaterThan(beforeCover);
  const covered = frames.length;
  await record?.evaluate("document.body.append('a change that nobody may see')");
  await record?.evaluate("new Promise(done => setTimeout(done, 300))");
  expect(frames.length - covered).toBeLessThanOrEqual(1);
  await screencast.close();
});

test("hands type, click and look at what is in front", async () => {
  const hands = new RemoteHands(host);
  hands.input({ kind: "key", act: "down", key: "l" });
  hands.input({ kind: "key", act: "up", key: "l" });
  await expect.poll(() => peer.intents).toEqual([{ type: "lock" }]);
  host.applications.uncover("one");
  await host.applications.open("one", "record", applicationUrl);
  await hands.answer({ type: "click", request: 1, selector: "input" });
  await hands.answer({ type: "press", request: 2, keys: ["a", "b", "Backspace"] });
  hands.input({ kind: "key", act: "down", key: "é" });
  const seen = await hands.answer({ type: "look", request: 3 });
  expect(seen).toMatchObject({ type: "seen", request: 3, front: { kind: "application", application: "record" } });
  expect(await host.frontPage?.inputValue("input")).toBe("aé");
  expect(await hands.answer({ type: "show-window", request: 4 })).toEqual({ type: "done", request: 4 });
  expect(await hands.answer({ type: "look", request: 5 })).toMatchObject({ front: { kind: "window" }, text: "cover" });
  const picture = await hands.answer({ type: "screenshot", request: 6 });
  expect(picture.type).toBe("screenshot-taken");
});

test("what is not there cannot be clicked, and the hands go on", async () => {
  const hands = new RemoteHands(host);
  const failed = await hands.answer({ type: "press", request: 1, keys: ["NoSuchKey"] });
  expect(failed).toMatchObject({ type: "done", request: 1, problem: expect.stringContaining("NoSuchKey") });
  expect(await hands.answer({ type: "press", request: 2, keys: ["l"] })).toEqual({ type: "done", request: 2 });
});
