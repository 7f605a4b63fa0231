import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { languageCodes, languages } from "../../core/language.ts";
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

test("every language is offered by its own name, chosen by the keyboard, and kept", async () => {
  const view = ownViews["own-both"];
  if (view === undefined) throw new Error("no view own-both");
  await showOwn(page, view);
  const choice = page.getByRole("combobox", { name: "Langue" });
  expect(await choice.locator("option").allTextContents()).toEqual(Object.values(languages));
  expect((await choice.boundingBox())?.height).toBeGreaterThanOrEqual(48);
  await choice.focus();
  await page.keyboard.type("Es");
  await page.getByRole("heading", { name: "Mi acceso desde fuera" }).waitFor();
  expect(await page.getAttribute("html", "lang")).toBe("es");
  await showOwn(page, view);
  await page.getByRole("heading", { name: "Mi acceso desde fuera" }).waitFor();
});

test.each(languageCodes)("nothing is cut off sideways, and axe objects to nothing: %s", async code => {
  const view = ownViews["own-both"];
  if (view === undefined) throw new Error("no view own-both");
  await page.addInitScript(language => localStorage.setItem("language", language), code);
  await showOwn(page, view);
  expect(await objections(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
});
