import type { Intent, ToWindow } from "../../../protocol/window/messages.ts";

export interface ChannelListener {
  onMessage(message: ToWindow): void;
  /** The agent cannot be heard any more. */
  onLost(): void;
}

/** The way between the window and its agent. */
export interface WindowChannel {
  /** Asks for the view, again and again until it is there. Called once. */
  connect(listener: ChannelListener): void;
  /** What cannot be sent is dropped: the person sees that nothing happens, and nothing happens later by surprise. */
  send(intent: Intent): void;
}
