import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { BrokerEvent } from "../../core/ports/broker-connection.ts";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import { consoleApplication } from "../../protocol/broker/console/console-application.ts";
import type { ConsoleRole } from "../../protocol/broker/console/roles.ts";
import { launchBrowser } from "./support/launch-browser.ts";
import { objections } from "./support/objections.ts";
import { signIn, TestBroker } from "./support/test-broker.ts";

let browser: Browser;
let context: BrowserContext;
let page: Page;
let house: TestBroker;
const clients: BrokerClient[] = [];

const physician = "899700075064";
const nurse = "899700218896";

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
  house = await TestBroker.start();
  context = await browser.newContext({ locale: "fr", viewport: { width: 1280, height: 800 } });
  page = await context.newPage();
});
afterEach(async () => {
  await context.close();
  for (const client of clients.splice(0)) await client.close();
  await house.close();
});

const file = () => join(house.directory, "staff.csv");
const person = (id: number, name = `Person ${String(id).padStart(3, "0")}`) => `${id},H${id},${name},yes,staff\n`;
const persons = (count: number) => Array.from({ length: count }, (_, id) => person(id)).join("");
const header = "id,holder,displayName,active,groups\n";

const records = (act: TrailRecord["act"]) => house.recordsOf(act);

/** What a look brought is not only recorded, but there. */
function isTakenOver(): boolean {
  const database = new DatabaseSync(house.configuration.store, { readOnly: true });
  const staged = database.prepare("select 1 from directory_staged limit 1").get();
  database.close();
  return staged === undefined;
}

async function workstation(name: string): Promise<BrokerClient> {
  const client = new BrokerClient(await house.enrol(name));
  clients.push(client);
  await next(client, "connected");
  return client;
}

function next<Type extends BrokerEvent["type"]>(
  client: BrokerClient,
  type: Type,
): Promise<Extract<BrokerEvent, { type: Type }>> {
  return new Promise(resolve => {
    const stop = client.subscribe(event => {
      if (event.type !== type) return;
      queueMicrotask(() => stop());
      resolve(event as Extract<BrokerEvent, { type: Type }>);
    });
  });
}

/** A broker with this file as its source, and the console open for the physician in this role. */
async function open(text: string, role: ConsoleRole = "directory"): Promise<void> {
  writeFileSync(file(), text);
  await house.restart({
    administrators: [{ holder: physician, roles: [role] }],
    directory: { required: false, sources: [{ id: "staff", kind: "csv", file: file(), intervalSeconds: 0.2 }] },
  });
  await expect.poll(() => records("directory-synced").length === 1 && isTakenOver(), { timeout: 30_000 }).toBe(true);
  const client = await workstation("CARDIO-01");
  const { seat } = await signIn(client, house.keysOf("physician"));
  await page.addInitScript(() => localStorage.setItem("language", "en"));
  await page.goto((await client.launch(seat, consoleApplication.id)).url);
  await page.locator(".console").waitFor();
}

async function goTo(name: string): Promise<void> {
  await page.getByRole("navigation", { name: "Pages of the console" }).getByRole("link", { name }).click();
  await page.getByRole("heading", { name, level: 1 }).waitFor();
}

const rows = () => page.locator("tbody tr");

describe("holders", () => {
  test("are found by beginnings of words, a page at a time, and an address reproduces the view", async () => {
    await open(header + persons(60) + person(900, "Éloïse Le Goff"));
    await goTo("Holders");
    await expect.poll(() => rows().count()).toBe(50);
    await page.getByRole("link", { name: "Next page" }).click();
    await expect.poll(() => rows().count()).toBe(11);
    const { url } = { url: page.url() };
    await page.goto(url);
    await expect.poll(() => rows().count()).toBe(11);
    await page.getByRole("searchbox").fill("goff elo");
    await expect.poll(() => rows().allTextContents()).toEqual([expect.stringContaining("Éloïse Le Goff")]);
    await page.getByRole("searchbox").fill("nobody");
    await page.getByText("Nobody is found").waitFor();
  });

  test("one of them shows his entries, groups and session, and why he does not sign in", async () => {
    await open(`${header + persons(1)}7,${physician},Camille AUBERT,yes,cardiology\n8,${nurse},Inès MOREL,no,\n`);
    await goTo("Holders");
    await page.getByRole("link", { name: "Camille AUBERT" }).click();
    await page.getByRole("heading", { name: "Camille AUBERT", level: 1 }).waitFor();
    await page.getByRole("definition").filter({ hasText: "cardiology" }).waitFor();
    await page.getByText("CARDIO-01, open").waitFor();
    await page.goto(`${house.broker.webOrigin}/console/holders?holder=${nurse}`);
    await page.getByText("Does not sign in", { exact: true }).waitFor();
    await page.getByText("disabled by staff").waitFor();
    await page.goto(`${house.broker.webOrigin}/console/holders?holder=nobody`);
    await page.getByText("No source of the directory knows this identifier").waitFor();
  });
});

