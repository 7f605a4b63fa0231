/** What an ATR tells of a card's abilities (ISO 7816-3 section 8.2, ISO 7816-4 section 12.1.1.9). */
export interface CardCapabilities {
  readonly extendedLength: boolean;
}

/** The historical bytes of an ATR; empty where it has none or cannot be read. */
export function historicalBytes(atr: Uint8Array): Uint8Array {
  const format = atr[1];
  if (format === undefined || (atr[0] !== 0x3b && atr[0] !== 0x3f)) return new Uint8Array();
  let at = 2;
  let interfaces = format >> 4;
  while (interfaces !== 0) {
    const present = (interfaces & 1) + ((interfaces >> 1) & 1) + ((interfaces >> 2) & 1);
    const announcesMore = (interfaces & 8) !== 0;
    at += present;
    if (!announcesMore) break;
    interfaces = (atr[at] ?? 0) >> 4;
    at += 1;
  }
  return atr.subarray(at, at + (format & 0x0f));
}

/** Reads the "card capabilities" (compact tag 7) of historical bytes with category 80. Silence means no ability. */
export function readCapabilities(atr: Uint8Array): CardCapabilities {
  const historical = historicalBytes(atr);
  if (historical[0] !== 0x80) return { extendedLength: false };
  let at = 1;
  while (at < historical.length) {
    const head = historical[at] ?? 0;
    const length = head & 0x0f;
    const third = historical[at + 3] ?? 0;
    if (head >> 4 === 7 && length === 3 && at + 3 < historical.length) return { extendedLength: (third & 0x40) !== 0 };
    at += 1 + length;
  }
  return { extendedLength: false };
}

/**
 * True for what readers make up for a contactless card, which has no answer to reset: T0 with eight in its upper half, TD1 80,
 * TD2 01 (PC/SC part 3, 3.1.3.2.3.1).
 */
export function isContactlessAtr(atr: Uint8Array): boolean {
  const [ts, t0 = 0, td1, td2] = atr;
  return ts === 0x3b && t0 >> 4 === 8 && td1 === 0x80 && td2 === 0x01;
}
