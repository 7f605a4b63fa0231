import { type Card, CardDisposition, CardMode, Protocol, type Reader, type Transaction } from "pcsc-mini";
import type { CardDriver } from "../../core/card/card-driver.ts";
import type { CardTransport } from "../../core/card/card-transport.ts";
import { Failure } from "../../core/errors/failure.ts";
import { pcscFailure } from "./pcsc-failure.ts";
import { pinPadOf } from "./pin-pad.ts";

const patienceMs = 3_000;
const retryMs = 100;
const longestAnswer = 65_538;

/** pcsc-mini 0.1.3 never lets go of a buffer that it was given: each serves one connection after the other. */
const spareBuffers: ArrayBuffer[] = [];

interface SelectedCard {
  readonly card: Card;
  readonly answers: ArrayBuffer;
  /** Found out once per connection: a reset changes neither ATR nor protocol. */
  readonly transport: CardTransport;
  driver: CardDriver | undefined;
  /** True while the driver's application may not be the selected one. */
  stale: boolean;
}

/**
 * Work on the card of one insertion: connected shared, one short transaction per piece of work, one piece at a time. A card
 * that another program reset is selected anew; whether the work may be done again is the caller's word.
 */
export class CardSession {
  readonly #reader: Reader;
  readonly #selectDriver: (transport: CardTransport) => Promise<CardDriver>;
  readonly #usePinPad: boolean;
  readonly #wait: (ms: number, signal?: AbortSignal) => Promise<void>;
  #selected: SelectedCard | undefined;
  #work: Promise<unknown> = Promise.resolve();
  #ending: Promise<void> = Promise.resolve();
  /** A transaction that was begun and not waited for to the end. */
  #overdue: Promise<void> = Promise.resolve();
  #ended = false;

  constructor(
    reader: Reader,
    selectDriver: (transport: CardTransport) => Promise<CardDriver>,
    usePinPad: boolean,
    wait: (ms: number, signal?: AbortSignal) => Promise<void>,
  ) {
    this.#reader = reader;
    this.#selectDriver = selectDriver;
    this.#usePinPad = usePinPad;
    this.#wait = wait;
  }

  /**
   * Connects, so that the first work does not have to: that costs more than most commands. Where it cannot be done now, the
   * first work does it.
   */
  async connect(): Promise<void> {
    await this.answerToReset().catch(() => {});
  }

