import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { plainPassword } from "../../core/fallback/temporary-password.ts";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import { ConsolePage } from "./support/console-page.ts";
import { launchBrowser } from "./support/launch-browser.ts";
import { signIn, TestBroker } from "./support/test-broker.ts";

const nurse = "899700218896";

let browser: Browser;
let folder: string;
let house: TestBroker;
let ward: BrokerClient;
let desk: ConsolePage;
const open: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

async function openDesk(card: string): Promise<ConsolePage> {
  const client = new BrokerClient(await house.enrol(`DESK-${card}`));
  const opened = await ConsolePage.open(browser, house, client, card);
  open.push(opened, client);
  await opened.goTo("Fallback");
  return opened;
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "wardkey-staff-"));
  const file = join(folder, "staff.csv");
  writeFileSync(file, `id,displayName,active,holder\n1,Inès MOREL,yes,${nurse}\n`);
  house = await TestBroker.start({
    directory: { required: false, sources: [{ id: "staff", kind: "csv", file }] },
    administrators: [
      { holder: "899700075064", roles: ["helpdesk"] },
      { holder: "899700411253", roles: ["helpdesk", "trust"] },
    ],
    fallback: {
      profiles: [
        { id: "shift", name: "One shift", minutes: 600, signIns: 9, secondPerson: false },
        { id: "day", name: "A whole day", minutes: 1440, signIns: 20, secondPerson: true },
      ],
      checklist: [
        { id: "call-back", text: { en: "Called back", fr: "Rappelé" } },
        { id: "question", text: { en: "The agreed question" } },
      ],
    },
  });
  ward = new BrokerClient(await house.enrol("WARD-1"));
  const { seat } = await signIn(ward, house.keysOf("nurse"));
  await ward.end(seat);
  desk = await openDesk("physician");
});

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  await ward.close();
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

const byPassword = (password: string) =>
  ward.signInWithPassword(nurse, new TextEncoder().encode(plainPassword(password)));

/** The page of the holder who calls, as a link on the holder's page leads to it. */
async function callOf(holder: string): Promise<void> {
  const { page } = desk;
  await page.goto(`${new URL(page.url()).origin}/console/fallback?holder=${holder}`);
  await page.getByRole("heading", { name: "Temporary access for", exact: false }).waitFor();
}

describe("the helpdesk's page", () => {
  test("issues by the keyboard alone, in fewer than six interactions, and axe objects to none of it", async () => {
    const { page } = desk;
    expect(await desk.objections()).toEqual([]);
    await callOf(nurse);
    expect(await desk.objections()).toEqual([]);
    const issue = page.getByRole("button", { name: "Issue the access" });
    expect(await issue.isDisabled()).toBe(true);
    await page.getByLabel("Called back").focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.keyboard.press("Tab");
    await page.keyboard.type("card at home");
    await page.keyboard.press("Enter");
    const password = (await page.locator("[data-password]").textContent()) ?? "";
    expect(await desk.objections()).toEqual([]);
    expect(await byPassword(password)).toMatchObject({ means: "temporary-password", holder: { id: nurse } });
    await page.getByRole("button", { name: "noted" }).click();
    await page.getByRole("heading", { name: "Present, and of the last day" }).waitFor();
    expect(await page.content()).not.toContain(password.slice(0, 5));
    await page.getByRole("row").filter({ hasText: nurse }).getByText("in use").waitFor();
    expect(house.recordsOf("fallback-issued")).toHaveLength(1);
  });

  test("from the call to the password: by the keyboard, six interactions, and far less than a minute", async () => {
    const { page } = desk;
    const began = Date.now();
    let interactions = 0;
    const interact = async (act: Promise<unknown>) => {
      await act;
      interactions += 1;
    };
    // As on opening the page, and by Tab from field to field: neither is an interaction of its own.
    const field = (name: string | RegExp) => page.getByLabel(name).first().focus();
    await field("Name, identifier or account");
    await interact(page.keyboard.type("ines morel"));
    const found = page.locator(".found a").first();
    await found.waitFor();
    await found.focus();
    await interact(page.keyboard.press("Enter"));
    await page.getByRole("heading", { name: "Temporary access for", exact: false }).waitFor();
    await field("Called back");
    await interact(page.keyboard.press("Space"));
    await field("The agreed question");
    await interact(page.keyboard.press("Space"));
    await field("Reason");
    await interact(page.keyboard.type("card at home"));
    await interact(page.keyboard.press("Enter"));
    const password = (await page.locator("[data-password]").textContent()) ?? "";
    expect(interactions).toBe(6);
    expect(Date.now() - began).toBeLessThan(60_000);
    expect(await byPassword(password)).toMatchObject({ means: "temporary-password", holder: { id: nurse } });
  });

  test("waits for a second person, whose list shows it; only who asked sees the password", async () => {
    const { page } = desk;
    await callOf(nurse);
    await page.getByLabel("Called back").check();
    await page.getByLabel("The agreed question").check();
    await page.getByLabel("Reason").fill("card at home");
    await page.getByLabel("A whole day").check();
    await page.getByRole("button", { name: "Ask for approval" }).click();
    await page.getByText("The request waits for a second person").waitFor();
    await page.getByRole("button", { name: "Temporary accesses" }).click();
    const row = page.getByRole("row").filter({ hasText: nurse });
    await row.getByText("waits for approval").waitFor();
    expect(await row.getByRole("button", { name: /Approve|Show/u }).count()).toBe(0);
    const second = await openDesk("cps3");
    await second.page.getByRole("button", { name: /^Approve the access/u }).click();
    await second.page.getByRole("row").filter({ hasText: nurse }).getByText("approved", { exact: true }).waitFor();
    expect(await second.page.getByRole("button", { name: /^Show the password/u }).count()).toBe(0);
    await row.getByRole("button", { name: /^Show the password/u }).click();
    const password = (await page.locator("[data-password]").textContent()) ?? "";
    expect(await byPassword(password)).toMatchObject({ temporaryAccess: { left: 19 } });
    expect(house.recordsOf("fallback-approved")).toMatchObject([{ by: "899700411253", holder: nurse }]);
  });

  test("reports the card lost, revokes for a reason; who may takes the report back", async () => {
    const { page } = desk;
    await callOf(nurse);
    await page.getByLabel("Called back").check();
    await page.getByLabel("The agreed question").check();
    await page.getByLabel("Reason").fill("bag stolen");
    await page.getByLabel("The card is lost").check();
    await page.getByRole("button", { name: "Issue the access" }).click();
    const password = (await page.locator("[data-password]").textContent()) ?? "";
    await page.getByRole("button", { name: "noted" }).click();
    await expect(signIn(ward, house.keysOf("nurse"))).rejects.toMatchObject({ code: "card-reported-lost" });
    await page.getByRole("button", { name: /^Revoke the access/u }).click();
    expect(await desk.objections()).toEqual([]);
    await desk.confirm("Revoke");
    await page.getByText("revoked", { exact: true }).waitFor();
    await expect(byPassword(password)).rejects.toMatchObject({ code: "password-refused" });
    expect(await page.getByRole("button", { name: /^Card found/u }).count()).toBe(0);
    const administrator = await openDesk("cps3");
    await administrator.page.getByRole("button", { name: /^Card found/u }).click();
    await administrator.confirm("Card found");
    await administrator.page.getByText("No card is reported lost.").waitFor();
    expect(await signIn(ward, house.keysOf("nurse"))).toMatchObject({ means: "card-pin" });
  });
});
