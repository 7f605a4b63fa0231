import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { readCheckpoint } from "../../../core/trail/checkpoint.ts";
import { textOfNote } from "../../../core/trail/signed-note.ts";

/**
 * The last checkpoint of the broker's trail, in the workstation's own state: whoever cuts or rewrites the trail at the broker is
 * contradicted by every workstation. A smaller one never takes its place. A disk that takes nothing keeps nothing.
 */
export class KeptCheckpoint {
  readonly #file: string;
  #note: string | undefined;

  constructor(file: string) {
    this.#file = file;
    this.#note = read(file);
  }

  get note(): string | undefined {
    return this.#note;
  }

  keep(note: string): void {
    if (sizeOf(note) <= sizeOf(this.#note)) return;
    this.#note = note;
    try {
      writeFileSync(`${this.#file}.new`, note, { mode: 0o600 });
      renameSync(`${this.#file}.new`, this.#file);
    } catch {
      // Kept in memory until the next.
    }
  }
}

function read(file: string): string | undefined {
  try {
    const note = readFileSync(file, "utf8");
    return sizeOf(note) < 0 ? undefined : note;
  } catch {
    return undefined;
  }
}

/** How many records it covers; less than none where it is no checkpoint. */
function sizeOf(note: string | undefined): number {
  const text = note === undefined ? undefined : textOfNote(note);
  return (text === undefined ? undefined : readCheckpoint(text)?.size) ?? -1;
}
