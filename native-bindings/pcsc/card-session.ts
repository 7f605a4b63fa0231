import { type Card, CardDisposition, CardMode, Protocol, type Reader, type Transaction } from "pcsc-mini";
import type { CardDriver } from "../../core/card/card-driver.ts";
import type { CardTransport } from "../../core/card/card-transport.ts";
import { limited, WorkLimit } from "../../core/card/work-limit.ts";
import { Failure } from "../../core/errors/failure.ts";
import type { Timers } from "../../core/ports/timers.ts";
import { pcscFailure } from "./pcsc-failure.ts";
import { pinPadOf } from "./pin-pad.ts";

const patienceMs = 3_000;
const retryMs = 100;
/** An extended answer and its status word. */
const longestAnswer = 65_538;

interface SelectedCard {
  readonly card: Card;
  /** Found out once per connection: a reset changes neither ATR nor protocol. */
  transport: CardTransport | undefined;
  driver: CardDriver | undefined;
  /** True while the driver's application may not be the selected one. */
  stale: boolean;
}

/**
 * Work on the card of one insertion: connected shared, one short transaction per piece of work, one piece at a time, each within
 * a limit. A card that another program reset is selected anew; whether the work may be done again is the caller's word.
 */
export class CardSession {
  readonly #reader: Reader;
  readonly #selectDriver: (transport: CardTransport) => Promise<CardDriver>;
  readonly #usePinPad: boolean;
  readonly #timers: Timers;
  #selected: SelectedCard | undefined;
  #work: Promise<unknown> = Promise.resolve();
  #ending: Promise<void> = Promise.resolve();
  #limit: WorkLimit | undefined;
  /** What the card was last asked for; settles when it has answered. */
  #asked: Promise<unknown> = Promise.resolve();
  /** True from the moment that the card was given up on until it has answered and is reset. */
  #owesAnswer = false;
  #ended = false;

  constructor(
    reader: Reader,
    selectDriver: (transport: CardTransport) => Promise<CardDriver>,
    usePinPad: boolean,
    timers: Timers,
  ) {
    this.#reader = reader;
    this.#selectDriver = selectDriver;
    this.#usePinPad = usePinPad;
    this.#timers = timers;
  }

  /** Work that may be repeated: reading, and signing without PIN. Repeated once after a reset or a foreign SELECT. */
  async repeatable<Result>(work: (driver: CardDriver) => Promise<Result>): Promise<Result> {
    return this.#queue(async limit => {
      try {
        return await this.#transact(limit, work);
      } catch (thrown) {
        const failure = pcscFailure(thrown);
        if (this.#ended || (failure.code !== "card-reset" && failure.code !== "card-refused-command")) throw failure;
        this.#markStale();
        await limit.within(() => this.#ending);
        return await this.#transact(limit, work);
      }
    });
  }

