import type { PublicObjects } from "../../core/card/public-objects.ts";
import type { Clock } from "../../core/ports/clock.ts";

const mostCards = 200;
/** Longer than a shift: a card is read once in it. A certificate renewed for the same key is seen the next day at the latest. */
const longestMs = 12 * 3_600_000;

interface KeptCard {
  /** When the first of its objects was read. */
  readonly since: number;
  readonly objects: Map<string, Uint8Array>;
}

/**
 * Public objects of the cards seen last, in this process's memory only: nothing of a holder stays on the workstation. A card grows
 * old as a whole, so that no directory of one day leads to a certificate of another.
 */
export class KeptObjects implements PublicObjects {
  /** The day's clock: one that only measures may stand still while the machine sleeps. */
  readonly #clock: Clock;
  readonly #cards = new Map<string, KeptCard>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  recall(cardId: string, name: string): Uint8Array | undefined {
    const card = this.#current(cardId);
    if (card === undefined) return undefined;
    // Seen last is kept longest.
    this.#cards.delete(cardId);
    this.#cards.set(cardId, card);
    return card.objects.get(name);
  }

  keep(cardId: string, name: string, content: Uint8Array): void {
    const card = this.#current(cardId) ?? { since: this.#clock.now(), objects: new Map<string, Uint8Array>() };
    card.objects.set(name, content);
    this.#cards.set(cardId, card);
    const [oldest] = this.#cards.keys();
    if (this.#cards.size > mostCards && oldest !== undefined) this.#cards.delete(oldest);
  }

  forget(cardId: string): void {
    this.#cards.delete(cardId);
  }

  /** The card, if it is not too old, nor of a time to come: a clock that was set back tells no age. */
  #current(cardId: string): KeptCard | undefined {
    const card = this.#cards.get(cardId);
    if (card === undefined) return undefined;
    const age = this.#clock.now() - card.since;
    if (age >= 0 && age < longestMs) return card;
    this.forget(cardId);
    return undefined;
  }
}
