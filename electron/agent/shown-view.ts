import type { ToWindow } from "../../protocol/window/messages.ts";
import type { View } from "../../protocol/window/view.ts";
import type { Alarms } from "./alarms.ts";

type Shown = Omit<View, "revision">;

const unreadableMs = 150;

/** What there is to see now, and the windows that are told of it: a snapshot first, then every change under the next number. */
export class ShownView {
  readonly #alarms: Alarms;
  readonly #listeners = new Set<(message: ToWindow) => void>();
  #view: View;
  /** What the windows were told last. */
  #told: View["screen"]["name"];

  constructor(alarms: Alarms, first: Shown) {
    this.#alarms = alarms;
    this.#view = { revision: 0, ...first };
    this.#told = first.screen.name;
  }

  get now(): View {
    return this.#view;
  }

  /** Returns the way to stop. */
  subscribe(listener: (message: ToWindow) => void): () => void {
    this.#listeners.add(listener);
    listener({ type: "snapshot", view: this.#view });
    return () => this.#listeners.delete(listener);
  }

  /** A moment's work that is over before anybody could read of it is not told: it would only flicker, and cost time. */
  show(shown: Shown): void {
    this.#view = { revision: this.#view.revision, ...shown };
    if (shown.screen.name !== "working" || this.#told === "working") this.#tell();
    else if (!this.#alarms.isSet("telling")) this.#alarms.set("telling", unreadableMs, () => this.#tell());
  }

  #tell(): void {
    this.#alarms.clear("telling");
    this.#view = { ...this.#view, revision: this.#view.revision + 1 };
    const { revision, ...changes } = this.#view;
    this.#told = changes.screen.name;
    for (const listener of [...this.#listeners]) listener({ type: "changed", revision, changes });
  }
}
