import type { Intent, ToWindow } from "../../protocol/window/messages.ts";

/** What a host of the window needs of the agent. */
export interface WindowPeer {
  /** A snapshot at once, then every change. Returns the way to stop. */
  subscribe(listener: (message: ToWindow) => void): () => void;
  intend(intent: Intent): void;
}
