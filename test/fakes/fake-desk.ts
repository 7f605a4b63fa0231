import type {
  DeskControls,
  DeskFrame,
  DeskFront,
  DeskInput,
  DeskState,
  DeskWorkstation,
} from "../../demo/desk/desk-controls.ts";
import type { View } from "../../protocol/window/view.ts";
import { coverView } from "./fake-window-peer.ts";

/** A workstation that shows what it is told to and keeps what is put in. */
export class FakeDeskWorkstation implements DeskWorkstation {
  readonly id: string;
  readonly name: string;
  readonly placeName = "Cardiologie";
  readonly inputs: DeskInput[] = [];
  readonly #listeners = new Set<(changed: "frame" | "view" | "front") => void>();
  #view: View = coverView;
  #front: DeskFront = { kind: "window" };
  #frame: DeskFrame | undefined;

  constructor(id: string, name: string) {
    this.id = id;
    this.name = name;
  }

  view(): View {
    return this.#view;
  }

  front(): DeskFront {
    return this.#front;
  }

  frame(): DeskFrame | undefined {
    return this.#frame;
  }

  input(input: DeskInput): void {
    this.inputs.push(input);
  }

  subscribe(listener: (changed: "frame" | "view" | "front") => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  show(screen: View["screen"]): void {
    this.#view = { ...this.#view, screen };
    this.#tell("view");
  }

  putInFront(front: DeskFront): void {
    this.#front = front;
    this.#tell("front");
  }

  picture(frame: DeskFrame): void {
    this.#frame = frame;
    this.#tell("frame");
  }

  #tell(changed: "frame" | "view" | "front"): void {
    for (const listener of this.#listeners) listener(changed);
  }
}

/** Controls that note every act; a card called `stuck` cannot be put in. */
export class FakeDeskControls implements DeskControls {
  readonly acts: string[] = [];
  readonly #listeners = new Set<() => void>();
  #state: DeskState = { inserted: {}, broker: "running", clockAheadMs: 0, trail: [] };

  state(): DeskState {
    return this.#state;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async insert(card: string, workstation: string): Promise<void> {
    if (card === "stuck") throw new Error("the card is stuck");
    this.acts.push(`insert ${card} ${workstation}`);
    this.change({ inserted: { ...this.#state.inserted, [workstation]: card } });
  }

  async remove(workstation: string): Promise<void> {
    this.acts.push(`remove ${workstation}`);
    const { [workstation]: _, ...inserted } = this.#state.inserted;
    this.change({ inserted });
  }

  async setBroker(running: boolean): Promise<void> {
    this.acts.push(`broker ${running}`);
    this.change({ broker: running ? "running" : "stopped" });
  }

  async passTime(ms: number): Promise<void> {
    this.acts.push(`time ${ms}`);
    this.change({ clockAheadMs: this.#state.clockAheadMs + ms });
  }

  change(changes: Partial<DeskState>): void {
    this.#state = { ...this.#state, ...changes };
    for (const listener of this.#listeners) listener();
  }
}
