import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { showOwn } from "../../demo/screens/draw-own.ts";
import { ownViews } from "../../demo/screens/own-views.ts";
import { launchBrowser } from "../integration/support/launch-browser.ts";
import { objections } from "../integration/support/objections.ts";

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(() => browser.close());

beforeEach(async () => {
  page = await browser.newPage({ locale: "fr", viewport: { width: 1024, height: 768 } });
});

afterEach(() => page.close());

test.each(Object.entries(ownViews))(
  "%s: nothing that axe would object to, by day and by night",
  async (_name, view) => {
    await showOwn(page, view);
    expect(await objections(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
  },
);
