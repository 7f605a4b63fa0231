import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Failure } from "../../core/errors/failure.ts";
import type { FileSourceConfiguration } from "./directory-configuration.ts";
import type { DirectoryEntry, DirectoryReading, DirectorySource } from "./directory-entry.ts";
import { readCsv } from "./read-csv.ts";
import { UnsettledSource } from "./unsettled-source.ts";

/**
 * Persons and their groups from a file of comma-separated values, which others may be writing: a change is read when it has stood
 * still from one look to the next, and counts when it was the same file, of the same size and time, before and after.
 */
export class FileSource implements DirectorySource {
  readonly id: string;
  readonly intervalMs: number;
  readonly longestPauseMs = 30_000;
  readonly #file: string;
  /** Of the last look. */
  #seen: string | undefined;
  /** A file that was refused is not read again before it changes. */
  #refused: { readonly stamp: string; readonly failure: Failure } | undefined;

  constructor({ id, file, intervalSeconds }: FileSourceConfiguration) {
    this.id = id;
    this.intervalMs = intervalSeconds * 1000;
    this.#file = file;
  }

  async read(since: string | undefined, signal: AbortSignal): Promise<DirectoryReading> {
    const stamp = await this.#stamp();
    if (stamp === this.#refused?.stamp) throw this.#refused.failure;
    const stoodStill = since === undefined || stamp === this.#seen;
    this.#seen = stamp;
    if (stamp === since) return { extent: "unchanged" };
    if (!stoodStill) return { extent: "unsettled" };
    return { extent: "everything", entries: this.#entries(stamp, signal), watermark: () => stamp };
  }

  async *#entries(stamp: string, signal: AbortSignal): AsyncGenerator<DirectoryEntry> {
    try {
      yield* readCsv(createReadStream(this.#file, { signal }));
      if ((await this.#stamp()) !== stamp) throw new UnsettledSource(this.#file);
    } catch (problem) {
      throw this.#told(problem, stamp);
    }
  }

  /** Nanoseconds: two writings in one millisecond differ. */
  async #stamp(): Promise<string> {
    try {
      const { mtimeNs, ctimeNs, size, ino } = await stat(this.#file, { bigint: true });
      return `${mtimeNs} ${ctimeNs} ${size} ${ino}`;
    } catch (problem) {
      throw this.#unreachable(String(problem), problem);
    }
  }

  #told(problem: unknown, stamp: string): Failure {
    if (!(problem instanceof Failure)) return this.#unreachable(String(problem), problem);
    const { code, detail } = problem;
    if (code !== "directory-data-unreadable") return problem;
    const failure = new Failure(code, { detail: `${this.#file}: ${detail}`, cause: problem });
    this.#refused = { stamp, failure };
    return failure;
  }

  #unreachable(why: string, cause?: unknown): Failure {
    return new Failure("directory-source-unreachable", { detail: `${this.#file}: ${why}`, cause });
  }
}
