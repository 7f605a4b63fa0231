import type { DeskPageWorkstation } from "../desk-messages.ts";

/** What has been seen so far, by the number of the step that it ticks off. */
export class Steps {
  readonly #done = new Set<number>();
  /** Workstations that asked for a PIN since their card came. */
  readonly #asked = new Set<string>();
  #firstHolder: string | undefined;
  #lastPortal: string | undefined;

  get done(): readonly number[] {
    return [...this.#done].sort();
  }

  watch(workstations: readonly DeskPageWorkstation[]): void {
    for (const workstation of workstations) this.#watchOne(workstation);
  }

  #watchOne({ id, view, front }: DeskPageWorkstation): void {
    if (view === undefined) return;
    const { screen } = view;
    if (front.kind === "application" && this.#done.has(0)) this.#done.add(1);
    if (screen.name === "pin") this.#asked.add(id);
    if (screen.name === "trouble") this.#done.add(5);
    if (screen.name === "covered") {
      this.#asked.delete(id);
      if (this.#done.has(0)) this.#done.add(2);
    }
    if (screen.name === "cover") this.#asked.delete(id);
    if (screen.name !== "portal") return;
    const holder = screen.holder.displayName;
    if (this.#asked.has(id)) this.#done.add(0);
    this.#firstHolder ??= holder;
    const elsewhere = this.#lastPortal !== undefined && this.#lastPortal !== id;
    if (this.#done.has(0) && elsewhere && holder === this.#firstHolder && !this.#asked.has(id)) this.#done.add(3);
    if (this.#done.has(0) && holder !== this.#firstHolder) this.#done.add(4);
    if (holder === this.#firstHolder) this.#lastPortal = id;
  }
}
