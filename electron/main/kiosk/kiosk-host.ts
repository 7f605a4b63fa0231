import type { Page } from "playwright-core";
import type { Language } from "../../../core/language.ts";
import type { Log } from "../../../core/ports/log.ts";
import type { SeatApplications } from "../../../core/ports/screen.ts";
import { BrowserSeatApplications, type Front } from "../../../native-bindings/workstation/browser-seat-applications.ts";
import {
  type ChromiumPage,
  openChromiumSeatBrowser,
} from "../../../native-bindings/workstation/chromium-seat-browser.ts";
import type { WindowPeer } from "../../ipc/window-peer.ts";
import { backToPortal } from "../back-to-portal.ts";
import { WindowServer } from "./window-server.ts";
import { WindowSupervisor } from "./window-supervisor.ts";

export interface KioskHostOptions {
  /** The built window. */
  readonly folder: string;
  readonly headless: boolean;
  /** Of the window until another one is chosen there, and of what the applications are asked in. */
  readonly language: Language;
  readonly size: { readonly width: number; readonly height: number };
  readonly log: Log;
}

/**
 * Shows the window and the applications with the distribution's own Chromium. The applications come first, because the
 * agent needs them; the window follows with `showWindow`, once there is an agent to show.
 */
export class KioskHost {
  readonly #options: KioskHostOptions;
  readonly #seats: BrowserSeatApplications<ChromiumPage>;
  readonly #listeners = new Set<() => void>();
  #server: WindowServer | undefined;
  #supervisor: WindowSupervisor | undefined;

  constructor(options: KioskHostOptions) {
    this.#options = options;
    this.#seats = new BrowserSeatApplications<ChromiumPage>({
      openBrowser: () =>
        openChromiumSeatBrowser({
          headless: options.headless,
          language: options.language,
          size: options.size,
          backToPortal: backToPortal[options.language],
        }),
      onFrontChanged: front => this.#frontChanged(front),
    });
  }

  get name(): "kiosk" {
    return "kiosk";
  }

  get applications(): SeatApplications {
    return this.#seats;
  }

  /** What a person in front of this workstation sees. */
  get front(): { readonly kind: "window" } | { readonly kind: "application"; readonly application: string } {
    const { front } = this.#seats;
    return front.kind === "window" ? front : { kind: "application", application: front.application };
  }

  /** The page that a person in front of this workstation sees; `undefined` while there is no window. */
  get frontPage(): Page | undefined {
    return this.#seats.front.kind === "application" ? this.#seats.front.page.page : this.#supervisor?.page;
  }

  /** Called whenever `front` or `frontPage` may have changed. Returns the way to stop. */
  onFrontChanged(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  backToWindow(): void {
    this.#seats.showWindow();
  }

  /** Resolves when the window has opened its channel for the first time. */
  async showWindow(peer: WindowPeer): Promise<void> {
    const opened = Promise.withResolvers<void>();
    this.#server = await WindowServer.start({
      folder: this.#options.folder,
      peer,
      onWindow: there => {
        this.#seats.windowIsThere(there);
        this.#supervisor?.windowIsThere(there);
        if (there) opened.resolve();
      },
    });
    const server = this.#server;
    this.#supervisor = new WindowSupervisor({
      ...this.#options,
      address: () => server.address(),
      onGone: () => this.#seats.windowIsThere(false),
      onPage: () => this.#tell(),
    });
    await Promise.race([opened.promise, this.#supervisor.failedAtStart]);
  }

  async close(): Promise<void> {
    await Promise.all([this.#supervisor?.close(), this.#seats.close()]);
    await this.#server?.close();
  }

  #frontChanged(front: Front<ChromiumPage>): void {
    if (front.kind === "window") this.#supervisor?.raise();
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
