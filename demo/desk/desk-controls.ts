import type { View } from "../../protocol/window/view.ts";

/** One picture of what a person in front of the workstation sees. Sizes in CSS pixels of the page. */
export interface DeskFrame {
  readonly jpeg: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Who is in front on a workstation: the window, or an application of its holder. */
export type DeskFront = { readonly kind: "window" } | { readonly kind: "application"; readonly application: string };

/** Mouse and keyboard, as the desk relays them. Positions in CSS pixels of the page in front. */
export type DeskInput =
  | {
      readonly kind: "mouse";
      readonly act: "move" | "down" | "up";
      readonly x: number;
      readonly y: number;
      readonly button: "none" | "left" | "middle" | "right";
      readonly clicks: number;
    }
  | { readonly kind: "wheel"; readonly x: number; readonly y: number; readonly deltaX: number; readonly deltaY: number }
  /** `key` as in a browser's KeyboardEvent. Modifiers are keys like any other. */
  | { readonly kind: "key"; readonly act: "down" | "up"; readonly key: string };

/** One workstation as the desk shows it. demo/workstation/workstation-process.ts is one. */
export interface DeskWorkstation {
  readonly id: string;
  /** What the hospital calls it, e.g. `CARDIO-03`. */
  readonly name: string;
  readonly placeName: string;
  /** The window's view, once the agent has told one. */
  view(): View | undefined;
  front(): DeskFront;
  /** The latest picture. */
  frame(): DeskFrame | undefined;
  input(input: DeskInput): void;
  /** Called at every new picture, view or front; what changed is asked for. Returns the way to stop. */
  subscribe(listener: (changed: "frame" | "view" | "front") => void): () => void;
}

/** A card lying on the desk. */
export interface DeskCard {
  readonly id: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly profession: string;
  readonly pin: string;
  /** The demonstration's CardFault: "none" | "expired" | "revoked" | "unknown-authority" | "copied". */
  readonly fault: string;
  /** What kind of card it is, as people who choose cards call it in any language: e.g. "PIV · P-384". */
  readonly kindName: string;
  /** Where it lies: the cards of the ward's staff in front. */
  readonly shelf: "staff" | "kinds" | "trouble";
}

/** One line of the trail, for the strip under the workstations. */
export interface DeskTrailRecord {
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly act: string;
  readonly result: string;
  readonly holder?: string | undefined;
  readonly means?: string | undefined;
  readonly workstation?: string | undefined;
}

/** What the desk shows beside the screens. */
export interface DeskState {
  /** Which card is in the reader of which workstation (card identifiers by workstation identifier). */
  readonly inserted: Readonly<Record<string, string>>;
  readonly broker: "running" | "stopped" | "changing";
  /** How far the demonstration's clock is ahead, milliseconds. */
  readonly clockAheadMs: number;
  /** The last records, newest first; absent where the broker tells none. */
  readonly trail?: readonly DeskTrailRecord[] | undefined;
}

/** What the desk can do to the ward. demo/ward.ts implements it. A rejected act's message is shown on the desk. */
export interface DeskControls {
  state(): DeskState;
  /** Called at every change of the state. Returns the way to stop. */
  subscribe(listener: () => void): () => void;
  /** Puts the card in; takes out whatever is in this reader, and this card from the other one. */
  insert(card: string, workstation: string): Promise<void>;
  remove(workstation: string): Promise<void>;
  setBroker(running: boolean): Promise<void>;
  /** Moves the clock of broker and workstations ahead. */
  passTime(ms: number): Promise<void>;
}
