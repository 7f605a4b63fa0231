import { type Card, CardDisposition, CardMode, Protocol, type Reader } from "pcsc-mini";
import type { CardTransport } from "../../core/card/card-transport.ts";
import { Failure } from "../../core/errors/failure.ts";
import { pcscFailure } from "./pcsc-failure.ts";
import { pinPadOf } from "./pin-pad.ts";

/** An extended answer and its status word. */
const longestAnswer = 65_538;

/** pcsc-mini 0.1.3 never lets go of a buffer that it was given: each serves one connection after the other. */
const spareBuffers: ArrayBuffer[] = [];

/** A shared connection to the card in a reader. */
export class CardConnection {
  readonly card: Card;
  readonly #reader: Reader;
  readonly #answers = spareBuffers.pop() ?? new ArrayBuffer(longestAnswer);
  /** Settles when the card has answered what it was asked last. */
  answered: Promise<unknown> = Promise.resolve();

  private constructor(reader: Reader, card: Card) {
    this.#reader = reader;
    this.card = card;
  }

  static async open(reader: Reader): Promise<CardConnection> {
    return new CardConnection(reader, await reader.connect(CardMode.SHARED, Protocol.ANY));
  }

  /** To be found out once per connection: a reset changes neither ATR nor protocol. */
  async transport(usePinPad: boolean): Promise<CardTransport> {
    const { atr } = await this.card.state();
    const pinPad = usePinPad ? await pinPadOf(this.#reader, this.card) : undefined;
    return {
      ...(pinPad === undefined ? {} : { pinPad }),
      atr: atr.slice(),
      protocol: this.card.protocol() === Protocol.T0 ? "T=0" : "T=1",
      transmit: command => this.#transmit(command),
    };
  }

  /** A card that still owes an answer is busy, which is thrown at once: its buffer is not for another connection. */
  async close(): Promise<void> {
    try {
      await this.card.disconnect(CardDisposition.LEAVE);
      spareBuffers.push(this.#answers);
    } catch {}
  }

  async #transmit(command: Uint8Array): Promise<Uint8Array> {
    const answering = this.card.transmit(command, this.#answers);
    this.answered = answering.catch(() => {});
    const answer = await answering.catch(thrown => {
      throw pcscFailure(thrown);
    });
    // A card that leaves in the middle of a command answers nothing; its removal is told a moment later.
    if (answer.length === 0) throw new Failure("card-removed");
    // The next answer comes into the same buffer: take a copy.
    return answer.slice();
  }
}
