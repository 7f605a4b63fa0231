/**
 * Bytes that come part by part, put together as they come: at the end of a large list there is nothing left to copy, which would
 * keep a sign-in waiting.
 */
export class GatheredBytes {
  #buffer: ArrayBuffer;
  #length = 0;

  /** `expected`: how many, as far as that is told; memory that is never written to costs nothing. */
  constructor(expected: number) {
    this.#buffer = new ArrayBuffer(Math.max(expected, 16_384));
  }

  get length(): number {
    return this.#length;
  }

  add(part: Uint8Array): void {
    const needed = this.#length + part.length;
    if (needed > this.#buffer.byteLength)
      this.#buffer = this.#buffer.transfer(Math.max(needed, 2 * this.#buffer.byteLength));
    new Uint8Array(this.#buffer).set(part, this.#length);
    this.#length = needed;
  }

  /** Hands them over; nothing can be added afterwards. */
  take(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#buffer.transfer(this.#length));
  }
}
