import {
  isWholePassword,
  passwordGroup,
  passwordLength,
  passwordSigns,
} from "../../../core/fallback/temporary-password.ts";

const hidden = "•";

/**
 * A temporary password while it is typed: bytes outside of React's state and of every log. Handed over once, and wiped. Holds as
 * many signs as there are in one, and none that is not among them.
 */
export class PasswordBuffer {
  readonly #signs = new Uint8Array(passwordLength);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** True where nothing is missing, and the sign that checks the others fits. */
  get isWhole(): boolean {
    return isWholePassword(this.#text());
  }

  /** Takes one typed character; anything that is in no password, or one too many, changes nothing. */
  push(character: string): void {
    const sign = character.toUpperCase();
    if (!passwordSigns.includes(sign) || this.#length === passwordLength) return;
    this.#signs[this.#length] = sign.charCodeAt(0);
    this.#length += 1;
  }

  pop(): void {
    if (this.#length === 0) return;
    this.#length -= 1;
    this.#signs[this.#length] = 0;
  }

  /** In groups, as it was read out; hidden but for those who ask to see it. */
  shown(visible: boolean): string {
    const text = visible ? this.#text() : hidden.repeat(this.#length);
    return text.match(new RegExp(`.{1,${passwordGroup}}`, "gu"))?.join(" ") ?? "";
  }

  /** The signs' character codes, once; nothing is left here. */
  take(): number[] {
    const signs = Array.from(this.#signs.subarray(0, this.#length));
    this.wipe();
    return signs;
  }

  wipe(): void {
    this.#signs.fill(0);
    this.#length = 0;
  }

  #text(): string {
    return String.fromCharCode(...this.#signs.subarray(0, this.#length));
  }
}
