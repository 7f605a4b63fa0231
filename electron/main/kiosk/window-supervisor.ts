import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "playwright-core";
import type { Log } from "../../../core/ports/log.ts";
import { PageWindow } from "../../../native-bindings/workstation/page-window.ts";
import { openPrivateBrowser, type PrivateBrowser } from "../../../native-bindings/workstation/private-browser.ts";

interface Options {
  readonly headless: boolean;
  readonly language: string;
  readonly size: { readonly width: number; readonly height: number };
  readonly log: Log;
  /** A new address with a new secret for every load. */
  readonly address: () => string;
  /** The window cannot be seen any more. */
  readonly onGone: () => void;
  readonly onPage: () => void;
}

/** A window that has loaded must open its channel within this time, milliseconds. */
const openingLimitMs = 15_000;
const longestPauseMs = 5_000;

/**
 * Keeps the window on the screen: loads it again when it loses its channel, starts its browser again when that dies,
 * waiting longer from failure to failure. Meanwhile nothing of a seat is shown (design D4).
 */
export class WindowSupervisor {
  /** Rejects where the browser cannot be started at all; never resolves. */
  readonly failedAtStart: Promise<never>;
  readonly #options: Options;
  readonly #closing = new AbortController();
  readonly #work: Promise<void>;
  #browser: PrivateBrowser | undefined;
  #page: Page | undefined;
  #there = false;
  #changed = Promise.withResolvers<void>();

  constructor(options: Options) {
    this.#options = options;
    const start = Promise.withResolvers<never>();
    this.failedAtStart = start.promise;
    start.promise.catch(() => {});
    this.#work = this.#keep(start.reject);
  }

  get page(): Page | undefined {
    return this.#page;
  }

  /** Told by the channel. */
  windowIsThere(there: boolean): void {
    this.#there = there;
    this.#wake();
  }

  raise(): void {
    void this.#page?.bringToFront().catch(() => {});
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#wake();
    await this.#work;
    await this.#browser?.close();
  }

  async #keep(failedAtStart: (problem: unknown) => void): Promise<void> {
    let failures = 0;
    while (!this.#closing.signal.aborted) {
      try {
        const page = await this.#load();
        failures = 0;
        this.#options.log.info("window-shown");
        await this.#until(() => !this.#there || page.isClosed());
      } catch (problem) {
        if (this.#closing.signal.aborted) return;
        failures += 1;
        if (this.#browser === undefined) failedAtStart(problem);
        this.#options.log.warn("window-not-shown", { failures, problem: withoutSecrets(problem) });
      }
      if (this.#closing.signal.aborted) return;
      this.#options.onGone();
      if (failures > 0) await this.#pause(Math.min(100 * 2 ** failures, longestPauseMs));
    }
  }

  async #load(): Promise<Page> {
    const page = await this.#livingPage();
    this.#there = false;
    await page.goto(this.#options.address(), { waitUntil: "commit", timeout: openingLimitMs });
    const limit = AbortSignal.timeout(openingLimitMs);
    limit.addEventListener("abort", () => this.#wake());
    await this.#until(() => this.#there || page.isClosed() || limit.aborted);
    if (!this.#there && !this.#closing.signal.aborted) {
      await page.close().catch(() => {});
      throw new Error("the window did not open its channel");
    }
    return page;
  }

  async #livingPage(): Promise<Page> {
    if (this.#page !== undefined && !this.#page.isClosed()) return this.#page;
    await this.#browser?.close();
    const browser = await openPrivateBrowser({ ...this.#options, kiosk: "one-page" });
    this.#browser = browser;
    const page = browser.context.pages()[0] ?? (await browser.context.newPage());
    page.on("crash", () => void page.close().catch(() => {}));
    page.on("close", () => {
      this.#options.onGone();
      this.#wake();
    });
    if (!this.#options.headless) (await PageWindow.of(page)).fillDisplay();
    this.#page = page;
    this.#options.onPage();
    return page;
  }

  async #until(holds: () => boolean): Promise<void> {
    while (!holds() && !this.#closing.signal.aborted) await this.#changed.promise;
  }

  async #pause(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.#closing.signal }).catch(() => {});
  }

  #wake(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  }
}

/** The browser's complaints name the address, and the address holds the secret. */
function withoutSecrets(problem: unknown): string {
  return (String(problem).split("\n")[0] ?? "").replaceAll(/#[\w-]+/g, "#…");
}
