import type { BrowserWindow, BrowserWindowConstructorOptions, IpcMain, Session } from "electron";
import { backToPortalScript } from "../../../native-bindings/workstation/back-to-portal-script.ts";
import type { ApplicationPage, SeatBrowser } from "../../../native-bindings/workstation/seat-browser.ts";
import { channels, portalWorldId } from "../../ipc/channels.ts";
import { confineContents, confineSession, isWebAddress } from "./confine.ts";
import { applicationOptions } from "./page-options.ts";

export interface SeatBrowserParts {
  readonly createWindow: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  readonly sessionOf: (partition: string) => Session;
  readonly ipc: Pick<IpcMain, "on">;
  readonly uuid: () => string;
  readonly preload: string;
  readonly kiosk: boolean;
  readonly backToPortal: string;
}

/** A seat's applications in Electron: one window each, one session for all, in memory only (no `persist:`). */
export async function openDesktopSeatBrowser(parts: SeatBrowserParts): Promise<SeatBrowser> {
  const partition = `seat-${parts.uuid()}`;
  const session = parts.sessionOf(partition);
  confineSession(session);
  const windows = new Set<BrowserWindow>();
  return {
    async newPage() {
      const window = parts.createWindow(applicationOptions(parts.preload, partition, parts.kiosk));
      windows.add(window);
      window.once("closed", () => windows.delete(window));
      return describePage(window, parts);
    },
    async close() {
      for (const window of windows) window.destroy();
      await Promise.all([session.clearStorageData(), session.clearCache(), session.clearAuthCache()]);
      await session.closeAllConnections();
    },
  };
}

function describePage(window: BrowserWindow, parts: SeatBrowserParts): ApplicationPage {
  const contents = window.webContents;
  confineContents(contents, isWebAddress);
  contents.on("dom-ready", () => {
    const code = backToPortalScript(parts.backToPortal);
    void contents.executeJavaScriptInIsolatedWorld(portalWorldId, [{ code }]).catch(() => {});
  });
  return {
    async navigate(url) {
      await window.loadURL(url);
    },
    reveal() {
      if (window.isDestroyed()) return;
      contents.setIgnoreMenuShortcuts(false);
      window.show();
      window.moveTop();
      window.focus();
    },
    conceal() {
      if (window.isDestroyed()) return;
      contents.setIgnoreMenuShortcuts(true);
      window.hide();
    },
    async close() {
      if (!window.isDestroyed()) window.destroy();
    },
    onClosed(listener) {
      window.once("closed", listener);
      contents.once("render-process-gone", () => {
        if (!window.isDestroyed()) window.destroy();
      });
    },
    onUsed(listener) {
      const throttled = atMostEach(1_000, listener);
      contents.on("input-event", throttled);
      // Windows that the application opens.
      contents.on("did-create-window", opened => opened.webContents.on("input-event", throttled));
    },
    onPortalAsked(listener) {
      parts.ipc.on(channels.portalAsked, event => {
        if (event.sender === contents) listener();
      });
    },
  };
}

/** Leaves out calls that come sooner after the one before than `ms`. */
function atMostEach(ms: number, call: () => void): () => void {
  let calledAt = Number.NEGATIVE_INFINITY;
  return () => {
    const now = performance.now();
    if (now - calledAt < ms) return;
    calledAt = now;
    call();
  };
}
