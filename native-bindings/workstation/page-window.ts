import type { CDPSession, Page } from "playwright-core";

type Bounds = { left: number; top: number; width: number; height: number };

/**
 * The window of a page on the display. A thin client may run without a window manager, where "full screen" alone changes
 * nothing: the window is also given the display's size.
 */
export class PageWindow {
  readonly #devtools: CDPSession;
  readonly #id: number;
  readonly #display: Bounds;

  private constructor(devtools: CDPSession, id: number, display: Bounds) {
    this.#devtools = devtools;
    this.#id = id;
    this.#display = display;
  }

  static async of(page: Page): Promise<PageWindow> {
    const devtools = await page.context().newCDPSession(page);
    const { windowId } = await devtools.send("Browser.getWindowForTarget");
    const { result } = await devtools.send("Runtime.evaluate", {
      expression: "({ width: screen.width, height: screen.height })",
      returnByValue: true,
    });
    return new PageWindow(devtools, windowId, { left: 0, top: 0, ...result.value });
  }

  /** Ordered at once, waits for nothing, never rejects. */
  fillDisplay(): void {
    this.#order({ windowState: "normal" }, this.#display, { windowState: "fullscreen" });
  }

  /** Chromium goes from full screen to minimised only by way of the normal state. */
  minimise(): void {
    this.#order({ windowState: "normal" }, { windowState: "minimized" });
  }

  #order(...steps: readonly ({ windowState: "normal" | "fullscreen" | "minimized" } | Bounds)[]): void {
    for (const bounds of steps)
      void this.#devtools.send("Browser.setWindowBounds", { windowId: this.#id, bounds }).catch(() => {});
  }
}
