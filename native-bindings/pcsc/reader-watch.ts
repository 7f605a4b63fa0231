import { Client, type Reader, ReaderStatus } from "pcsc-mini";
import type { Insertion, ReaderCondition } from "../../core/ports/card-readers.ts";
import type { Timers } from "../../core/ports/timers.ts";
import { pcscFailure } from "./pcsc-failure.ts";

export type WatchEvent =
  | { readonly type: "condition-changed"; readonly condition: ReaderCondition }
  | {
      readonly type: "card-inserted";
      readonly insertion: Insertion;
      readonly reader: Reader;
      /** Of every reader that is connected. */
      readonly readers: ReadonlySet<string>;
    }
  | { readonly type: "card-removed"; readonly insertion: Insertion };

interface Slot {
  readonly reader: Reader;
  /** PC/SC's event counter at the insertion: a different one means another insertion, even if nobody saw the gap. */
  readonly counter: number;
  readonly insertion: Insertion;
}

const shortestPauseMs = 200;
const longestPauseMs = 5_000;

/**
 * Watches all readers until closed. When the PC/SC service dies, every card is told removed, and the context is built anew
 * with growing pauses: an old context is dead even where a check still says yes.
 */
export class ReaderWatch {
  readonly #listener: (event: WatchEvent) => void;
  readonly #timers: Timers;
  readonly #newInsertion: () => Insertion;
  readonly #readers = new Set<string>();
  readonly #slots = new Map<string, Slot>();
  /** Kept, because pcsc-mini 0.1.3 ends the process when one that it cannot stop is collected. */
  readonly #unstoppable: Client[] = [];
  #client: Client | undefined;
  #pauseMs = shortestPauseMs;
  #cancelPause = () => {};
  #closed = false;

  constructor(listener: (event: WatchEvent) => void, timers: Timers, newInsertion: () => Insertion) {
    this.#listener = listener;
    this.#timers = timers;
    this.#newInsertion = newInsertion;
  }

  start(): void {
    const client = new Client();
    client.on("error", error => this.#lost(client, error));
    client.on("reader", reader => this.#readerConnected(reader));
    try {
      client.start();
    } catch (error) {
      this.#lost(client, error);
      return;
    }
    this.#client = client;
    this.#pauseMs = shortestPauseMs;
    this.#tellCondition();
  }

  /** True where the service went away under a client, which leaves memory and an open file behind until the process ends. */
  get hasLeftover(): boolean {
    return this.#unstoppable.length > 0;
  }

  close(): void {
    this.#closed = true;
    this.#cancelPause();
    const client = this.#client;
    this.#client = undefined;
    if (client !== undefined) stopQuietly(client);
  }

  #lost(client: Client, error: unknown): void {
    if (this.#closed || (this.#client !== undefined && this.#client !== client)) return;
    this.#client = undefined;
    if (!stopQuietly(client)) this.#unstoppable.push(client);
    for (const name of [...this.#slots.keys()]) this.#cardGone(name);
    this.#readers.clear();
    this.#listener({ type: "condition-changed", condition: { kind: "trouble", code: pcscFailure(error).code } });
    this.#cancelPause = this.#timers.after(this.#pauseMs, () => this.start());
    this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs);
  }

  #readerConnected(reader: Reader): void {
    const name = reader.name();
    this.#readers.add(name);
    this.#tellCondition();
    reader.on("change", status => this.#changed(reader, status.raw));
    reader.on("disconnect", () => {
      this.#cardGone(name);
      this.#readers.delete(name);
      if (this.#client !== undefined) this.#tellCondition();
    });
  }

  #changed(reader: Reader, raw: number): void {
    const name = reader.name();
    const counter = raw >>> 16;
    const isPresent = (raw & ReaderStatus.PRESENT) !== 0;
    const slot = this.#slots.get(name);
    if (slot !== undefined && (!isPresent || slot.counter !== counter)) this.#cardGone(name);
    if (!isPresent || this.#slots.has(name)) return;
    const insertion = this.#newInsertion();
    this.#slots.set(name, { reader, counter, insertion });
    this.#listener({ type: "card-inserted", insertion, reader, readers: this.#readers });
  }

  #cardGone(name: string): void {
    const slot = this.#slots.get(name);
    if (slot === undefined) return;
    this.#slots.delete(name);
    this.#listener({ type: "card-removed", insertion: slot.insertion });
  }

  #tellCondition(): void {
    const readers = [...this.#readers];
    this.#listener({
      type: "condition-changed",
      condition: readers.length === 0 ? { kind: "no-reader" } : { kind: "ready", readers },
    });
  }
}

/** False for a client whose service is gone: it complains about being stopped, too. */
function stopQuietly(client: Client): boolean {
  client.removeAllListeners();
  client.on("error", () => {});
  try {
    client.stop();
    return true;
  } catch {
    return false;
  }
}
