import type { CDPSession, Page } from "playwright-core";
import type { DeskFrame } from "../desk/desk-controls.ts";

/** Pictures of the page in front, and of no other: one that comes late from a page that is not is dropped. */
export class Screencast {
  readonly #show: (frame: DeskFrame) => void;
  #on = false;
  #page: Page | undefined;
  #session: CDPSession | undefined;

  constructor(show: (frame: DeskFrame) => void) {
    this.#show = show;
  }

  switch(on: boolean, page: Page | undefined): void {
    if (this.#on === on) return;
    this.#on = on;
    this.#page = undefined;
    if (on) this.follow(page);
    else void this.#stop();
  }

  /** From now on only this page's pictures count. */
  follow(page: Page | undefined): void {
    if (!this.#on || page === this.#page) return;
    this.#page = page;
    void this.#stop();
    if (page !== undefined) void this.#start(page).catch(() => {});
  }

  async close(): Promise<void> {
    this.#on = false;
    this.#page = undefined;
    await this.#stop();
  }

  async #start(page: Page): Promise<void> {
    const session = await page.context().newCDPSession(page);
    if (this.#page !== page) return await session.detach();
    this.#session = session;
    session.on("Page.screencastFrame", ({ data, sessionId, metadata }) => {
      void session.send("Page.screencastFrameAck", { sessionId }).catch(() => {});
      if (this.#page !== page || this.#session !== session) return;
      this.#show({ jpeg: Buffer.from(data, "base64"), width: metadata.deviceWidth, height: metadata.deviceHeight });
    });
    await session.send("Page.startScreencast", { format: "jpeg", quality: 80, everyNthFrame: 1 });
  }

  async #stop(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    await session?.detach().catch(() => {});
  }
}
