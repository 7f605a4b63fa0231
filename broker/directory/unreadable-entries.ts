import type { UnreadableEntry } from "../../protocol/broker/console/directory-view.ts";
import type { BroughtEntry } from "./directory-entry.ts";

/** So many are shown: where there are more, the source's settings are wrong, and not its entries. */
const shown = 100;

/** Which entries of a source could not be read, from look to look. */
export class UnreadableEntries {
  readonly #byKey: Map<string, string>;

  /** `before`: those of the looks before, which changes say nothing of. */
  constructor(before: readonly UnreadableEntry[] = []) {
    this.#byKey = new Map(before.map(({ key, detail }) => [key, detail]));
  }

  saw(entry: BroughtEntry): void {
    if (entry.kind !== "unreadable") this.#byKey.delete(entry.key);
    else if (this.#byKey.size < shown || this.#byKey.has(entry.key)) this.#byKey.set(entry.key, entry.detail);
  }

  get list(): UnreadableEntry[] {
    return [...this.#byKey].map(([key, detail]) => ({ key, detail }));
  }
}
