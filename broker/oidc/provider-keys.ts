import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeSync } from "node:fs";
import type { Clock } from "../../core/ports/clock.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import { type KeyRing, keyRing, newKeyRing, rotated } from "./key-ring.ts";

export interface ProviderKeysParts {
  /** Beside the store, read by the broker's user alone. */
  readonly file: string;
  readonly store: Store;
  readonly clock: Clock;
  /** How long what a key signed may still be shown to us, or verified by others: as long as a session. */
  readonly keepMs: number;
  /** How long a key is used. */
  readonly useMs: number;
}

/** The provider's key ring in its file; made at first start, rotated by age or by an administrator. */
export class ProviderKeys {
  readonly #parts: ProviderKeysParts;
  readonly #listeners = new Set<() => void>();
  #ring: KeyRing;
  #readAt: number;

  constructor(parts: ProviderKeysParts) {
    this.#parts = parts;
    if (!existsSync(parts.file)) writeWhole(parts.file, newKeyRing(parts.clock.now()));
    this.#readAt = changedAt(parts.file);
    this.#ring = readRing(parts.file);
  }

  get ring(): KeyRing {
    return this.#ring;
  }

  get keepMs(): number {
    return this.#parts.keepMs;
  }

  /** Tells when the ring is another one. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Recorded before anything is signed with the other key. */
  async rotate(reason: "age" | "administrator"): Promise<void> {
    const { file, store, clock, keepMs } = this.#parts;
    const at = clock.now();
    const ring = rotated(this.#ring, at, keepMs);
    const detail = `${reason}: ${ring.ec.current.kid}, ${ring.rsa.current.kid}`;
    await store.write(tx => appendTrail(tx, { at, act: "provider-keys-rotated", detail }));
    writeWhole(file, ring);
    this.#take(ring);
  }

  /** Looks whether the keys are old, or whether another process rotated them. */
  async tick(): Promise<void> {
    const { file, clock, useMs } = this.#parts;
    if (changedAt(file) !== this.#readAt) this.#take(readRing(file));
    if (clock.now() - this.#ring.since >= useMs) await this.rotate("age");
  }

  #take(ring: KeyRing): void {
    this.#readAt = changedAt(this.#parts.file);
    this.#ring = ring;
    for (const listener of [...this.#listeners]) listener();
  }
}

function changedAt(file: string): number {
  return statSync(file).mtimeMs;
}

/** Throws an `Error` that names the file. */
function readRing(file: string): KeyRing {
  const parsed = keyRing.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (!parsed.success)
    throw new Error(`${file} does not hold the provider’s keys; without it new ones are made at the start`);
  return parsed.data;
}

/** All of it or nothing, whatever happens meanwhile; for its owner's eyes. */
function writeWhole(file: string, ring: KeyRing): void {
  const draft = `${file}.new`;
  const handle = openSync(draft, "w", 0o600);
  try {
    writeSync(handle, JSON.stringify(ring));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, file);
}
