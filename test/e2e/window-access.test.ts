import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { namedViews } from "../../demo/screens/named-views.ts";
import { serveView } from "../../demo/screens/serve-view.ts";
import { launchBrowser } from "../integration/support/launch-browser.ts";
import { objections } from "../integration/support/objections.ts";

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  page = await browser.newPage({ locale: "fr", viewport: { width: 1280, height: 800 } });
});

afterAll(() => browser.close());

test.each(Object.entries(namedViews))(
  "%s: nothing that axe would object to, by day and by night",
  async (name, view) => {
    // Each view comes from a server of its own, and so from another origin: what the page keeps of one is not there for the next.
    const server = await serveView(view);
    await page.goto(server.address());
    await page.locator(`[data-screen="${view.screen.name}"]`).waitFor();
    // Text of 7 to 1 on the screens that are read most.
    const more = /^(portal|activity)/.test(name) ? ["color-contrast-enhanced"] : [];
    expect(await objections(page, more)).toEqual([]);
    await server.close();
  },
);

test("what axe would object to is told by theme, also the stricter contrast", async () => {
  await page.goto("about:blank");
  await page.setContent(`<html lang="en"><title>A page</title><style>
    p { background: white; color: #767676 } [data-theme="night"] p { color: #eee }
  </style><main><h1>A page</h1><p>pale</p></main></html>`);
  expect(await objections(page)).toEqual(["night: color-contrast: <p>pale</p>"]);
  expect(await objections(page, ["color-contrast-enhanced"])).toEqual([
    "light: color-contrast-enhanced: <p>pale</p>",
    "night: color-contrast: <p>pale</p>",
  ]);
});
