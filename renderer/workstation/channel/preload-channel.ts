import { type Intent, toWindow } from "../../../protocol/window/messages.ts";
import type { ChannelListener, WindowChannel } from "./window-channel.ts";

/** What Electron's preload script offers. */
export interface PreloadBridge {
  connect(listener: (message: unknown) => void): void;
  send(intent: unknown): void;
}

/** The Electron host's channel. */
export class PreloadChannel implements WindowChannel {
  readonly #bridge: PreloadBridge;

  constructor(bridge: PreloadBridge) {
    this.#bridge = bridge;
  }

  connect(listener: ChannelListener): void {
    this.#bridge.connect(message => {
      const parsed = toWindow.safeParse(message);
      if (parsed.success) listener.onMessage(parsed.data);
      else listener.onLost();
    });
  }

  send(intent: Intent): void {
    this.#bridge.send(intent);
  }
}
