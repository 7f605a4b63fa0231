import type { Page, Route } from "playwright-core";
import { consoleHeaders } from "../../broker/routes/console-headers.ts";
import { readPageFiles } from "../../broker/routes/page-files.ts";
import { consoleApi, consoleRoutes } from "../../protocol/broker/console/routes.ts";
import type { ConsoleStep } from "./console-step.ts";
import type { ConsoleView } from "./console-views.ts";

const origin = "https://wardkey.hospital.example";

/** Shows one view of the built console in a page, with its headers; the broker's answers are the view's. */
export async function showConsole(page: Page, view: ConsoleView): Promise<void> {
  const { page: html, assets } = readPageFiles("console");
  await page.route(`${origin}/**`, async route => {
    const { pathname } = new URL(route.request().url());
    if (pathname.startsWith(consoleApi)) return answer(route, view, pathname);
    const file = assets.get(pathname.split("/").at(-1) ?? "") ?? html;
    await route.fulfill({ headers: { ...consoleHeaders, "content-type": file.mediaType }, body: file.body });
  });
  await page.goto(origin + view.address);
  await page
    .locator(Object.keys(view.answers).length === 0 ? '[data-state="covered"]' : "#content section")
    .first()
    .waitFor();
  for (const step of view.steps ?? []) await doStep(page, step);
  if (view.pasted === undefined) return;
  await page.locator("textarea").first().fill(view.pasted);
  await page.locator(".person").waitFor();
}

/** Rows are found by what stands in them, so that a step holds in every language. */
async function doStep(page: Page, step: ConsoleStep): Promise<void> {
  if ("press" in step) {
    const row = page.locator("tr", { has: page.getByText(step.press, { exact: true }) }).first();
    await row
      .locator("button")
      .nth(step.nth ?? 0)
      .click();
  } else if ("click" in step) {
    await page.locator(step.click).first().click();
  } else {
    await page.locator("#content input").nth(step.into).fill(step.type);
  }
  await page.locator(step.shows).first().waitFor();
}

async function answer(route: Route, view: ConsoleView, path: string): Promise<void> {
  // The question that waits for the seat goes on waiting.
  if (path === consoleRoutes.seatChange.path) return;
  const known = view.answers[path];
  if (known === undefined) await route.fulfill({ status: 403, json: { code: "session-unknown" } });
  else await route.fulfill({ json: known });
}
