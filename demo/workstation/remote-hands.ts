import type { Page } from "playwright-core";
import type { KioskHost } from "../../electron/main/kiosk/kiosk-host.ts";
import type { DeskInput } from "../desk/desk-controls.ts";
import type { FromWorkstation, ToWorkstation } from "./messages.ts";

type Asked = Extract<ToWorkstation, { readonly request: number }>;

/** How long what is clicked may take to appear, milliseconds. */
const appearanceLimitMs = 10_000;

/** Does what a person in front of the workstation would: on whatever is in front at that moment, one after the other. */
export class RemoteHands {
  readonly #host: KioskHost;
  #work: Promise<unknown> = Promise.resolve();

  constructor(host: KioskHost) {
    this.#host = host;
  }

  input(input: DeskInput): void {
    void this.#queue(page => relay(page, input));
  }

  async answer(asked: Asked): Promise<FromWorkstation> {
    const { request } = asked;
    try {
      switch (asked.type) {
        case "press":
          await this.#queue(async page => {
            for (const key of asked.keys) await page.keyboard.press(key);
          });
          return { type: "done", request };
        case "click":
          await this.#queue(page => page.locator(asked.selector).first().click({ timeout: appearanceLimitMs }));
          return { type: "done", request };
        case "show-window":
          this.#host.backToWindow();
          return { type: "done", request };
        case "look":
          return await this.#queue(async page => ({
            type: "seen",
            request,
            front: this.#host.front,
            url: page.url(),
            // biome-ignore lint/performance/useDomNodeTextContent: what a person can read, without what is hidden
            text: await page.locator("body").innerText({ timeout: appearanceLimitMs }),
          }));
        case "screenshot":
          return await this.#queue(async page => ({
            type: "screenshot-taken",
            request,
            png: await page.screenshot({ animations: "disabled" }),
          }));
        default:
          return asked satisfies never;
      }
    } catch (problem) {
      return { type: "done", request, problem: problem instanceof Error ? problem.message : String(problem) };
    }
  }

  #queue<Result>(act: (page: Page) => Promise<Result>): Promise<Result> {
    const done = this.#work.then(async () => {
      const page = this.#host.frontPage;
      if (page === undefined) throw new Error("the workstation shows no window");
      return await act(page);
    });
    this.#work = done.catch(() => {});
    return done;
  }
}

async function relay(page: Page, input: DeskInput): Promise<void> {
  switch (input.kind) {
    case "mouse": {
      await page.mouse.move(input.x, input.y);
      const button = input.button === "none" ? "left" : input.button;
      if (input.act === "down") await page.mouse.down({ button });
      if (input.act === "up") await page.mouse.up({ button });
      return;
    }
    case "wheel":
      await page.mouse.move(input.x, input.y);
      return await page.mouse.wheel(input.deltaX, input.deltaY);
    case "key":
      return input.act === "down" ? await keyDown(page, input.key) : await page.keyboard.up(input.key).catch(() => {});
    default:
      return input satisfies never;
  }
}

/** A letter that the American keyboard does not have is typed as text. */
async function keyDown(page: Page, key: string): Promise<void> {
  const known = await page.keyboard.down(key).then(
    () => true,
    () => false,
  );
  if (!known && [...key].length === 1) await page.keyboard.insertText(key);
}