  /**
   * Work that carries a PIN: done once, on an application selected in the same transaction, so that the PIN cannot reach
   * another application. Before any other program can have the card, what the PIN allowed is taken back; a card that cannot
   * do that is reset, which other programs on this machine may notice.
   */
  async once<Result>(work: (driver: CardDriver) => Promise<Result>): Promise<Result> {
    return this.#queue(async limit => {
      this.#markStale();
      return this.#transact(limit, work, async driver =>
        (await driver.forgetPin()) ? CardDisposition.LEAVE : CardDisposition.RESET,
      );
    });
  }

  /** True where the reader of a card that has been worked on has keys of its own, which are to be used. */
  get hasPinPad(): boolean {
    return this.#selected?.transport?.pinPad !== undefined;
  }

  /** The card is gone: what is under way fails, what comes later is refused. */
  async end(): Promise<void> {
    this.#ended = true;
    const selected = this.#selected;
    this.#selected = undefined;
    await this.#ending;
    // A card that still owes an answer is busy, which is thrown at once: its connection ends with the answer.
    await Promise.resolve()
      .then(() => selected?.card.disconnect(CardDisposition.LEAVE))
      .catch(() => {});
  }

  #markStale(): void {
    if (this.#selected !== undefined) this.#selected.stale = true;
  }

  #queue<Result>(work: (limit: WorkLimit) => Promise<Result>): Promise<Result> {
    const result = this.#work.then(async () => {
      const limit = new WorkLimit(this.#timers);
      try {
        await limit.within(() => this.#ending);
        if (this.#ended) throw new Failure("card-removed");
        if (this.#owesAnswer) throw new Failure("card-too-slow", { detail: "an earlier answer is still owed" });
        return await work(limit);
      } catch (thrown) {
        throw this.#ended ? new Failure("card-removed", { cause: thrown }) : pcscFailure(thrown);
      } finally {
        limit.close();
      }
    });
    this.#work = result.catch(() => {});
    return result;
  }

  /** `leave` decides, last in the transaction, how the card is left. */
  async #transact<Result>(
    limit: WorkLimit,
    work: (driver: CardDriver) => Promise<Result>,
    leave: (driver: CardDriver) => Promise<CardDisposition> = async () => CardDisposition.LEAVE,
  ): Promise<Result> {
    this.#limit = limit;
    const selected = this.#selected ?? {
      card: await limit.within(() => this.#patiently(() => this.#reader.connect(CardMode.SHARED, Protocol.ANY))),
      transport: undefined,
      driver: undefined,
      stale: false,
    };
    this.#selected = selected;
    const transaction = await this.#begin(selected, limit);
    let hasAnswered = true;
    try {
      selected.transport ??= limited(
        await limit.within(() =>
          transportOf(selected.card, this.#usePinPad, asked => {
            this.#asked = asked;
          }),
        ),
        () => this.#limit ?? limit,
      );
      if (selected.driver === undefined) selected.driver = await this.#selectDriver(selected.transport);
      else if (selected.stale) await selected.driver.reselect();
      selected.stale = false;
      return await work(selected.driver);
    } catch (thrown) {
      const { code } = pcscFailure(thrown);
      hasAnswered = code !== "card-too-slow";
      if (code === "card-reset") {
        selected.stale = true;
        await limit.within(() => this.#reconnect(selected)).catch(() => {});
      }
      throw thrown;
    } finally {
      // The answer does not wait for the end; the next work does. Undecided, e.g. a card that does not answer: reset.
      const { driver } = selected;
      const leaving = new WorkLimit(this.#timers);
      this.#limit = leaving;
      const decided = !hasAnswered
        ? this.#asked.then(() => CardDisposition.RESET)
        : driver === undefined
          ? Promise.resolve(CardDisposition.LEAVE)
          : leave(driver).catch(() => CardDisposition.RESET);
      const ended = decided.then(disposition => transaction.end(disposition)).catch(() => {});
      this.#owesAnswer = !hasAnswered;
      if (this.#owesAnswer) void ended.then(() => this.#forgive());
      // A card that owes an answer is not waited for: the next work is refused until it has answered.
      this.#ending = (hasAnswered ? leaving.within(() => ended).catch(() => {}) : Promise.resolve()).finally(() =>
        leaving.close(),
      );
    }
  }

  async #begin(selected: SelectedCard, limit: WorkLimit): Promise<Transaction> {
    const begin = () => this.#patiently(() => selected.card.transaction());
    const begun = begin().catch(async thrown => {
      if (pcscFailure(thrown).code !== "card-reset") throw thrown;
      selected.stale = true;
      await this.#reconnect(selected);
      return begin();
    });
    return limit
      .within(() => begun)
      .catch(thrown => {
        if (pcscFailure(thrown).code !== "card-too-slow") throw thrown;
        // PC/SC waits as long as another program's transaction lasts. Ours must not begin after all and stay.
        void begun.then(transaction => transaction.end(CardDisposition.LEAVE)).catch(() => {});
        throw new Failure("card-in-use", { cause: thrown });
      });
  }

  #forgive(): void {
    this.#owesAnswer = false;
  }

  #reconnect({ card }: SelectedCard): Promise<unknown> {
    return card.reconnect(CardMode.SHARED, CardDisposition.LEAVE);
  }

  /** Waits a few seconds for a program that holds the card for itself. */
  async #patiently<Result>(act: () => Promise<Result>): Promise<Result> {
    for (let waited = 0; ; waited += retryMs) {
      try {
        return await act();
      } catch (thrown) {
        if (pcscFailure(thrown).code !== "card-in-use" || waited >= patienceMs || this.#ended) throw thrown;
        await new Promise<void>(resolve => this.#timers.after(retryMs, resolve));
      }
    }
  }
}

async function transportOf(
  card: Card,
  usePinPad: boolean,
  onAsked: (asked: Promise<unknown>) => void,
): Promise<CardTransport> {
  // One for all answers, which come one after the other: 65 KB anew for each would pile up.
  const buffer = new ArrayBuffer(longestAnswer);
  const { atr } = await card.state();
  const pinPad = usePinPad ? await pinPadOf(card) : undefined;
  return {
    ...(pinPad === undefined ? {} : { pinPad }),
    atr: atr.slice(),
    protocol: card.protocol() === Protocol.T0 ? "T=0" : "T=1",
    transmit: async command => {
      const answering = card.transmit(command, buffer);
      onAsked(answering.catch(() => {}));
      const answer = await answering.catch(thrown => {
        throw pcscFailure(thrown);
      });
      // A card that leaves in the middle of a command answers nothing; its removal is told a moment later.
      if (answer.length === 0) throw new Failure("card-removed");
      // The answer's buffer belongs to the binding: take a copy.
      return answer.slice();
    },
  };
}
