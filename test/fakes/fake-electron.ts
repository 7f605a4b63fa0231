import { EventEmitter } from "node:events";
import type { BrowserWindow, BrowserWindowConstructorOptions, Session } from "electron";

/** The few members of Electron's objects that the desktop host uses; what it asks for is noted. */
export class FakeContents extends EventEmitter {
  readonly sent: { readonly channel: string; readonly message: unknown }[] = [];
  readonly mainFrame = { url: "" };
  readonly session: FakeSession;
  readonly scripts: { readonly world: number; readonly code: string }[] = [];
  openHandler: (details: { url: string }) => { action: string } = () => ({ action: "allow" });
  destroyed = false;

  constructor(session: FakeSession) {
    super();
    this.session = session;
  }

  send(channel: string, message: unknown): void {
    this.sent.push({ channel, message });
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }
  setIgnoreMenuShortcuts(): void {}
  async executeJavaScriptInIsolatedWorld(world: number, scripts: readonly { code: string }[]): Promise<void> {
    for (const { code } of scripts) this.scripts.push({ world, code });
  }
  /** Emits an event that may be prevented; answers whether it was. */
  attempt(name: string, url: string, ...more: readonly unknown[]): boolean {
    let prevented = false;
    this.emit(name, { url, preventDefault: () => (prevented = true) }, ...more);
    return prevented;
  }
}

export class FakeSession extends EventEmitter {
  readonly cleared: string[] = [];
  permission: (contents: unknown, permission: string, answer: (granted: boolean) => void) => void = () => {};
  check: () => boolean = () => true;
  device: () => boolean = () => true;

  setPermissionRequestHandler(handler: FakeSession["permission"]): void {
    this.permission = handler;
  }
  setPermissionCheckHandler(handler: () => boolean): void {
    this.check = handler;
  }
  setDevicePermissionHandler(handler: () => boolean): void {
    this.device = handler;
  }
  setDisplayMediaRequestHandler(): void {}
  setSpellCheckerEnabled(): void {}
  async clearStorageData(): Promise<void> {
    this.cleared.push("storage");
  }
  async clearCache(): Promise<void> {
    this.cleared.push("cache");
  }
  async clearAuthCache(): Promise<void> {
    this.cleared.push("passwords");
  }
  async closeAllConnections(): Promise<void> {
    this.cleared.push("connections");
  }
}

export class FakeBrowserWindow extends EventEmitter {
  readonly options: BrowserWindowConstructorOptions;
  readonly webContents: FakeContents;
  visible: boolean;
  destroyed = false;
  raised = 0;
  url = "";
  answers: (url: string) => Promise<void> = async () => {};

  constructor(options: BrowserWindowConstructorOptions, session: FakeSession) {
    super();
    this.options = options;
    this.webContents = new FakeContents(session);
    this.visible = options.show ?? true;
  }

  async loadURL(url: string): Promise<void> {
    this.webContents.mainFrame.url = url;
    await this.answers(url);
    this.url = url;
  }
  show(): void {
    this.visible = true;
  }
  hide(): void {
    this.visible = false;
  }
  moveTop(): void {
    this.raised += 1;
  }
  focus(): void {}
  isDestroyed(): boolean {
    return this.destroyed;
  }
  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.visible = false;
    this.webContents.destroyed = true;
    this.emit("closed");
  }
}

/** Electron's own, as far as the desktop host needs it. */
export class FakeElectron {
  readonly windows: FakeBrowserWindow[] = [];
  readonly sessions = new Map<string, FakeSession>();
  readonly ipc = new EventEmitter();

  readonly createWindow = (options: BrowserWindowConstructorOptions): BrowserWindow => {
    const window = new FakeBrowserWindow(options, this.#session(options.webPreferences?.partition ?? ""));
    this.windows.push(window);
    return window as unknown as BrowserWindow;
  };

  readonly sessionOf = (partition: string): Session => this.#session(partition) as unknown as Session;

  /** A message from a page's main frame, or from another frame of it. */
  say(channel: string, contents: FakeContents, message?: unknown, frame: object | null = contents.mainFrame): void {
    this.ipc.emit(channel, { sender: contents, senderFrame: frame }, message);
  }

  #session(partition: string): FakeSession {
    const found = this.sessions.get(partition) ?? new FakeSession();
    this.sessions.set(partition, found);
    return found;
  }
}
