import type { BrowserWindow, BrowserWindowConstructorOptions, IpcMain, Session } from "electron";
import type { Log } from "../../../core/ports/log.ts";
import type { SeatApplications } from "../../../core/ports/screen.ts";
import type { Timers } from "../../../core/ports/timers.ts";
import { BrowserSeatApplications } from "../../../native-bindings/workstation/browser-seat-applications.ts";
import type { ApplicationPage } from "../../../native-bindings/workstation/seat-browser.ts";
import { windowAddress } from "../../ipc/channels.ts";
import { ElectronDoor } from "../../ipc/electron-door.ts";
import type { WindowPeer } from "../../ipc/window-peer.ts";
import { confineContents, confineSession } from "./confine.ts";
import { openDesktopSeatBrowser } from "./desktop-seat-browser.ts";
import { windowOptions } from "./page-options.ts";

export interface DesktopHostParts {
  readonly createWindow: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  readonly sessionOf: (partition: string) => Session;
  readonly ipc: Pick<IpcMain, "on" | "removeAllListeners">;
  readonly uuid: () => string;
  readonly timers: Timers;
  readonly log: Log;
  /** Files of the built preload scripts. */
  readonly windowPreload: string;
  readonly applicationPreload: string;
  readonly kiosk: boolean;
  readonly backToPortal: string;
}

/** A window that has died is made anew after this time, milliseconds; at once would spin where it always dies. */
const pauseMs = 250;

/** Shows the window and the applications with Electron. The logic of what is in front is the kiosk host's. */
export class DesktopHost {
  readonly #parts: DesktopHostParts;
  readonly #seats: BrowserSeatApplications<ApplicationPage>;
  #door: ElectronDoor | undefined;
  #window: BrowserWindow | undefined;
  #closing = false;

  constructor(parts: DesktopHostParts) {
    this.#parts = parts;
    this.#seats = new BrowserSeatApplications({
      openBrowser: () => openDesktopSeatBrowser({ ...parts, preload: parts.applicationPreload }),
      onFrontChanged: front => {
        if (front.kind === "window") this.#raise();
      },
    });
  }

  get name(): "desktop" {
    return "desktop";
  }

  get applications(): SeatApplications {
    return this.#seats;
  }

  /** Resolves when the window has connected for the first time. */
  async showWindow(peer: WindowPeer): Promise<void> {
    const connected = Promise.withResolvers<void>();
    this.#door = new ElectronDoor({
      ipc: this.#parts.ipc,
      peer,
      window: () => this.#window?.webContents,
      onWindow: there => {
        this.#seats.windowIsThere(there);
        if (there) connected.resolve();
      },
    });
    this.#makeWindow();
    await connected.promise;
  }

  async close(): Promise<void> {
    this.#closing = true;
    await this.#seats.close();
    this.#door?.close();
    this.#window?.destroy();
  }

  #raise(): void {
    if (this.#window === undefined || this.#window.isDestroyed()) return;
    this.#window.moveTop();
    this.#window.focus();
  }

  #makeWindow(): void {
    if (this.#closing) return;
    const { createWindow, log, kiosk, windowPreload } = this.#parts;
    const window = createWindow(windowOptions(windowPreload, kiosk));
    const contents = window.webContents;
    this.#window = window;
    confineSession(contents.session);
    confineContents(contents, url => url.startsWith(windowAddress));
    contents.on("did-start-navigation", details => {
      if (details.isMainFrame && !details.isSameDocument) this.#door?.disconnect();
    });
    const gone = (why: string) => {
      if (this.#window !== window) return;
      this.#window = undefined;
      this.#door?.disconnect();
      if (!window.isDestroyed()) window.destroy();
      if (this.#closing) return;
      log.warn("window-gone", { why });
      this.#parts.timers.after(pauseMs, () => this.#makeWindow());
    };
    contents.once("render-process-gone", (_event, { reason }) => gone(reason));
    window.once("unresponsive", () => gone("unresponsive"));
    window.once("closed", () => gone("closed"));
    window.loadURL(windowAddress).catch(() => gone("not loaded"));
  }
}
