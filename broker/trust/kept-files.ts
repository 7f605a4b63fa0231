import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Log } from "../../core/ports/log.ts";

const notes = z.strictObject({
  source: z.string(),
  /** Milliseconds since 1970. */
  fetchedAt: z.number(),
  entityTag: z.string().optional(),
  lastModified: z.string().optional(),
});

export interface KeptAnswer {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly notes: z.output<typeof notes>;
}

/**
 * The last good data of each source, on disk, so that a broker that starts while the authority cannot be reached knows what
 * it knew. One file each: a line of JSON, then the bytes; written beside its place and moved there whole.
 */
export class KeptFiles {
  readonly #folder: string;
  readonly #log: Log;

  constructor(folder: string, log: Log) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#folder = folder;
    this.#log = log;
  }

  /** `undefined` where there is none, or none that can be read: the source is then fetched as if for the first time. */
  async load(source: string): Promise<KeptAnswer | undefined> {
    try {
      const whole = await readFile(this.#fileOf(source));
      const end = whole.indexOf(0x0a);
      const read = notes.safeParse(JSON.parse(whole.toString("utf8", 0, Math.max(end, 0))));
      if (!read.success || read.data.source !== source) return undefined;
      return { bytes: new Uint8Array(whole.subarray(end + 1)), notes: read.data };
    } catch (problem) {
      if (!isMissing(problem)) this.#log.warn("revocation-data-unkept", { source, detail: String(problem) });
      return undefined;
    }
  }

  /** What cannot be written is said in the log: it serves until the broker stops. */
  async save({ bytes, notes: told }: KeptAnswer): Promise<void> {
    const file = this.#fileOf(told.source);
    try {
      const draft = await open(`${file}.new`, "w", 0o600);
      try {
        await draft.writeFile(`${JSON.stringify(told)}\n`);
        await draft.writeFile(bytes);
        await draft.sync();
      } finally {
        await draft.close();
      }
      await rename(`${file}.new`, file);
    } catch (problem) {
      this.#log.warn("revocation-data-unkept", { source: told.source, detail: String(problem) });
    }
  }

  #fileOf(source: string): string {
    return join(this.#folder, createHash("sha256").update(source).digest("hex"));
  }
}

function isMissing(problem: unknown): boolean {
  return problem instanceof Error && "code" in problem && problem.code === "ENOENT";
}