describe("sources", () => {
  test("one that has shrunk is taken over once that was accepted, with a reason", async () => {
    await open(header + persons(60));
    await goTo("Directory");
    writeFileSync(file(), header + persons(20));
    const accept = page.getByRole("button", { name: "Accept the loss of staff" });
    await accept.click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("may take away 40 persons").waitFor();
    const submit = dialog.getByRole("button", { name: "Accept the loss" });
    expect(await submit.isDisabled()).toBe(true);
    await dialog.getByLabel("Reason").fill("a ward has closed");
    await submit.click();
    await expect.poll(() => records("directory-source-recovered").length, { timeout: 30_000 }).toBe(1);
    expect(records("directory-loss-accepted")).toMatchObject([
      { by: physician, means: "card-pin", place: "ward", detail: "staff: 40 persons; a ward has closed" },
    ]);
    await expect.poll(() => accept.count()).toBe(0);
  });

  test("who may only read accepts and keeps nothing", async () => {
    await open(header + persons(1), "auditor");
    await goTo("Directory");
    expect(await page.getByRole("button", { name: "Import persons" }).count()).toBe(0);
    await goTo("Holders");
    expect(await page.getByRole("button", { name: "Add a person" }).count()).toBe(0);
  });
});

describe("persons kept in the console", () => {
  test("one is entered, disabled, and his open session ends, by keyboard alone", async () => {
    await open(header + persons(1));
    await goTo("Holders");
    await page.getByRole("button", { name: "Add a person" }).focus();
    await page.keyboard.press("Enter");
    for (const typed of [nurse, "Inès MOREL", "imorel", "", "nurses; night", "a1|Nurse|60"]) {
      await page.keyboard.type(typed);
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Tab");
    await page.keyboard.type("starts today");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Inès MOREL", level: 1 }).waitFor();
    await page.getByRole("definition").filter({ hasText: "nurses" }).waitFor();
    const bedside = await workstation("WARD-02");
    const { seat } = await signIn(bedside, house.keysOf("nurse"));
    bedside.believeSeat(seat);
    const told = next(bedside, "seat-lost");
    await page.getByRole("button", { name: "Change" }).click();
    const dialog = page.getByRole("dialog");
    expect(await dialog.getByLabel("Groups").inputValue()).toBe("night; nurses");
    await dialog.getByLabel("May sign in").uncheck();
    await dialog.getByText("ends at once").waitFor();
    await dialog.getByLabel("Reason").fill("has left us");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(told).resolves.toMatchObject({ seat, reason: "withdrawn" });
    await page.getByText("disabled by embedded").waitFor();
    expect(records("directory-person-changed")).toMatchObject([
      { by: physician, holder: nurse, means: "card-pin", detail: "starts today" },
      { by: physician, holder: nurse, means: "card-pin", detail: "has left us" },
    ]);
    expect(records("session-ended")).toMatchObject([{ holder: nurse, detail: "withdrawn: disabled by embedded" }]);
  });

  test("an import first shows whom it adds and loses; one with a fault says where it is", async () => {
    await open(header + persons(1));
    await goTo("Directory");
    await page.getByRole("button", { name: "Import persons" }).click();
    const dialog = page.getByRole("dialog");
    const lines = dialog.getByLabel("Lines of comma-separated values");
    await lines.fill("id,holder,displayName,active\n1,8001,Ann Lee,perhaps\n");
    await dialog.getByRole("button", { name: "See what it will do" }).click();
    await dialog.getByText("line 2, active").waitFor();
    await lines.fill("id,holder,displayName,active\n1,8001,Ann Lee,yes\n2,8002,Paul Roy,yes\n");
    await dialog.getByRole("button", { name: "See what it will do" }).click();
    await dialog.getByText("2 persons added: Ann Lee, Paul Roy").waitFor();
    expect(records("directory-imported")).toEqual([]);
    await dialog.getByLabel("Reason").fill("the first list");
    await dialog.getByRole("button", { name: "Import", exact: true }).click();
    await page
      .getByRole("row", { name: /embedded/ })
      .getByText("kept in this console")
      .waitFor();
    expect(records("directory-imported")).toMatchObject([
      { by: physician, detail: "2 added, 0 changed, 0 lost; the first list" },
    ]);
    await page.getByRole("button", { name: "Import persons" }).click();
    await lines.fill("id,holder,displayName,active\n1,8001,Ann Lee,yes\n");
    await dialog.getByRole("button", { name: "See what it will do" }).click();
    await dialog.getByText("1 person lost", { exact: false }).filter({ hasText: "Paul Roy" }).waitFor();
  });
});

describe("for everybody", () => {
  test("Holders: nothing that axe would object to", async () => {
    await open(`${header + persons(60)}7x,${physician},Camille AUBERT,yes,a\n8x,${physician},Somebody Else,yes,b\n`);
    await goTo("Holders");
    await expect.poll(() => rows().count()).toBe(50);
    expect(await objections(page)).toEqual([]);
    await page.getByRole("button", { name: "Add a person" }).click();
    await page.getByRole("dialog").waitFor();
    expect(await objections(page)).toEqual([]);
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.goto(`${house.broker.webOrigin}/console/holders?holder=${physician}`);
    await page.getByText("Several entries in one source").waitFor();
    expect(await objections(page)).toEqual([]);
  });

  test("Directory: nothing that axe would object to", async () => {
    await open(header + persons(60));
    writeFileSync(file(), header + persons(9));
    await goTo("Directory");
    await page.getByRole("button", { name: "Accept the loss of staff" }).waitFor();
    expect(await objections(page)).toEqual([]);
    await page.getByRole("button", { name: "Import persons" }).click();
    await page.getByRole("dialog").waitFor();
    expect(await objections(page)).toEqual([]);
  });
});
