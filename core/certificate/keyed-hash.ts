/** Two 32-bit words that nobody outside can foresee. */
export type HashKey = readonly [number, number];

/** `random`: 0 to below 1. */
export function newHashKey(random: () => number): HashKey {
  const word = () => Math.floor(random() * 2 ** 32) >>> 0;
  return [word(), word()];
}

/**
 * HalfSipHash-1-3 (Aumasson and Bernstein) of a number and the bytes from `start` to `end`: 32 bits, for hash tables only. With a
 * key of our own, who writes a list cannot make its serials meet in one slot.
 */
export function keyedHash([first, second]: HashKey, number: number, bytes: Uint8Array, start: number, end: number) {
  let v0 = first | 0;
  let v1 = second | 0;
  let v2 = first ^ 0x6c796765;
  let v3 = second ^ 0x74656462;
  const whole = start + ((end - start) & ~3);
  // The number goes first, then the words, then the bytes left over with the length; three rounds more end it.
  const words = 2 + ((whole - start) >> 2);
  for (let step = 0, at = start; step < words + 3; step += 1) {
    let word = 0;
    if (step === 0) word = number;
    else if (step === words - 1) word = rest(bytes, whole, end) | ((end - start) << 24);
    else if (step < words) {
      word = littleEndian(bytes, at);
      at += 4;
    } else if (step === words) v2 ^= 0xff;
    v3 ^= word;
    v0 = (v0 + v1) | 0;
    v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
    v0 = (v0 << 16) | (v0 >>> 16);
    v2 = (v2 + v3) | 0;
    v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
    v0 = (v0 + v3) | 0;
    v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
    v2 = (v2 + v1) | 0;
    v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
    v2 = (v2 << 16) | (v2 >>> 16);
    v0 ^= word;
  }
  return (v1 ^ v3) >>> 0;
}

function littleEndian(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
}

function rest(bytes: Uint8Array, start: number, end: number): number {
  let word = 0;
  for (let at = start; at < end; at += 1) word |= (bytes[at] ?? 0) << (8 * (at - start));
  return word;
}
