import type { Insertion, ReaderCondition } from "../../core/ports/card-readers.ts";
import type { Log } from "../../core/ports/log.ts";
import { CardHostClient } from "../../electron/main/card-host/card-host-client.ts";
import type { CardHostSettings } from "../../protocol/card-host/settings.ts";

/** The readers as they were when they were looked at, and the cards in them. */
export interface SeenReaders {
  /** Asks the cards; closed with `close`. */
  readonly host: CardHostClient;
  readonly condition: ReaderCondition;
  /** False where the PC/SC service did not even refuse. */
  readonly answered: boolean;
  readonly cards: readonly { readonly reader: string; readonly insertion: Insertion }[];
}

const silence: Log = { info() {}, warn() {} };
/** PC/SC is asked by a process that has to start first. */
const answerLimitMs = 10_000;
/** Readers and their cards are told one by one, as they are found. */
const settleMs = 1_200;

/** Looks at the readers until nothing more is found, has `work` ask their cards, and lets them go. */
export async function withSeenReaders<Result>(
  settings: Partial<CardHostSettings>,
  work: (seen: SeenReaders) => Promise<Result>,
): Promise<Result> {
  const host = new CardHostClient(silence, settings);
  try {
    return await work(await look(host));
  } finally {
    await host.close();
  }
}

async function look(host: CardHostClient): Promise<SeenReaders> {
  let condition: ReaderCondition = { kind: "trouble", code: "reader-service-stopped" };
  let answered = false;
  const inserted = new Map<Insertion, string>();
  const settled = Promise.withResolvers<void>();
  let timer = setTimeout(() => settled.resolve(), answerLimitMs);
  const stop = host.subscribe(event => {
    if (event.type === "card-inserted") inserted.set(event.insertion, event.reader);
    if (event.type === "card-removed") inserted.delete(event.insertion);
    if (event.type === "condition-changed") {
      // Until its process speaks, the client knows nothing.
      if (event.condition.kind === "trouble" && event.condition.code === "card-host-lost") return;
      condition = event.condition;
      answered = true;
    }
    clearTimeout(timer);
    if (condition.kind === "trouble") settled.resolve();
    else timer = setTimeout(() => settled.resolve(), settleMs);
  });
  await settled.promise;
  clearTimeout(timer);
  stop();
  return { host, condition, answered, cards: [...inserted].map(([insertion, reader]) => ({ insertion, reader })) };
}
