import type { PullMoment, SimulatedCard } from "./card/simulated-card.ts";
import { type Pace, VirtualReader } from "./virtual-reader.ts";

/** A card that can be put into a virtual reader and taken out, and that counts what it is asked. */
export class VirtualCard {
  readonly #card: SimulatedCard;
  readonly #reader: VirtualReader;
  #commands = 0;
  #pullAt: PullMoment | undefined;

  constructor(card: SimulatedCard, atr: Uint8Array, pace?: Pace) {
    this.#card = card;
    const powered = { atr, reset: () => card.reset(), answer: (command: Uint8Array) => this.#answer(command) };
    this.#reader = new VirtualReader(powered, pace);
  }

  get status(): { readonly inserted: boolean; readonly triesLeft: number; readonly commands: number } {
    return { inserted: this.#reader.inserted, triesLeft: this.#card.triesLeft, commands: this.#commands };
  }

  async insert(port: number): Promise<void> {
    this.#commands = 0;
    await this.#reader.insert(port, "127.0.0.1");
  }

  async remove(): Promise<void> {
    await this.#reader.remove();
  }

  block(): void {
    this.#card.block();
  }

  /** The card leaves when it is next asked for this, before it answers. */
  pullAt(moment: PullMoment): void {
    this.#pullAt = moment;
  }

  #answer(command: Uint8Array): Uint8Array | Promise<Uint8Array> {
    // GET RESPONSE only fetches what a command has asked for.
    if (command[1] !== 0xc0) this.#commands += 1;
    if (this.#pullAt !== undefined && this.#card.asksFor(command) === this.#pullAt) {
      this.#pullAt = undefined;
      void this.#reader.remove();
    }
    const delayMs = this.#card.delayBefore?.(command) ?? 0;
    if (delayMs === 0) return this.#card.answer(command);
    return new Promise(resolve => {
      if (delayMs !== Number.POSITIVE_INFINITY) setTimeout(() => resolve(this.#card.answer(command)), delayMs).unref();
    });
  }
}
