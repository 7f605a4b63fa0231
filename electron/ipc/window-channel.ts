import { intent, type ToWindow, toWindow } from "../../protocol/window/messages.ts";
import type { WindowPeer } from "./window-peer.ts";

export interface WindowChannel {
  /** A message of the window, as it came. Answers whether it fits the schema; what does not changes nothing. */
  receive(message: unknown): boolean;
  close(): void;
}

/**
 * The one door between window and agent, whatever carries it: a snapshot first, then changes; intents back. Checked
 * against protocol/window both ways.
 */
export function openWindowChannel(peer: WindowPeer, send: (message: ToWindow) => void): WindowChannel {
  const stop = peer.subscribe(message => send(toWindow.parse(sayable(message, peer))));
  return {
    receive(message) {
      const understood = intent.safeParse(message);
      if (understood.success) peer.intend(understood.data);
      return understood.success;
    },
    close: stop,
  };
}

/** JSON drops what is `undefined`, so that a receipt that has gone would stay on the screen: a snapshot says it. */
function sayable(message: ToWindow, peer: WindowPeer): ToWindow {
  const dropsSomething = message.type === "changed" && Object.values(message.changes).includes(undefined);
  return dropsSomething ? { type: "snapshot", view: peer.view() } : message;
}
