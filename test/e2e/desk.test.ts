import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type Desk, startDesk } from "../../demo/desk/desk-server.ts";
import { deskCards } from "../../demo/ward/desk-ward.ts";
import type { View } from "../../protocol/window/view.ts";
import { FakeDeskControls, FakeDeskWorkstation } from "../fakes/fake-desk.ts";
import { launchBrowser } from "../integration/support/launch-browser.ts";
import { objections } from "../integration/support/objections.ts";

let browser: Browser;
let picture: Uint8Array;
let left: FakeDeskWorkstation;
let right: FakeDeskWorkstation;
let controls: FakeDeskControls;
let desk: Desk;
let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  browser = await launchBrowser();
  const painted = await browser.newPage({ viewport: { width: 400, height: 300 } });
  await painted.setContent("<body style='background: rgb(200, 20, 30)'>");
  picture = await painted.screenshot({ type: "jpeg" });
  await painted.close();
});

afterAll(() => browser.close());

beforeEach(async () => {
  left = new FakeDeskWorkstation("a", "CARDIO-03");
  right = new FakeDeskWorkstation("b", "CARDIO-07");
  controls = new FakeDeskControls();
  const stuck = { ...deskCards[0], id: "stuck", fault: "expired", shelf: "trouble" } as (typeof deskCards)[number];
  const cards = [...deskCards, stuck];
  desk = await startDesk({ workstations: [left, right], cards, controls, port: 0 });
  context = await browser.newContext({ locale: "en", viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  complaints = [];
  page.on("console", message => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", error => complaints.push(String(error)));
  await page.goto(desk.url);
  await page.locator("#steps li").first().waitFor();
});

afterEach(async () => {
  expect(complaints).toEqual([]);
  await context.close();
  await desk.close();
});

const insert = (who: string, where: string) => page.getByRole("button", { name: `Put into ${where}: ${who}` });
const done = () => page.locator("li[data-done]").count();
const portalOf = (displayName: string): View["screen"] => ({
  name: "portal",
  holder: { displayName, profession: "" },
  means: "card-pin",
  openedAt: 0,
  expiresAt: 1,
  tiles: [],
});
const pin: View["screen"] = {
  name: "pin",
  holder: { displayName: "C. AUBERT", profession: "" },
  triesLeft: 3,
  minimumLength: 4,
  maximumLength: 8,
  question: 1,
  confirmLastTry: false,
};

test("a card goes into a reader and comes out; its PIN is printed on it", async () => {
  await insert("Camille AUBERT", "A").first().click();
  await expect.poll(() => controls.acts).toEqual(["insert physician a"]);
  const reader = page.locator(".reader").first();
  await expect.poll(() => reader.textContent()).toContain("314159");
  expect(await page.evaluate("document.activeElement.dataset.key")).toBe("screen-a");
  await page.getByRole("button", { name: "Take the card out" }).first().click();
  await expect.poll(() => controls.acts).toEqual(["insert physician a", "remove a"]);
  await expect.poll(() => reader.textContent()).not.toContain("314159");
});

test("an act that does not work is told in words", async () => {
  await insert("Camille AUBERT Expired", "B").click();
  await expect.poll(() => page.locator("#notice").textContent()).toBe("That did not work: the card is stuck");
  expect(controls.acts).toEqual([]);
});

test("pictures are drawn on the screen they belong to", async () => {
  right.picture({ jpeg: picture, width: 400, height: 300 });
  const red = (index: number) =>
    page.evaluate(
      `document.querySelectorAll("canvas")[${index}].getContext("2d").getImageData(50, 50, 1, 1).data[0] > 150`,
    );
  await expect.poll(() => red(1)).toBe(true);
  expect(await red(0)).toBe(false);
});

test("mouse and keyboard reach the workstation in the page's own measure", async () => {
  left.picture({ jpeg: picture, width: 400, height: 300 });
  const screen = page.locator("canvas").first();
  await expect.poll(() => screen.getAttribute("width")).toBe("400");
  const box = await screen.boundingBox();
  if (box === null) throw new Error("no screen");
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await page.keyboard.press("3");
  await page.keyboard.press("Enter");
  await expect.poll(() => left.inputs.filter(input => input.kind === "key").length).toBe(4);
  const down = left.inputs.find(input => input.kind === "mouse" && input.act === "down");
  expect(down).toMatchObject({ x: 200, y: 150, button: "left" });
  expect(left.inputs.flatMap(input => (input.kind === "key" ? [`${input.act} ${input.key}`] : []))).toEqual([
    "down 3",
    "up 3",
    "down Enter",
    "up Enter",
  ]);
  expect(right.inputs).toEqual([]);
});

test("the steps tick themselves off in the order that they are taken", async () => {
  left.show(pin);
  expect(await done()).toBe(0);
  left.show(portalOf("C. AUBERT"));
  await expect.poll(done).toBe(1);
  left.putInFront({ kind: "application", application: "record" });
  await expect.poll(done).toBe(2);
  left.putInFront({ kind: "window" });
  left.show({ name: "covered", holder: "C. AUBERT", since: 0 });
  await expect.poll(done).toBe(3);
  right.show(portalOf("C. AUBERT"));
  await expect.poll(done).toBe(4);
  left.show(portalOf("I. MOREL"));
  await expect.poll(done).toBe(5);
  left.show({ name: "trouble", code: "certificate-revoked" });
  await expect.poll(done).toBe(6);
});

test("coming back with the PIN is not coming back without it", async () => {
  left.show(pin);
  left.show(portalOf("C. AUBERT"));
  left.show({ name: "covered", holder: "C. AUBERT", since: 0 });
  right.show(pin);
  right.show(portalOf("C. AUBERT"));
  await expect.poll(done).toBe(2);
});

test("server and clock have their switches", async () => {
  await page.getByRole("button", { name: "Stop the server" }).click();
  await page.getByRole("button", { name: "Let 10 minutes pass" }).click();
  await page.getByRole("button", { name: "Start the server again" }).click();
  await expect.poll(() => controls.acts).toEqual(["broker false", "time 600000", "broker true"]);
});

test("it speaks every language and nobody is shut out", async () => {
  controls.change({ trail: [{ number: 7, at: 0, act: "session-opened", result: "granted" }] });
  await page.getByText("session-opened").waitFor();
  expect(await objections(page)).toEqual([]);
  for (const [language, takeOut] of [
    ["Français", "Retirer la carte"],
    ["Español", "Retirar la tarjeta"],
    ["Català", "Treu la targeta"],
    ["English", "Take the card out"],
  ] as const) {
    await page.getByRole("combobox").selectOption(language);
    await page.getByText(takeOut).first().waitFor();
  }
  expect(await page.getAttribute("html", "lang")).toBe("en");
});

test("a page of another origin gets no live channel, and no message beyond the schema is obeyed", async () => {
  const open = (origin: string) =>
    new Promise<string>(resolve => {
      const socket = new WebSocket(`${desk.url.replace("http", "ws")}live`, { origin });
      socket.on("error", () => resolve("refused"));
      socket.on("message", (_data, binary) => {
        if (binary) return;
        socket.send(JSON.stringify({ type: "pass-time", ms: -1 }));
        socket.send("no JSON");
        socket.send(JSON.stringify({ type: "remove", workstation: "a" }), () => socket.close());
        resolve("opened");
      });
    });
  expect(await open("http://evil.example")).toBe("refused");
  expect(controls.acts).toEqual([]);
  expect(await open(desk.url.slice(0, -1))).toBe("opened");
  await expect.poll(() => controls.acts).toEqual(["remove a"]);
});

test("where its port is taken, the desk takes a free one", async () => {
  const other = createServer();
  await new Promise<void>(resolve => other.listen(0, "127.0.0.1", resolve));
  const { port } = other.address() as AddressInfo;
  const second = await startDesk({ workstations: [], cards: [], controls, port });
  expect(second.url).not.toContain(`:${port}/`);
  expect((await fetch(second.url)).status).toBe(200);
  expect((await fetch(second.url, { headers: { host: "evil.example" } })).status).not.toBe(500);
  await second.close();
  other.close();
});
