import { type Intent, toWindow } from "../../../protocol/window/messages.ts";
import type { Opening } from "../../../protocol/window/opening.ts";
import type { ChannelListener, WindowChannel } from "./window-channel.ts";

/** The kiosk host's channel: a WebSocket to where the page came from, opened by the one-time secret in its address. */
export class LoopbackChannel implements WindowChannel {
  readonly #location: Location;
  #socket: WebSocket | undefined;

  constructor(location: Location) {
    this.#location = location;
  }

  connect(listener: ChannelListener): void {
    const socket = new WebSocket(`ws://${this.#location.host}/channel`);
    this.#socket = socket;
    socket.onopen = () => {
      const opening: Opening = { type: "open", secret: this.#location.hash.slice(1) };
      socket.send(JSON.stringify(opening));
    };
    socket.onmessage = ({ data }) => {
      const parsed = toWindow.safeParse(JSON.parse(String(data)));
      if (parsed.success) listener.onMessage(parsed.data);
      else socket.close();
    };
    // The secret was for one opening: the host loads the page anew when it is back.
    socket.onclose = () => listener.onLost();
  }

  send(intent: Intent): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(intent));
  }
}
