import type { WindowPeer } from "../../electron/ipc/window-peer.ts";
import type { Intent, ToWindow } from "../../protocol/window/messages.ts";
import type { View } from "../../protocol/window/view.ts";

/** A view that nobody sits at. */
export const coverView: View = {
  revision: 1,
  workstation: { name: "CARDIO-03", placeName: "Cardiologie", helpdeskPhone: "01 55 00 00 00", demonstration: true },
  connection: "connected",
  reader: { state: "empty" },
  screen: { name: "cover" },
};

/** An agent for hosts of the window: it says what it is told to say and keeps what is wanted of it. */
export class FakeWindowPeer implements WindowPeer {
  readonly intents: Intent[] = [];
  readonly #listeners = new Set<(message: ToWindow) => void>();
  #view: View = coverView;

  get listening(): number {
    return this.#listeners.size;
  }

  view(): View {
    return this.#view;
  }

  subscribe(listener: (message: ToWindow) => void): () => void {
    this.#listeners.add(listener);
    listener({ type: "snapshot", view: this.#view });
    return () => this.#listeners.delete(listener);
  }

  intend(intent: Intent): void {
    this.intents.push(intent);
  }

  change(changes: Partial<View>): void {
    this.#view = { ...this.#view, ...changes, revision: this.#view.revision + 1 };
    this.say({ type: "changed", revision: this.#view.revision, changes });
  }

  say(message: ToWindow): void {
    for (const listener of this.#listeners) listener(message);
  }
}
