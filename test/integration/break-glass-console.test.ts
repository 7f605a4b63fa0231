import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import { ConsolePage } from "./support/console-page.ts";
import { launchBrowser } from "./support/launch-browser.ts";
import { signIn, TestBroker } from "./support/test-broker.ts";

const nurse = "899700218896";
const vital = { kind: "vital", words: "bed 12, cardiac arrest" };

let browser: Browser;
let house: TestBroker;
let ward: BrokerClient;
const open: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

async function openDesk(card: string): Promise<ConsolePage> {
  const client = new BrokerClient(await house.enrol(`DESK-${card}`));
  const opened = await ConsolePage.open(browser, house, client, card);
  open.push(opened, client);
  return opened;
}

beforeEach(async () => {
  house = await TestBroker.start({
    administrators: [
      { holder: "899700075064", roles: ["helpdesk", "auditor"] },
      { holder: "899700411253", roles: ["trust"] },
      { holder: nurse, roles: ["auditor"] },
    ],
    breakGlass: {
      places: [{ place: "ward", ways: ["without-card"] }],
      reasons: [{ id: "vital", text: { en: "A life is at risk", fr: "Urgence vitale" } }],
    },
  });
  ward = new BrokerClient(await house.enrol("WARD-1"));
  await ward.end((await signIn(ward, house.keysOf("nurse"))).seat);
});

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  await ward.close();
  await house.close();
});

describe("the console", () => {
  test("says on every page that a glass is broken, lets the helpdesk end it and an auditor close it; axe objects to none of it", async () => {
    const desk = await openDesk("physician");
    const { page } = desk;
    const banner = page.getByRole("complementary", { name: "Emergency access, open now" });
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await banner.count()).toBe(0);
    await ward.signInByGlass("Morel Ines", vital);
    await banner.waitFor();
    expect(await banner.textContent()).toContain("not checked");
    expect(await desk.objections()).toEqual([]);
    await banner.getByRole("link", { name: "See it" }).click();
    const row = page.getByRole("row").filter({ hasText: nurse });
    await row.getByText("open", { exact: true }).waitFor();
    expect(await row.getByRole("button", { name: /^Review/u }).count()).toBe(0);
    expect(await desk.objections()).toEqual([]);
    await row.getByRole("button", { name: /^End the emergency access/u }).click();
    await desk.confirm("End it");
    await row.getByText("to be reviewed").waitFor();
    await expect.poll(() => banner.count()).toBe(0);
    await row.getByRole("button", { name: /^Review/u }).click();
    expect(await desk.objections()).toEqual([]);
    expect(await desk.dialog.textContent()).toContain(vital.words);
    await desk.dialog.getByLabel("not justified").check();
    await desk.confirm("Close the review");
    await page.getByRole("region", { name: "Reviewed within the last 30 days" }).getByText(nurse).waitFor();
    expect(house.recordsOf("break-glass-reviewed")).toMatchObject([{ by: "899700075064", holder: nurse }]);
  });

  test("offers nobody the review of his own, and shows the page to nobody without a role for it", async () => {
    const claim = await ward.signInByGlass("Morel Ines", vital);
    await ward.endGlass(claim.seat);
    const own = await openDesk("nurse");
    await own.goTo("Emergency access");
    const row = own.page.getByRole("row").filter({ hasText: nurse });
    await row.getByText("to be reviewed").waitFor();
    expect(await row.getByRole("button").count()).toBe(0);
    const other = await openDesk("cps3");
    expect(await other.page.getByRole("link", { name: "Emergency access" }).count()).toBe(0);
  });
});
