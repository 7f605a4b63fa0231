import type { CardReaderEvent, Insertion } from "../../../core/ports/card-readers.ts";
import { CardHostClient } from "../../../electron/main/card-host/card-host-client.ts";
import type { CardHostSettings } from "../../../protocol/card-host/settings.ts";
import { silentLog } from "../../fakes/silent-log.ts";

const patienceMs = 20_000;

/** The card host's client, and what it has told so far. */
export class ToldReaders {
  readonly client: CardHostClient;
  readonly #told: CardReaderEvent[] = [];
  #insertions = 0;
  #onTold = () => {};

  constructor(settings: Partial<CardHostSettings> = {}) {
    this.client = new CardHostClient(silentLog, settings);
    this.client.subscribe(event => {
      this.#told.push(event);
      if (event.type === "card-inserted") this.#insertions += 1;
      this.#onTold();
    });
  }

  /** How many were told so far. */
  get insertions(): number {
    return this.#insertions;
  }

  /** The insertion that is told next, or was told since the last one taken. */
  async insertion(): Promise<Insertion> {
    return this.#next("card-inserted");
  }

  /** The same of a removal. */
  async removal(): Promise<Insertion> {
    return this.#next("card-removed");
  }

  async #next(type: "card-inserted" | "card-removed"): Promise<Insertion> {
    const limit = AbortSignal.timeout(patienceMs);
    for (;;) {
      const at = this.#told.findIndex(event => event.type === type);
      const event = this.#told[at];
      if (event?.type === type) {
        this.#told.splice(0, at + 1);
        return event.insertion;
      }
      await new Promise<void>((resolve, reject) => {
        this.#onTold = resolve;
        limit.onabort = () => reject(new Error(`no ${type} was told: ${JSON.stringify(this.#told)}`));
      });
    }
  }

  async close(): Promise<void> {
    await this.client.close();
  }
}
