import type { Browser, BrowserContext, Page } from "playwright-core";
import type { BrokerClient } from "../../../electron/main/broker/broker-client.ts";
import { consoleApplication } from "../../../protocol/broker/console/console-application.ts";
import { objections } from "./objections.ts";
import { signIn, type TestBroker } from "./test-broker.ts";

/** The console in a browser of its own, opened from the portal by a card at a workstation. */
export class ConsolePage {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly seat: string;

  private constructor(context: BrowserContext, page: Page, seat: string) {
    this.context = context;
    this.page = page;
    this.seat = seat;
  }

  static async open(browser: Browser, house: TestBroker, client: BrokerClient, card: string): Promise<ConsolePage> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    const { seat } = await signIn(client, house.keysOf(card));
    await page.addInitScript(() => localStorage.setItem("language", "en"));
    await page.goto((await client.launch(seat, consoleApplication.id)).url);
    await page.locator(".console").waitFor();
    return new ConsolePage(context, page, seat);
  }

  async goTo(name: string): Promise<void> {
    const pages = this.page.getByRole("navigation", { name: "Pages of the console" });
    await pages.getByRole("link", { name, exact: true }).click();
    await this.page.getByRole("heading", { name, level: 1 }).waitFor();
  }

  get dialog() {
    return this.page.getByRole("dialog");
  }

  /** Gives the dialog its reason and does what it asks for. */
  async confirm(button: string): Promise<void> {
    await this.dialog.getByLabel("Reason").fill("as it was asked");
    await this.dialog.getByRole("button", { name: button, exact: true }).click();
  }

  /** What axe has against the page as it stands. */
  objections(): Promise<readonly string[]> {
    return objections(this.page);
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}
