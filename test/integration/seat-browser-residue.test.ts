import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { BrowserSeatApplications } from "../../native-bindings/workstation/browser-seat-applications.ts";
import { type ChromiumPage, openChromiumSeatBrowser } from "../../native-bindings/workstation/chromium-seat-browser.ts";

const canary = "camille-aubert-899700075064";
const earlier = { TMPDIR: process.env["TMPDIR"], HOME: process.env["HOME"] };
let place: string;
let server: Server;
let url: string;
let seats: BrowserSeatApplications<ChromiumPage>;

/** An application that leaves the holder's name wherever a web page can. */
const page = `<!doctype html><title>${canary}</title><form><input name="user" value="${canary}"></form>
<a download="${canary}.txt" href="/file">file</a>
<script>
  localStorage.setItem("holder", "${canary}");
  sessionStorage.setItem("holder", "${canary}");
  caches.open("holder").then(cache => cache.put("/${canary}", new Response("${canary}")));
  indexedDB.open("${canary}").onupgradeneeded = event =>
    event.target.result.createObjectStore("holder").put("${canary}", 1);
</script>`;

beforeEach(async () => {
  // Everything that a browser writes as this user is looked at: temporary folder and home are this test's own.
  place = mkdtempSync(join(tmpdir(), "wk-"));
  process.env["TMPDIR"] = place;
  process.env["HOME"] = place;
  server = createServer((request, response) => {
    response.setHeader("set-cookie", `holder=${canary}; Max-Age=86400; Path=/`);
    response.setHeader("cache-control", "max-age=86400");
    if (request.url === "/file") response.setHeader("content-disposition", "attachment").end(canary);
    else response.setHeader("content-type", "text/html").end(page);
  });
  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  seats = new BrowserSeatApplications<ChromiumPage>({
    openBrowser: () =>
      openChromiumSeatBrowser({
        headless: true,
        language: "fr",
        size: { width: 800, height: 600 },
        backToPortal: "Portail",
      }),
    onFrontChanged: () => {},
  });
  seats.windowIsThere(true);
});

afterEach(async () => {
  await seats.close();
  process.env["TMPDIR"] = earlier.TMPDIR;
  if (earlier.TMPDIR === undefined) delete process.env["TMPDIR"];
  process.env["HOME"] = earlier.HOME;
  server.closeAllConnections();
  server.close();
  await rm(place, { recursive: true, force: true });
});

function files(): string[] {
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name));
}

const filesWithCanary = () =>
  files().filter(file => file.includes(canary) || readFileSync(file).toString("latin1").includes(canary));

async function useApplication(seat: string): Promise<void> {
  seats.uncover(seat);
  await seats.open(seat, "record", url);
  const { front } = seats;
  if (front.kind !== "application") throw new Error("the application is not in front");
  await front.page.page.waitForLoadState();
  await front.page.page.click("a");
  await front.page.page.waitForFunction("localStorage.getItem('holder') !== null");
}

test("while the seat is here its traces are, in a folder that only this user enters", async () => {
  await useApplication("one");
  await expect.poll(filesWithCanary, { timeout: 15_000 }).not.toEqual([]);
  for (const file of filesWithCanary()) expect(file).toMatch(/\/wardkey-\d+\/\d+-\d+-/);
});

test("after the seat is wiped nothing of its holder is on the disk, and no file at all", async () => {
  await useApplication("one");
  await seats.wipe("one");
  expect(filesWithCanary()).toEqual([]);
  expect(files()).toEqual([]);
});

test("the next seat knows nothing of the one before, and neither does one beside it", async () => {
  await useApplication("one");
  seats.uncover("two");
  await seats.open("two", "record", `${url}other`);
  const { front } = seats;
  if (front.kind !== "application") throw new Error("the application is not in front");
  const cookies = await front.page.page.context().cookies();
  // Its own answer's cookie is the only one, and it is not the first seat's profile.
  expect(cookies).toHaveLength(1);
  await front.page.page.context().clearCookies();
  await seats.wipe("two");
  seats.uncover("one");
  const again = seats.front;
  if (again.kind !== "application") throw new Error("the first seat's application is not in front");
  expect(await again.page.page.context().cookies()).toHaveLength(1);
});
