import type { DeskCard, DeskControls, DeskWorkstation } from "./desk-controls.ts";

export interface DeskOptions {
  readonly workstations: readonly DeskWorkstation[];
  readonly cards: readonly DeskCard[];
  readonly controls: DeskControls;
  /** Tried first; a free one is taken where it is in use. */
  readonly port: number;
}

export interface Desk {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the demonstration desk on the loopback interface. */
export async function startDesk(_options: DeskOptions): Promise<Desk> {
  throw new Error("being written");
}
