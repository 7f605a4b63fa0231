import { type Card, CardDisposition, CardMode, type Reader, type Transaction } from "pcsc-mini";
import type { CardAccess } from "../../core/card/card-access.ts";
import type { CardDriver } from "../../core/card/card-driver.ts";
import type { CardTransport } from "../../core/card/card-transport.ts";
import { limited, WorkLimit } from "../../core/card/work-limit.ts";
import { Failure } from "../../core/errors/failure.ts";
import type { Timers } from "../../core/ports/timers.ts";
import { CardConnection } from "./card-connection.ts";
import { pcscFailure } from "./pcsc-failure.ts";

const patienceMs = 3_000;
const retryMs = 100;
const getResponse = 0xc0;

interface SelectedCard {
  readonly connection: CardConnection;
  readonly transport: CardTransport;
  driver: CardDriver | undefined;
  /** True while the driver's application may not be the selected one. */
  stale: boolean;
}

/**
 * Work on the card of one insertion: connected shared, one short transaction per piece of work, one piece at a time, each within
 * a limit. A card that another program reset is selected anew; whether the work may be done again is the caller's word.
 */
export class CardSession implements CardAccess {
  readonly #reader: Reader;
  readonly #selectDriver: (transport: CardTransport) => Promise<CardDriver>;
  readonly #usePinPad: boolean;
  readonly #timers: Timers;
  #selected: SelectedCard | undefined;
  #work: Promise<unknown> = Promise.resolve();
  #ending: Promise<void> = Promise.resolve();
  /** A transaction that was begun and not waited for to the end. */
  #overdue: Promise<void> = Promise.resolve();
  #limit: WorkLimit | undefined;
  /** True from the moment that the card was given up on until it has answered and is reset. */
  #owesAnswer = false;
  #ended = false;
  #commands = 0;

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

  /**
   * Connects, so that the first work does not have to: that costs more than most commands. Where it cannot be done now, the
   * first work does it.
   */
  async connect(): Promise<void> {
    await this.answerToReset().catch(() => {});
  }

  /** Without patience: whoever waits for a program that holds the card is the work that somebody waits for. */
  answerToReset(): Promise<Uint8Array> {
    return this.#queue(async limit => {
      this.#selected ??= await limit.within(() => this.#connectNow());
      return this.#selected.transport.atr;
    });
  }

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

  async once<Result>(work: (driver: CardDriver) => Promise<Result>): Promise<Result> {
    return this.#queue(async limit => {
      this.#markStale();
      return this.#transact(limit, work, async driver =>
        (await driver.forgetPin()) ? CardDisposition.LEAVE : CardDisposition.RESET,
      );
    });
  }

  get hasPinPad(): boolean {
    return this.#selected?.transport.pinPad !== undefined;
  }

  get presented(): Pick<CardTransport, "atr" | "protocol"> | undefined {
    return this.#selected?.transport;
  }

  get commands(): number {
    return this.#commands;
  }

  async end(): Promise<void> {
    this.#ended = true;
    const selected = this.#selected;
    this.#selected = undefined;
    await this.#ending;
    await this.#overdue;
    await selected?.connection.close();
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
    const selected = await this.#connected(limit);
    const transaction = await this.#begin(selected);
    let hasAnswered = true;
    try {
      if (selected.driver === undefined) selected.driver = await this.#selectDriver(selected.transport);
      else if (selected.stale) await selected.driver.reselect();
      selected.stale = false;
      return await work(selected.driver);
    } catch (thrown) {
      const { code } = pcscFailure(thrown);
      hasAnswered = code !== "card-too-slow";
      if (code === "card-reset") {
        selected.stale = true;
        await limit.within(() => reconnect(selected)).catch(() => {});
      }
      throw thrown;
    } finally {
      this.#leave(selected, transaction, hasAnswered, leave);
    }
  }

  /**
   * Ends a transaction. The answer does not wait for it; the next work does, unless the card owes an answer: then it is reset when
   * the answer has come, and work is refused until then. Undecided: reset.
   */
  #leave(
    { driver, connection }: SelectedCard,
    transaction: Transaction,
    hasAnswered: boolean,
    leave: (driver: CardDriver) => Promise<CardDisposition>,
  ): void {
    const end = (disposition: CardDisposition) => transaction.end(disposition);
    if (!hasAnswered) {
      this.#owesAnswer = true;
      void connection.answered
        .then(() => end(CardDisposition.RESET))
        .catch(() => {})
        .then(() => {
          this.#owesAnswer = false;
        });
      return;
    }
    const leaving = new WorkLimit(this.#timers);
    this.#limit = leaving;
    const decided =
      driver === undefined ? Promise.resolve(CardDisposition.LEAVE) : leave(driver).catch(() => CardDisposition.RESET);
    this.#ending = leaving
      .within(() => decided.then(end))
      .catch(() => {})
      .finally(() => leaving.close());
  }

  async #connected(limit: WorkLimit): Promise<SelectedCard> {
    this.#selected ??= await limit.within(() => this.#patiently(() => this.#connectNow()));
    return this.#selected;
  }

  /** Leaves no connection behind for a card that went meanwhile: PC/SC's client has room for four. */
  async #connectNow(): Promise<SelectedCard> {
    const connection = await CardConnection.open(this.#reader);
    try {
      const transport = await connection.transport(this.#usePinPad);
      if (this.#ended) throw new Failure("card-removed");
      return { connection, transport: this.#counted(transport), driver: undefined, stale: false };
    } catch (thrown) {
      await connection.close();
      throw thrown;
    }
  }

  #counted(transport: CardTransport): CardTransport {
    const transmit = (command: Uint8Array) => {
      if (command[1] !== getResponse) this.#commands += 1;
      return transport.transmit(command);
    };
    return limited({ ...transport, transmit }, () => this.#limitNow());
  }

  /** Of the work that is being done, or of leaving the card after it. */
  #limitNow(): WorkLimit {
    if (this.#limit === undefined) throw new Error("a command outside any work");
    return this.#limit;
  }

  /** Another program may have reset the card since. */
  async #begin(selected: SelectedCard): Promise<Transaction> {
    const { card } = selected.connection;
    return this.#beginOn(card).catch(async thrown => {
      if (pcscFailure(thrown).code !== "card-reset") throw thrown;
      selected.stale = true;
      await reconnect(selected);
      return this.#beginOn(card);
    });
  }

  /**
   * Another program's transaction is waited for by PC/SC itself, without end, and that cannot be called off: after a few
   * seconds the card is in use, and a transaction that begins later is ended at once.
   */
  async #beginOn(card: Card): Promise<Transaction> {
    await this.#soon(this.#overdue);
    const beginning = this.#patiently(() => card.transaction());
    try {
      return await this.#soon(beginning);
    } catch (thrown) {
      this.#overdue = beginning.then(transaction => transaction.end(CardDisposition.LEAVE)).catch(() => {});
      throw thrown;
    }
  }

  async #soon<Result>(promise: Promise<Result>): Promise<Result> {
    const late = Promise.withResolvers<never>();
    const cancel = this.#timers.after(patienceMs + retryMs, () =>
      late.reject(new Failure("card-in-use", { detail: "another program's transaction" })),
    );
    return Promise.race([promise, late.promise]).finally(cancel);
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

function reconnect({ connection: { card } }: SelectedCard): Promise<unknown> {
  return card.reconnect(CardMode.SHARED, CardDisposition.LEAVE);
}
