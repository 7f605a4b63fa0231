import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
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
    response.setHeader("content-type", "text/html").end("<h1>record</h1><input autofocus>");
  });
  await new Promise<void>(resolve => application.listen(0, "127.0.0.1", resolve));
  applicationUrl = `http://127.0.0.1:${(application.address() as AddressInfo).port}/`;
});

afterEach(async () => {
  await host.close();
  application.closeAllConnections();
  application.close();
  await rm(folder, { recursive: true });
});

const screenShown = async () => (await host.frontPage?.textContent("#screen")) ?? "";

test("the window shows what the agent says and carries what the person wants", async () => {
  await host.showWindow(peer);
  await expect.poll(screenShown).toBe("cover");
  peer.change({ screen: { name: "covered", holder: "C. AUBERT", since: 0 } });
  await expect.poll(screenShown).toBe("covered");
  await host.frontPage?.keyboard.press("l");
  await expect.poll(() => peer.intents).toEqual([{ type: "lock" }]);
});

test("a window that says what the schema does not know loses its channel and is loaded again", async () => {
  await host.showWindow(peer);
  const shown = vi.fn();
  const page = host.frontPage;
  page?.on("load", shown);
  await page?.keyboard.press("x");
  await expect.poll(() => shown.mock.calls.length).toBe(1);
  await expect.poll(screenShown).toBe("cover");
  expect(peer.intents).toEqual([]);
  expect(peer.listening).toBe(1);
});

test("the address holds no secret once the window has taken it, and a second load needs a new one", async () => {
  await host.showWindow(peer);
  await expect.poll(screenShown).toBe("cover");
  expect(host.frontPage?.url()).not.toContain("#");
  await host.frontPage?.reload();
  await expect.poll(screenShown).toBe("cover");
});

test("an application is in front until the cover, and then neither seen nor in front", async () => {
  await host.showWindow(peer);
  host.applications.uncover("seat-1");
  await host.applications.open("seat-1", "record", applicationUrl);
  expect(host.front).toEqual({ kind: "application", application: "record" });
  const record = host.frontPage;
  host.applications.cover();
  expect(host.front).toEqual({ kind: "window" });
  expect(host.frontPage).not.toBe(record);
  await record?.keyboard.type("314159");
  expect(await record?.inputValue("input")).toBe("");
  host.applications.uncover("seat-1");
  expect(host.frontPage).toBe(record);
  await record?.focus("input");
  await record?.keyboard.type("written by the holder");
  expect(await record?.inputValue("input")).toBe("written by the holder");
});

test("the tab at the edge leads back to the portal; the application alone cannot", async () => {
  await host.showWindow(peer);
  host.applications.uncover("seat-1");
  await host.applications.open("seat-1", "record", applicationUrl);
  const record = host.frontPage;
  await record?.waitForLoadState();
  expect(await record?.evaluate(() => "wardkeyPortal" in globalThis)).toBe(false);
  await record?.mouse.click(780, 300);
  await expect.poll(() => host.front).toEqual({ kind: "window" });
  await host.applications.show("seat-1", "record");
  expect(host.frontPage).toBe(record);
});

test("a window that dies is started again, and nothing of the seat is in front meanwhile", async () => {
  await host.showWindow(peer);
  host.applications.uncover("seat-1");
  await host.applications.open("seat-1", "record", applicationUrl);
  host.backToWindow();
  const first = host.frontPage;
  await host.applications.show("seat-1", "record");
  await first?.close();
  await expect.poll(() => host.front).toEqual({ kind: "window" });
  await expect.poll(screenShown, { timeout: 10_000 }).toBe("cover");
  expect(host.frontPage).not.toBe(first);
});

test("where the window is not built, the host says how to build it", async () => {
  const other = new KioskHost({
    folder: `${folder}/nowhere`,
    headless: true,
    language: "fr",
    size: { width: 800, height: 600 },
    log: silentLog,
  });
  await expect(other.showWindow(peer)).rejects.toThrow("vite build");
  await other.close();
  expect(existsSync(`${folder}/nowhere`)).toBe(false);
});

test("use of an application is told: in its page, in a frame of another site, in a window that it opens; its scripts alone are not use", async () => {
  const frame = createServer((_request, response) => {
    response.setHeader("content-type", "text/html").end("<input autofocus>");
  });
  await new Promise<void>(resolve => frame.listen(0, "127.0.0.1", resolve));
  const frameUrl = `http://localhost:${(frame.address() as AddressInfo).port}/`;
  application.removeAllListeners("request").on("request", (_request, response) => {
    response
      .setHeader("content-type", "text/html")
      .end(`<h1>record</h1><input><iframe src="${frameUrl}"></iframe><a href="${frameUrl}" target="_blank">viewer</a>`);
  });
  let used = 0;
  host.applications.onUsed(() => (used += 1));
  const isTold = async (act: () => Promise<unknown>) => {
    // Told once a second at most.
    await new Promise(resolve => setTimeout(resolve, 1_100));
    const before = used;
    await act();
    await expect.poll(() => used).toBeGreaterThan(before);
  };
  await host.showWindow(peer);
  host.applications.uncover("seat-1");
  await host.applications.open("seat-1", "record", applicationUrl);
  const record = host.frontPage;
  if (record === undefined) throw new Error("no page");
  await record.frameLocator("iframe").locator("input").waitFor();
  await isTold(() => record.keyboard.press("a"));
  await isTold(() => record.mouse.move(20, 20));
  await isTold(() => record.frameLocator("iframe").locator("input").press("b"));
  const [viewer] = await Promise.all([record.waitForEvent("popup"), record.click("a")]);
  await viewer.locator("input").waitFor();
  await isTold(() => viewer.keyboard.press("c"));
  await viewer.close();
  const before = used;
  await record.evaluate(() => {
    for (const sign of ["keydown", "pointermove", "wheel"]) window.dispatchEvent(new Event(sign));
  });
  await new Promise(resolve => setTimeout(resolve, 500));
  expect(used).toBe(before);
  expect(await record.evaluate(() => "wardkeyUsed" in globalThis)).toBe(false);
  frame.closeAllConnections();
  frame.close();
});
