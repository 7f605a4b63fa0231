/**
 * What cards seen before showed to anybody, by the chip's identifier and a name that holds path and length, and what was found out
 * of a kind of cards, by its answer to reset: a card need not be read twice, for as long as the implementation keeps it, which is not for ever: a certificate may be renewed. Possession is never
 * concluded from it: the signature proves that, and one that does not fit makes all of this card forgotten. Never holds practice
 * situations or private objects.
 */
export interface PublicObjects {
  recall(cardId: string, name: string): Uint8Array | undefined;
  keep(cardId: string, name: string, content: Uint8Array): void;
  forget(cardId: string): void;
}
