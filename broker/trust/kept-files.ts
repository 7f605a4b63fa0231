import { createHash } from "node:crypto";
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

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

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#folder = folder;
  }

  /** `undefined` where there is none, or none that can be read: the source is then fetched as if for the first time. */
  load(source: string): KeptAnswer | undefined {
    const file = this.#fileOf(source);
    if (!existsSync(file)) return undefined;
    const whole = readFileSync(file);
    const end = whole.indexOf(0x0a);
    try {
      const read = notes.safeParse(JSON.parse(whole.toString("utf8", 0, Math.max(end, 0))));
      if (!read.success || read.data.source !== source) return undefined;
      return { bytes: Uint8Array.from(whole.subarray(end + 1)), notes: read.data };
    } catch {
      return undefined;
    }
  }

  save({ bytes, notes: told }: KeptAnswer): void {
    const file = this.#fileOf(told.source);
    const draft = openSync(`${file}.new`, "w", 0o600);
    try {
      writeSync(draft, `${JSON.stringify(told)}\n`);
      for (let at = 0; at < bytes.length; ) at += writeSync(draft, bytes, at);
      fsyncSync(draft);
    } finally {
      closeSync(draft);
    }
    renameSync(`${file}.new`, file);
  }

  #fileOf(source: string): string {
    return join(this.#folder, createHash("sha256").update(source).digest("hex"));
  }
}
