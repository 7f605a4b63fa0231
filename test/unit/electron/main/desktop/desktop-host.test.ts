import { afterEach, beforeEach, expect, test } from "vitest";
import { channels, windowAddress } from "../../../../../electron/ipc/channels.ts";
import { DesktopHost } from "../../../../../electron/main/desktop/desktop-host.ts";
import { type FakeBrowserWindow, FakeElectron } from "../../../../fakes/fake-electron.ts";
import { FakeWindowPeer } from "../../../../fakes/fake-window-peer.ts";
import { silentLog } from "../../../../fakes/silent-log.ts";

let electron: FakeElectron;
let peer: FakeWindowPeer;
let host: DesktopHost;
let due: (() => void)[];
const record = "https://record.example/";

beforeEach(() => {
  electron = new FakeElectron();
  peer = new FakeWindowPeer();
  due = [];
  let number = 0;
  host = new DesktopHost({
    createWindow: electron.createWindow,
    sessionOf: electron.sessionOf,
    ipc: electron.ipc as never,
    uuid: () => `number-${++number}`,
    timers: {
      after(_delayMs, callback) {
        due.push(callback);
        return () => {};
      },
    },
    log: silentLog,
    windowPreload: "/window-preload.cjs",
    applicationPreload: "/application-preload.cjs",
    kiosk: true,
    backToPortal: "Portal",
  });
});

afterEach(() => host.close());

function last(): FakeBrowserWindow {
  const window = electron.windows.at(-1);
  if (window === undefined) throw new Error("no window");
  return window;
}

async function showWindow(): Promise<FakeBrowserWindow> {
  const shown = host.showWindow(peer);
  electron.say(channels.connect, last().webContents);
  await shown;
  return last();
}

async function openRecord(seat = "one"): Promise<FakeBrowserWindow> {
  host.applications.uncover(seat);
  await host.applications.open(seat, "record", record);
  return last();
}

test("the window stands opaque before its page connects, confined as the checklist says", async () => {
  const shown = host.showWindow(peer);
  expect(last().options).toMatchObject({ show: true, kiosk: true, alwaysOnTop: true, backgroundColor: "#0d1416" });
  expect(last().options.webPreferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  });
  expect(last().webContents.mainFrame.url).toBe(windowAddress);
  electron.say(channels.connect, last().webContents);
  await shown;
});

test("the window is told a snapshot and changes, and its intents reach the agent", async () => {
  const window = await showWindow();
  peer.change({ connection: "disconnected" });
  electron.say(channels.intend, window.webContents, { type: "lock" });
  expect(window.webContents.sent.map(({ message }) => (message as { type: string }).type)).toEqual([
    "snapshot",
    "changed",
  ]);
  expect(peer.intents).toEqual([{ type: "lock" }]);
});

test("nobody else is heard: no other page, no inner frame, no page that went elsewhere, no other words", async () => {
  const window = await showWindow();
  const other = await openRecord();
  electron.say(channels.intend, other.webContents, { type: "lock" });
  electron.say(channels.intend, window.webContents, { type: "lock" }, { url: windowAddress });
  electron.say(channels.intend, window.webContents, { type: "lock" }, null);
  electron.say(channels.intend, window.webContents, { type: "open-all-doors" });
  window.webContents.mainFrame.url = "https://evil.example/";
  electron.say(channels.intend, window.webContents, { type: "lock" });
  expect(peer.intents).toEqual([]);
});

test("the window goes nowhere, opens nothing, is granted nothing", async () => {
  const { webContents } = await showWindow();
  expect(webContents.attempt("will-navigate", "https://evil.example/")).toBe(true);
  expect(webContents.attempt("will-navigate", windowAddress)).toBe(false);
  expect(webContents.attempt("will-attach-webview", "")).toBe(true);
  expect(webContents.openHandler({ url: windowAddress })).toEqual({ action: "deny" });
  const answers: boolean[] = [];
  webContents.session.permission(webContents, "media", granted => answers.push(granted));
  expect([...answers, webContents.session.check(), webContents.session.device()]).toEqual([false, false, false]);
});

