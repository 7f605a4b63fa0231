import type { BrowserContext, Page } from "playwright-core";
import { backToPortalScript, portalBinding } from "./back-to-portal-script.ts";
import { addOwnWorldScript } from "./own-world-script.ts";
import { PageWindow } from "./page-window.ts";
import { openPrivateBrowser, type PrivateBrowserOptions } from "./private-browser.ts";
import type { ApplicationPage, SeatBrowser } from "./seat-browser.ts";
import { watchUse } from "./watch-use.ts";

/** How long an application may take to answer its first request, milliseconds. */
const answerLimitMs = 20_000;

/** A page of the seat's Chromium; `page` is for hosts that picture or drive it. */
export interface ChromiumPage extends ApplicationPage {
  readonly page: Page;
}

interface Options extends Omit<PrivateBrowserOptions, "kiosk"> {
  /** What the tab at the edge says that leads back to the portal. */
  readonly backToPortal: string;
}

/** Starts the browser of one seat. */
export async function openChromiumSeatBrowser(
  options: Options,
): Promise<SeatBrowser & { newPage(): Promise<ChromiumPage> }> {
  const browser = await openPrivateBrowser({ ...options, kiosk: "pages" });
  const { context } = browser;
  // Chromium starts with an empty page; it is used for the first application.
  const unused = context.pages();
  return {
    async newPage() {
      const page = unused.pop() ?? (await context.newPage());
      return await describePage(context, page, options);
    },
    close: () => browser.close(),
  };
}

async function describePage(context: BrowserContext, page: Page, options: Options): Promise<ChromiumPage> {
  const devtools = await context.newCDPSession(page);
  const portalListeners = new Set<() => void>();
  const popups = new Set<Page>();
  page.on("popup", popup => {
    popups.add(popup);
    popup.on("close", () => popups.delete(popup));
  });
  // Where there is a display its holder answers; where there is none nobody can, and the page would wait for ever.
  page.on("dialog", dialog => {
    if (options.headless) void dialog.dismiss().catch(() => {});
  });
  await addOwnWorldScript(devtools, {
    source: backToPortalScript(options.backToPortal),
    binding: portalBinding,
    runImmediately: false,
    onCalled: () => {
      for (const listener of portalListeners) listener();
    },
  });
  const window = options.headless ? undefined : await PageWindow.of(page);
  // Ordered first, so that no key reaches a page on its way out of sight.
  const takeInput = (take: boolean) =>
    void devtools.send("Input.setIgnoreInputEvents", { ignore: !take }).catch(() => {});
  return {
    page,
    async navigate(url) {
      await page.goto(url, { waitUntil: "commit", timeout: answerLimitMs });
    },
    reveal() {
      takeInput(true);
      window?.fillDisplay();
      void page.bringToFront().catch(() => {});
    },
    conceal() {
      takeInput(false);
      window?.minimise();
      for (const popup of popups) void popup.close().catch(() => {});
    },
    async close() {
      await page.close().catch(() => {});
    },
    onClosed(listener) {
      page.on("close", listener);
      page.on("crash", () => void page.close().catch(() => {}));
    },
    onUsed(listener) {
      watchUse(context, page, listener);
    },
    onPortalAsked(listener) {
      portalListeners.add(listener);
    },
  };
}
