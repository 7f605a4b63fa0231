import type { PivCard } from "./card/piv-card.ts";
import { VirtualReader } from "./virtual-reader.ts";

/** The moments at which a card can be told to leave its reader by itself. */
export type PullMoment = "verify" | "sign";

const instructionOf: Readonly<Record<PullMoment, number>> = { verify: 0x20, sign: 0x87 };

/** A card that can be put into a virtual reader and taken out, and that counts what it is asked. */
export class VirtualCard {
  readonly #card: PivCard;
  readonly #reader: VirtualReader;
  #commands = 0;
  #pullAt: PullMoment | undefined;

  constructor(card: PivCard, atr: Uint8Array) {
    this.#card = card;
    this.#reader = new VirtualReader({
      atr,
      reset: () => card.reset(),
      answer: command => this.#answer(command),
    });
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

  #answer(command: Uint8Array): Uint8Array {
    this.#commands += 1;
    // A VERIFY without a body only asks for the counter.
    if (this.#pullAt !== undefined && command[1] === instructionOf[this.#pullAt] && command.length > 5) {
      this.#pullAt = undefined;
      void this.#reader.remove();
    }
    return this.#card.answer(command);
  }
}