  /** ISO 7816-3. */
  answerToReset(): Promise<Uint8Array> {
    return this.#queue(async () => {
      this.#selected ??= await this.#connected();
      return this.#selected.transport.atr;
    });
  }

  /** Work that may be repeated: reading, and signing without PIN. Repeated once after a reset or a foreign SELECT. */
  async repeatable<Result>(work: (driver: CardDriver) => Promise<Result>): Promise<Result> {
    return this.#queue(async () => {
      try {
        return await this.#transact(work);
      } catch (thrown) {
        const failure = pcscFailure(thrown);
        if (this.#ended || (failure.code !== "card-reset" && failure.code !== "card-refused-command")) throw failure;
        this.#markStale();
        return await this.#transact(work);
      }
    });
  }

  /**
   * Work that carries a PIN: done once, on an application selected in the same transaction, so that the PIN cannot reach
   * another application. Before any other program can have the card, what the PIN allowed is taken back; a card that cannot
   * do that is reset, which other programs on this machine may notice.
   */
  async once<Result>(work: (driver: CardDriver) => Promise<Result>): Promise<Result> {
    return this.#queue(async () => {
      this.#markStale();
      return this.#transact(work, async driver =>
        (await driver.forgetPin()) ? CardDisposition.LEAVE : CardDisposition.RESET,
      );
    });
  }

  /** True where the reader of a card that has been worked on has keys of its own, which are to be used. */
  get hasPinPad(): boolean {
    return this.#selected?.transport.pinPad !== undefined;
  }

  /** The card is gone: what is under way fails, what comes later is refused. */
  async end(): Promise<void> {
    this.#ended = true;
    const selected = this.#selected;
    this.#selected = undefined;
    await this.#ending;
    await this.#overdue;
    if (selected === undefined) return;
    // A connection that cannot be closed may still have a command under way: its buffer is not for another.
    await selected.card.disconnect(CardDisposition.LEAVE).then(
      () => spareBuffers.push(selected.answers),
      () => {},
    );
  }

  #markStale(): void {
    if (this.#selected !== undefined) this.#selected.stale = true;
  }

  #queue<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#work.then(async () => {
      await this.#ending;
      if (this.#ended) throw new Failure("card-removed");
      try {
        return await work();
      } catch (thrown) {
        throw this.#ended ? new Failure("card-removed", { cause: thrown }) : pcscFailure(thrown);
      }
    });
    this.#work = result.catch(() => {});
    return result;
  }

  /** `leave` decides, last in the transaction, how the card is left. */
  async #transact<Result>(
    work: (driver: CardDriver) => Promise<Result>,
    leave: (driver: CardDriver) => Promise<CardDisposition> = async () => CardDisposition.LEAVE,
  ): Promise<Result> {
    const selected = this.#selected ?? (await this.#patiently(() => this.#connected()));
    this.#selected = selected;
    const transaction = await this.#begin(selected.card).catch(async thrown => {
      if (pcscFailure(thrown).code !== "card-reset") throw thrown;
      selected.stale = true;
      await selected.card.reconnect(CardMode.SHARED, CardDisposition.LEAVE);
      return this.#begin(selected.card);
    });
    try {
      if (selected.driver === undefined) selected.driver = await this.#selectDriver(selected.transport);
      else if (selected.stale) await selected.driver.reselect();
      selected.stale = false;
      return await work(selected.driver);
    } catch (thrown) {
      if (pcscFailure(thrown).code === "card-reset") {
        selected.stale = true;
        await selected.card.reconnect(CardMode.SHARED, CardDisposition.LEAVE).catch(() => {});
      }
      throw thrown;
    } finally {
      // The answer does not wait for the end; the next work does. Undecided, e.g. a card that does not answer: reset.
      const { driver } = selected;
      const decided =
        driver === undefined
          ? Promise.resolve(CardDisposition.LEAVE)
          : leave(driver).catch(() => CardDisposition.RESET);
      this.#ending = decided.then(disposition => transaction.end(disposition)).catch(() => {});
    }
  }

  /** Leaves no connection behind for a card that went meanwhile: PC/SC's client has room for four. */
  async #connected(): Promise<SelectedCard> {
    const card = await this.#reader.connect(CardMode.SHARED, Protocol.ANY);
    const answers = spareBuffers.pop() ?? new ArrayBuffer(longestAnswer);
    try {
      const transport = await transportOf(this.#reader, card, answers, this.#usePinPad);
      if (this.#ended) throw new Failure("card-removed");
      return { card, answers, transport, driver: undefined, stale: false };
    } catch (thrown) {
      spareBuffers.push(answers);
      await card.disconnect(CardDisposition.LEAVE).catch(() => {});
      throw thrown;
    }
  }

  /**
   * Another program's transaction is waited for by PC/SC itself, without end, and that cannot be called off: after a few
   * seconds the card is in use, and a transaction that begins later is ended at once.
   */
  async #begin(card: Card): Promise<Transaction> {
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
    const settled = new AbortController();
    const tooLate = this.#wait(patienceMs + retryMs, settled.signal).then(() => {
      throw new Failure("card-in-use", { detail: "another program's transaction" });
    });
    return Promise.race([promise, tooLate]).finally(() => settled.abort());
  }

  /** Waits a few seconds for a program that holds the card for itself. */
  async #patiently<Result>(act: () => Promise<Result>): Promise<Result> {
    for (let waited = 0; ; waited += retryMs) {
      try {
        return await act();
      } catch (thrown) {
        if (pcscFailure(thrown).code !== "card-in-use" || waited >= patienceMs || this.#ended) throw thrown;
        await this.#wait(retryMs);
      }
    }
  }
}

async function transportOf(
  reader: Reader,
  card: Card,
  answers: ArrayBuffer,
  usePinPad: boolean,
): Promise<CardTransport> {
  const { atr } = await card.state();
  const pinPad = usePinPad ? await pinPadOf(reader, card) : undefined;
  return {
    ...(pinPad === undefined ? {} : { pinPad }),
    atr: atr.slice(),
    protocol: card.protocol() === Protocol.T0 ? "T=0" : "T=1",
    transmit: async command => {
      const answer = await card.transmit(command, answers).catch(thrown => {
        throw pcscFailure(thrown);
      });
      // A card that leaves in the middle of a command answers nothing; its removal is told a moment later.
      if (answer.length === 0) throw new Failure("card-removed");
      // The next answer comes into the same buffer: take a copy.
      return answer.slice();
    },
  };
}
