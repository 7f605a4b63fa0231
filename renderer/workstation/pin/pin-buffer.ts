const zero = 48;
const nine = 57;

/**
 * The digits of a PIN while they are typed: bytes outside of React, of the page and of every log. Only their number is ever
 * shown. Handed over once, and wiped.
 */
export class PinBuffer {
  readonly #digits: Uint8Array;
  #length = 0;

  /** `capacity`: most digits. */
  constructor(capacity: number) {
    this.#digits = new Uint8Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  /** Takes one typed character; anything but a digit, or a digit too many, changes nothing. */
  push(character: string): void {
    const code = character.charCodeAt(0);
    if (character.length !== 1 || code < zero || code > nine || this.#length === this.#digits.length) return;
    this.#digits[this.#length] = code;
    this.#length += 1;
  }

  pop(): void {
    if (this.#length === 0) return;
    this.#length -= 1;
    this.#digits[this.#length] = 0;
  }

  /** The digits, once; nothing is left here. */
  take(): number[] {
    const digits = Array.from(this.#digits.subarray(0, this.#length));
    this.wipe();
    return digits;
  }

  wipe(): void {
    this.#digits.fill(0);
    this.#length = 0;
  }
}