test("an application may go on the web and nowhere else, and downloads nothing", async () => {
  await showWindow();
  const { webContents } = await openRecord();
  expect(webContents.attempt("will-navigate", "https://laboratory.example/")).toBe(false);
  expect(webContents.attempt("will-navigate", "file:///etc/passwd")).toBe(true);
  expect(webContents.attempt("will-redirect", windowAddress)).toBe(true);
  let prevented = false;
  webContents.session.emit("will-download", { preventDefault: () => (prevented = true) });
  expect(prevented).toBe(true);
});

test("no certificate of the machine's is shown to an application", async () => {
  await showWindow();
  const { webContents } = await openRecord();
  const chosen: unknown[] = [];
  expect(
    webContents.attempt("select-client-certificate", record, record, ["earlier"], (c: unknown) => chosen.push(c)),
  ).toBe(true);
  expect(chosen).toEqual([undefined]);
});

test("each seat has a session of its own, in memory, cleared when the seat is wiped", async () => {
  await showWindow();
  const first = await openRecord("one");
  const second = await openRecord("two");
  const partitions = [first, second].map(window => window.options.webPreferences?.partition);
  expect(new Set(partitions).size).toBe(2);
  expect(partitions.join()).not.toContain("persist:");
  await host.applications.wipe("one");
  expect(first.destroyed).toBe(true);
  expect(second.destroyed).toBe(false);
  expect(first.webContents.session.cleared.sort()).toEqual(["cache", "connections", "passwords", "storage"]);
  expect(second.webContents.session.cleared).toEqual([]);
});

test("an application is hidden from the moment of the cover, and comes back with its seat", async () => {
  const window = await showWindow();
  const application = await openRecord();
  expect(application.visible).toBe(true);
  const raised = window.raised;
  host.applications.cover();
  expect(application.visible).toBe(false);
  expect(window.raised).toBeGreaterThan(raised);
  host.applications.uncover("one");
  expect(application.visible).toBe(true);
});

test("a window that dies covers the applications and is made anew", async () => {
  const window = await showWindow();
  const application = await openRecord();
  window.webContents.emit("render-process-gone", {}, { reason: "crashed" });
  expect(application.visible).toBe(false);
  expect(peer.listening).toBe(0);
  expect(due).toHaveLength(1);
  due[0]?.();
  const anew = last();
  expect(anew).not.toBe(window);
  electron.say(channels.connect, anew.webContents);
  await host.applications.show("one", "record");
  expect(application.visible).toBe(true);
});

test("after it was closed on purpose, no window is made anew", async () => {
  const window = await showWindow();
  await host.close();
  expect(window.destroyed).toBe(true);
  for (const callback of due) callback();
  expect(electron.windows).toHaveLength(1);
});

test("the tab leads back to the portal, from its own page only", async () => {
  await showWindow();
  const laboratory = await openRecord();
  await host.applications.open("one", "laboratory", record);
  const front = last();
  electron.say(channels.portalAsked, laboratory.webContents);
  expect(front.visible).toBe(true);
  electron.say(channels.portalAsked, front.webContents);
  expect(front.visible).toBe(false);
});

test("an application that crashes is told as closed; one that cannot be reached is not in front", async () => {
  await showWindow();
  const closed: string[] = [];
  host.applications.onClosed((_seat, application) => closed.push(application));
  const application = await openRecord();
  application.answers = () => Promise.reject(new Error("ERR_CONNECTION_REFUSED"));
  await expect(host.applications.open("one", "record", record)).rejects.toMatchObject({
    code: "application-not-started",
  });
  application.webContents.emit("render-process-gone", {}, { reason: "oom" });
  expect(closed).toEqual(["record"]);
  expect(application.destroyed).toBe(true);
});
