import type { IpcMain, IpcMainEvent, WebContents } from "electron";
import { channels, windowAddress } from "./channels.ts";
import { openWindowChannel, type WindowChannel } from "./window-channel.ts";
import type { WindowPeer } from "./window-peer.ts";

interface Options {
  readonly ipc: Pick<IpcMain, "on" | "removeAllListeners">;
  readonly peer: WindowPeer;
  /** The window's page, while there is one. */
  readonly window: () => WebContents | undefined;
  /** True when the window has connected, false when it is gone. */
  readonly onWindow: (there: boolean) => void;
}

/**
 * The one way from the window into the main process. Only the main frame of our own window, showing our own page, is
 * heard; each message is checked against its schema.
 */
export class ElectronDoor {
  readonly #options: Options;
  #channel: WindowChannel | undefined;

  constructor(options: Options) {
    this.#options = options;
    options.ipc.on(channels.connect, event => this.#connect(event));
    options.ipc.on(channels.intend, (event, message: unknown) => {
      if (this.#isOurs(event)) this.#channel?.receive(message);
    });
  }

  /** The page is gone or is being loaded anew: until it connects again nobody is told anything. */
  disconnect(): void {
    if (this.#channel === undefined) return;
    this.#channel.close();
    this.#channel = undefined;
    this.#options.onWindow(false);
  }

  close(): void {
    this.disconnect();
    for (const name of [channels.connect, channels.intend]) this.#options.ipc.removeAllListeners(name);
  }

  #connect(event: IpcMainEvent): void {
    if (!this.#isOurs(event)) return;
    this.disconnect();
    const contents = event.sender;
    this.#channel = openWindowChannel(this.#options.peer, message => {
      if (!contents.isDestroyed()) contents.send(channels.tell, message);
    });
    this.#options.onWindow(true);
  }

  #isOurs(event: IpcMainEvent): boolean {
    const window = this.#options.window();
    const frame = event.senderFrame;
    return (
      window !== undefined &&
      event.sender === window &&
      frame !== null &&
      frame === window.mainFrame &&
      frame.url.startsWith(windowAddress)
    );
  }
}
