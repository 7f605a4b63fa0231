import type { CardReaderEvent, Insertion } from "../../../core/ports/card-readers.ts";
import { CardHostClient } from "../../../electron/main/card-host/card-host-client.ts";
import type { CardHostSettings } from "../../../protocol/card-host/settings.ts";
import { silentLog } from "../../fakes/silent-log.ts";

const patienceMs = 20_000;

/** The card host's client, and what it has told so far. */
export class ToldReaders {
  readonly client: CardHostClient;
  readonly #told: CardReaderEvent[] = [];
  #onTold = () => {};

  constructor(settings: Partial<CardHostSettings> = {}) {
    this.client = new CardHostClient(silentLog, settings);
    this.client.subscribe(event => {
      this.#told.push(event);
      this.#onTold();
    });
  }

  /** The insertion that is told next, or was told since the last one taken. */
  async insertion(): Promise<Insertion> {
    const limit = AbortSignal.timeout(patienceMs);
    for (;;) {
      const at = this.#told.findIndex(event => event.type === "card-inserted");
      const event = this.#told[at];
      if (event?.type === "card-inserted") {
        this.#told.splice(0, at + 1);
        return event.insertion;
      }
      await new Promise<void>((resolve, reject) => {
        this.#onTold = resolve;
        limit.onabort = () => reject(new Error(`no insertion was told: ${JSON.stringify(this.#told)}`));
      });
    }
  }

  async close(): Promise<void> {
    await this.client.close();
  }
}
