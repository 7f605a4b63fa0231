import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import type { SignatureVerifier } from "../../core/ports/signature-verifier.ts";
import type { NoteSigner } from "../../core/trail/signed-note.ts";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import type { Store } from "../store/store.ts";
import { indexTrail, mostIndexedAtOnce } from "../store/trail-index-table.ts";
import { appendTrail, trailEnd } from "../store/trail-table.ts";
import { lastCheckpoint, sealTrail } from "../store/trail-tree-table.ts";
import { judgeKept } from "./kept-checkpoints.ts";

export interface TrailCheckpointsParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly signer: NoteSigner;
  readonly signatures: SignatureVerifier;
  /** Where the last checkpoint is kept outside of the store. */
  readonly file: string | undefined;
  /** Hears each new checkpoint. */
  tell(note: string): void;
}

/** Who kept the checkpoint. */
type Witness = Pick<TrailRecord, "workstation" | "place" | "detail">;

/** Contradictions remembered, so that each is recorded once. */
const mostRemembered = 1_000;

/** Signs the trail's checkpoints, hands them to those who keep them, and holds what they kept against the store. */
export class TrailCheckpoints {
  readonly #parts: TrailCheckpointsParts;
  readonly #contradictions = new Set<string>();
  #latest: string | undefined;

  private constructor(parts: TrailCheckpointsParts, latest: string | undefined) {
    this.#parts = parts;
    this.#latest = latest;
  }

  /** Compares the store's own last checkpoint with its records, and the external file before anything is written to it. */
  static async open(parts: TrailCheckpointsParts): Promise<TrailCheckpoints> {
    const last = await lastCheckpoint(parts.store.db);
    const opened = new TrailCheckpoints(parts, last?.note);
    const end = await trailEnd(parts.store.db);
    if (last !== undefined && last.size > end)
      await opened.#contradicted(last.note, "cut", {
        detail: `the store's checkpoint covers ${last.size} records, it has ${end}`,
      });
    const { file } = parts;
    if (file === undefined || !existsSync(file)) return opened;
    const consistent = await opened.hear(readFileSync(file, "utf8"), { detail: file });
    // What contradicts is evidence, and must not be written over.
    if (!consistent) renameSync(file, `${file}.contradicts-${parts.clock.now()}`);
    return opened;
  }

  /** The newest note. */
  get latest(): string | undefined {
    return this.#latest;
  }

  /** Contradictions seen since the start. */
  get contradictions(): number {
    return this.#contradictions.size;
  }

  /** Covers every record so far by a checkpoint. */
  async seal(): Promise<void> {
    const { store, signer, file, tell } = this.#parts;
    const before = this.#latest;
    for (;;) {
      const sealed = await store.write(tx => sealTrail(tx, signer));
      if (sealed === undefined) break;
      this.#latest = sealed.note;
    }
    // The console finds it done when somebody searches.
    while ((await store.write(indexTrail)) === mostIndexedAtOnce);
    if (this.#latest === undefined || this.#latest === before) return;
    tell(this.#latest);
    if (file === undefined) return;
    writeFileSync(`${file}.new`, this.#latest, { flush: true });
    renameSync(`${file}.new`, file);
  }

  /** A checkpoint that somebody kept. One that contradicts the store is recorded; answers whether it is consistent. */
  async hear(note: string, from: Witness): Promise<boolean> {
    const { store, signer, signatures } = this.#parts;
    const { standing, detail } = await judgeKept(note, store.db, signer, signatures);
    if (standing === "consistent") return true;
    const where = from.detail === undefined ? detail : `${from.detail}: ${detail}`;
    await this.#contradicted(note, standing, { ...from, detail: where });
    return false;
  }

  /** The alarm, once for each checkpoint. */
  async #contradicted(note: string, code: string, about: Witness): Promise<void> {
    const { store, clock, log } = this.#parts;
    if (this.#contradictions.has(note)) return;
    if (this.#contradictions.size < mostRemembered) this.#contradictions.add(note);
    log.warn("trail-inconsistent", { standing: code, ...about });
    await store.write(tx => appendTrail(tx, { ...about, at: clock.now(), act: "trail-inconsistent", code }));
  }
}
