import type { Page } from "playwright-core";
import { ownHeaders } from "../../broker/routes/own-headers.ts";
import { readPageFiles } from "../../broker/routes/page-files.ts";
import { ownBase } from "../../protocol/broker/own/own-routes.ts";
import type { OwnView } from "./own-views.ts";

const origin = "https://wardkey.hospital.example";

/** Shows one of the holder's own pages as it is built, with its headers; the broker's answers are the view's. */
export async function showOwn(page: Page, view: OwnView): Promise<void> {
  const { page: html, assets } = readPageFiles("own");
  await page.route(`${origin}/**`, async route => {
    const { pathname } = new URL(route.request().url());
    if (pathname.startsWith(`${ownBase}api/`)) {
      const known = view.answers[pathname];
      if (known === undefined) await route.fulfill({ status: 403, json: { code: view.code } });
      else await route.fulfill({ json: known });
      return;
    }
    const file = assets.get(pathname.split("/").at(-1) ?? "") ?? html;
    await route.fulfill({ headers: { ...ownHeaders, "content-type": file.mediaType }, body: file.body });
  });
  await page.goto(origin + view.address);
  if (view.press !== undefined) await page.locator(view.press).first().click();
  await page.locator(view.shows).waitFor();
}
