import type { Intent, ToWindow } from "../../protocol/window/messages.ts";
import type { View } from "../../protocol/window/view.ts";

/** What a host of the window needs of the agent. */
export interface WindowPeer {
  view(): View;
  /** A snapshot at once, then every change. Returns the way to stop. */
  subscribe(listener: (message: ToWindow) => void): () => void;
  intend(intent: Intent): void;
}
