import type { BrowserContext, CDPSession, Page } from "playwright-core";
import { backToPortalScript, portalBinding, portalWorld } from "./back-to-portal-script.ts";
import { openPrivateBrowser, type PrivateBrowserOptions } from "./private-browser.ts";
import type { ApplicationPage, SeatBrowser } from "./seat-browser.ts";

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
  const browser = await openPrivateBrowser({ ...options, kiosk: false });
  const { context } = browser;
  await keepToTheWeb(context);
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

/** Local files, settings and other programs are none of an application's business. */
async function keepToTheWeb(context: BrowserContext): Promise<void> {
  await context.route(
    url => !["http:", "https:", "ws:", "wss:", "data:", "blob:"].includes(url.protocol),
    route => route.abort("blockedbyclient"),
  );
}

async function describePage(context: BrowserContext, page: Page, options: Options): Promise<ChromiumPage> {
  const devtools = await context.newCDPSession(page);
  const portalListeners = new Set<() => void>();
  const popups = new Set<Page>();
  page.on("popup", popup => {
    popups.add(popup);
    popup.on("close", () => popups.delete(popup));
  });
  page.on("dialog", dialog => void dialog.dismiss().catch(() => {}));
  devtools.on("Runtime.bindingCalled", call => {
    if (call.name === portalBinding) for (const listener of portalListeners) listener();
  });
  await devtools.send("Runtime.enable");
  // A world of its own: the application can neither call the binding nor read the tab.
  await devtools.send("Runtime.addBinding", { name: portalBinding, executionContextName: portalWorld });
  await devtools.send("Page.enable");
  await devtools.send("Page.addScriptToEvaluateOnNewDocument", {
    source: backToPortalScript(options.backToPortal),
    worldName: portalWorld,
  });
  return {
    page,
    async navigate(url) {
      await page.goto(url, { waitUntil: "commit", timeout: answerLimitMs });
    },
    reveal() {
      order(devtools, options.headless, true);
      void page.bringToFront().catch(() => {});
    },
    conceal() {
      order(devtools, options.headless, false);
      for (const popup of popups) void popup.close().catch(() => {});
    },
    async close() {
      await page.close().catch(() => {});
    },
    onClosed(listener) {
      page.on("close", listener);
      page.on("crash", () => void page.close().catch(() => {}));
    },
    onPortalAsked(listener) {
      portalListeners.add(listener);
    },
  };
}

/** Orders both at once and waits for neither: input first, so that no key reaches a page on its way out of sight. */
function order(devtools: CDPSession, headless: boolean, seen: boolean): void {
  const ignoreFailure = () => {};
  void devtools.send("Input.setIgnoreInputEvents", { ignore: !seen }).catch(ignoreFailure);
  if (headless) return;
  void devtools
    .send("Browser.getWindowForTarget")
    .then(({ windowId }) =>
      devtools.send("Browser.setWindowBounds", {
        windowId,
        bounds: { windowState: seen ? "fullscreen" : "minimized" },
      }),
    )
    .catch(ignoreFailure);
}
