import type { CardReaderEvent, Insertion, ReaderCondition } from "../../../core/ports/card-readers.ts";
import { CardHostClient } from "../../../electron/main/card-host/card-host-client.ts";
import type { CardHostSettings } from "../../../protocol/card-host/settings.ts";
import { silentLog } from "../../fakes/silent-log.ts";

const patienceMs = 20_000;

/** The card host's client, and what it has told so far. */
export class ToldReaders {
  readonly client: CardHostClient;
  readonly #told: CardReaderEvent[] = [];
  #insertions = 0;
  readonly #present = new Set<Insertion>();
  #latest: ReaderCondition = { kind: "no-reader" };
  #onTold = () => {};

  constructor(settings: Partial<CardHostSettings> = {}) {
    this.client = new CardHostClient(silentLog, settings);
    this.client.subscribe(event => {
      this.#told.push(event);
      if (event.type === "card-inserted") this.#insertions += 1;
      if (event.type === "condition-changed") this.#latest = event.condition;
      if (event.type === "card-inserted") this.#present.add(event.insertion);
      if (event.type === "card-removed") this.#present.delete(event.insertion);
      this.#onTold();
    });
  }

  /** How many were told so far. */
  get insertions(): number {
    return this.#insertions;
  }

  /** The insertions that were told and not taken back. */
  get present(): readonly Insertion[] {
    return [...this.#present];
  }

  get latest(): ReaderCondition {
    return this.#latest;
  }

  /** The insertion that is told next, or was told since the last one taken. */
  async insertion(): Promise<Insertion> {
    return this.#until("an insertion", async () => {
      const at = this.#told.findIndex(event => event.type === "card-inserted");
      const event = this.#told[at];
      if (event?.type !== "card-inserted") return undefined;
      this.#told.splice(0, at + 1);
      return event.insertion;
    });
  }

  async removal(insertion: Insertion): Promise<void> {
    await this.#until("a removal", async () => (this.#present.has(insertion) ? undefined : true));
  }

  async condition(wanted: (condition: ReaderCondition) => boolean): Promise<void> {
    await this.#until("a condition", async () => (wanted(this.#latest) ? true : undefined));
  }

  /** Resolves when so many cards are there and `holds` says yes; a failure of it is no answer, and is asked for again. */
  async untilPresent(count: number, holds: (present: readonly Insertion[]) => Promise<boolean> = async () => true) {
    await this.#until(`${count} cards`, async () => {
      const { present } = this;
      if (present.length !== count) return undefined;
      return (await holds(present).catch(() => false)) || undefined;
    });
  }

  async close(): Promise<void> {
    await this.client.close();
  }

  /** What `look` finds, looked for again whenever something is told. */
  async #until<Found>(what: string, look: () => Promise<Found | undefined>): Promise<Found> {
    const { promise: tooLate, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => reject(new Error(`${what} was not told: ${JSON.stringify(this.#told)}`)),
      patienceMs,
    );
    tooLate.catch(() => {});
    try {
      for (;;) {
        const told = new Promise<void>(resolve => {
          this.#onTold = resolve;
        });
        const found = await look();
        if (found !== undefined) return found;
        await Promise.race([told, tooLate]);
      }
    } finally {
      clearTimeout(timer);
    }
  }
}
