import type { PublicObjects } from "../../core/card/public-objects.ts";

const mostCards = 200;

/** Public objects of the cards seen last, in this process's memory only: nothing of a holder stays on the workstation. */
export class KeptObjects implements PublicObjects {
  readonly #cards = new Map<string, Map<string, Uint8Array>>();

  recall(cardId: string, name: string): Uint8Array | undefined {
    const card = this.#cards.get(cardId);
    if (card === undefined) return undefined;
    // Seen last is kept longest.
    this.#cards.delete(cardId);
    this.#cards.set(cardId, card);
    return card.get(name);
  }

  keep(cardId: string, name: string, content: Uint8Array): void {
    const card = this.#cards.get(cardId) ?? new Map<string, Uint8Array>();
    card.set(name, content);
    this.#cards.set(cardId, card);
    const [oldest] = this.#cards.keys();
    if (this.#cards.size > mostCards && oldest !== undefined) this.#cards.delete(oldest);
  }

  forget(cardId: string): void {
    this.#cards.delete(cardId);
  }
}
