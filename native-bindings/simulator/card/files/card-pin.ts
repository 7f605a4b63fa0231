import { equalBytes } from "../../../../core/bytes/bytes.ts";

const mostTries = 3;

/** A PIN with its try counter and the code that unblocks it, as the chip keeps them: as the bytes that commands carry. */
export class CardPin {
  readonly reference: number;
  #value: Uint8Array;
  readonly #unblockingCode: Uint8Array;
  #triesLeft = mostTries;
  #unblocksLeft = mostTries;
  #verified = false;

  constructor(reference: number, value: Uint8Array, unblockingCode: Uint8Array) {
    this.reference = reference;
    this.#value = value;
    this.#unblockingCode = unblockingCode;
  }

  get isVerified(): boolean {
    return this.#verified;
  }

  get triesLeft(): number {
    return this.#triesLeft;
  }

  forget(): void {
    this.#verified = false;
  }

  block(): void {
    this.#triesLeft = 0;
    this.#verified = false;
  }

  /** The status word of a VERIFY without data. */
  state(): number {
    if (this.#verified) return 0x9000;
    return this.#triesLeft === 0 ? 0x6983 : 0x63c0 | this.#triesLeft;
  }

  /** Compares, counts, and says so; the counter goes down before the comparison. */
  verify(value: Uint8Array): number {
    this.#verified = false;
    if (this.#triesLeft === 0) return 0x6983;
    this.#triesLeft -= 1;
    if (!equalBytes(value, this.#value)) return this.#triesLeft === 0 ? 0x6983 : 0x63c0 | this.#triesLeft;
    this.#triesLeft = mostTries;
    this.#verified = true;
    return 0x9000;
  }

  /** Old value and new value, one after the other, each as long as the old one. */
  change(both: Uint8Array): number {
    const size = this.#value.length;
    if (both.length <= size) return 0x6700;
    const status = this.verify(both.subarray(0, size));
    if (status === 0x9000) this.#value = both.slice(size);
    return status;
  }

  /** A new value where the old one is verified. */
  replace(value: Uint8Array): number {
    if (!this.#verified) return 0x6982;
    this.#value = value.slice();
    return 0x9000;
  }

  unblock(both: Uint8Array): number {
    const size = this.#unblockingCode.length;
    if (both.length <= size) return 0x6700;
    if (this.#unblocksLeft === 0) return 0x6983;
    this.#unblocksLeft -= 1;
    if (!equalBytes(both.subarray(0, size), this.#unblockingCode)) return 0x63c0 | this.#unblocksLeft;
    this.#unblocksLeft = mostTries;
    this.#triesLeft = mostTries;
    this.#value = both.slice(size);
    return 0x9000;
  }
}
