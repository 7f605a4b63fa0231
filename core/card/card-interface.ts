/** By contacts, or by an antenna. */
export type CardInterface = "contact" | "contactless";

/** What the ATR tells: a contactless reader makes one that begins `3B 8n 80 01` (PC/SC part 3, 3.1.3.2.3). */
export function interfaceOf(atr: Uint8Array): CardInterface {
  const [start, format = 0, first, second] = atr;
  const isMade = start === 0x3b && format >> 4 === 8 && first === 0x80 && second === 0x01;
  return isMade ? "contactless" : "contact";
}
