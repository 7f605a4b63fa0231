import type { BrowserWindowConstructorOptions, WebPreferences } from "electron";

/** How every page of this host is run, the window's as well as an application's (Electron's security checklist). */
const confined = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
  safeDialogs: true,
} as const satisfies WebPreferences;

/** The night theme's ground: no white frame before the page has painted. */
const ground = "#0d1416";

/** The window. It stands opaque on the screen before its page has loaded. */
export function windowOptions(preload: string, kiosk: boolean): BrowserWindowConstructorOptions {
  return {
    title: "Wardkey",
    backgroundColor: ground,
    show: true,
    kiosk,
    fullscreen: kiosk,
    alwaysOnTop: kiosk,
    frame: !kiosk,
    closable: !kiosk,
    minimizable: !kiosk,
    autoHideMenuBar: true,
    width: 1280,
    height: 800,
    webPreferences: { ...confined, preload, devTools: false, partition: "wardkey-window" },
  };
}

/** An application's page: hidden until the seat's sight allows it, in the seat's own in-memory session. */
export function applicationOptions(
  preload: string,
  partition: string,
  kiosk: boolean,
): BrowserWindowConstructorOptions {
  return {
    backgroundColor: "#ffffff",
    show: false,
    fullscreen: kiosk,
    alwaysOnTop: kiosk,
    autoHideMenuBar: true,
    webPreferences: { ...confined, preload, devTools: false, partition, backgroundThrottling: true },
  };
}
