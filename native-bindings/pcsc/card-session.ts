import { type Card, CardDisposition, CardMode, Protocol, type Reader } from "pcsc-mini";
import type { CardDriver } from "../../core/card/card-driver.ts";
import type { CardTransport } from "../../core/card/card-transport.ts";
import { Failure } from "../../core/errors/failure.ts";
import { pcscFailure } from "./pcsc-failure.ts";
import { pinPadOf } from "./pin-pad.ts";

const patienceMs = 3_000;
const retryMs = 100;
const getResponse = 0xc0;

interface SelectedCard {
  readonly card: Card;
  /** Found out once per connection: a reset changes neither ATR nor protocol. */
  transport: CardTransport | undefined;
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
  readonly #wait: (ms: number) => Promise<void>;
  #selected: SelectedCard | undefined;
  #work: Promise<unknown> = Promise.resolve();
  #ending: Promise<void> = Promise.resolve();
  #ended = false;
  #commands = 0;

  constructor(
    reader: Reader,
    selectDriver: (transport: CardTransport) => Promise<CardDriver>,
    usePinPad: boolean,
    wait: (ms: number) => Promise<void>,
  ) {
    this.#reader = reader;
    this.#selectDriver = selectDriver;
    this.#usePinPad = usePinPad;
    this.#wait = wait;
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
    return this.#selected?.transport?.pinPad !== undefined;
  }

  /** How a card that has been worked on presents itself, even where no driver knows it. */
  get presented(): Pick<CardTransport, "atr" | "protocol"> | undefined {
    return this.#selected?.transport;
  }

  /** Commands sent so far; GET RESPONSE, which only fetches what a command has asked for, is not counted. */
  get commands(): number {
    return this.#commands;
  }

  /** The card is gone: what is under way fails, what comes later is refused. */
  async end(): Promise<void> {
    this.#ended = true;
    const selected = this.#selected;
    this.#selected = undefined;
    await this.#ending;
    await selected?.card.disconnect(CardDisposition.LEAVE).catch(() => {});
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
    const selected = this.#selected ?? {
      card: await this.#patiently(() => this.#reader.connect(CardMode.SHARED, Protocol.ANY)),
      transport: undefined,
      driver: undefined,
      stale: false,
    };
    this.#selected = selected;
    const transaction = await this.#patiently(() => selected.card.transaction()).catch(async thrown => {
      if (pcscFailure(thrown).code !== "card-reset") throw thrown;
      selected.stale = true;
      await selected.card.reconnect(CardMode.SHARED, CardDisposition.LEAVE);
      return this.#patiently(() => selected.card.transaction());
    });
    try {
      selected.transport ??= this.#counted(await transportOf(selected.card, this.#usePinPad));
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

  #counted(transport: CardTransport): CardTransport {
    return {
      ...transport,
      transmit: command => {
        if (command[1] !== getResponse) this.#commands += 1;
        return transport.transmit(command);
      },
    };
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

async function transportOf(card: Card, usePinPad: boolean): Promise<CardTransport> {
  const { atr } = await card.state();
  const pinPad = usePinPad ? await pinPadOf(card) : undefined;
  return {
    ...(pinPad === undefined ? {} : { pinPad }),
    atr: atr.slice(),
    protocol: card.protocol() === Protocol.T0 ? "T=0" : "T=1",
    transmit: async command => {
      const answer = await card.transmit(command, new ArrayBuffer(65_538)).catch(thrown => {
        throw pcscFailure(thrown);
      });
      // A card that leaves in the middle of a command answers nothing; its removal is told a moment later.
      if (answer.length === 0) throw new Failure("card-removed");
      // The answer's buffer belongs to the binding: take a copy.
      return answer.slice();
    },
  };
}
