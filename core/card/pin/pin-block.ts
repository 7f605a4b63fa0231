import { Failure } from "../../errors/failure.ts";
import type { PinFormat } from "./pin-format.ts";

const firstDigit = 0x30;
const lastDigit = 0x39;
const blockLength = 8;

/** The bytes that carry ASCII digits to the card. The caller wipes them. Throws `pin-malformed`; the card was not asked then. */
export function pinBlock(format: PinFormat, digits: Uint8Array): Uint8Array<ArrayBuffer> {
  const { encoding, minimumLength, maximumLength, storedLength, padding } = format;
  const { length } = digits;
  if (length < minimumLength || length > maximumLength) throw new Failure("pin-malformed");
  if (digits.some(byte => byte < firstDigit || byte > lastDigit)) throw new Failure("pin-malformed");
  const needed = encoding === "ascii" ? length : encoding === "bcd" ? Math.ceil(length / 2) : blockLength;
  const size = encoding === "iso-9564-2" ? blockLength : (storedLength ?? needed);
  if (needed > size || (encoding === "iso-9564-2" && length > 12)) throw new Failure("pin-malformed");
  const block = new Uint8Array(size).fill(encoding === "iso-9564-2" ? 0xff : padding);
  if (encoding === "ascii") block.set(digits);
  else if (encoding === "bcd") writeHalfBytes(block, 0, digits, padding & 0x0f);
  else {
    block[0] = 0x20 | length;
    writeHalfBytes(block, 1, digits, 0x0f);
  }
  return block;
}

function writeHalfBytes(block: Uint8Array, start: number, digits: Uint8Array, filler: number): void {
  for (let index = 0; index < digits.length; index += 2) {
    const high = (digits[index] ?? 0) & 0x0f;
    const low = index + 1 < digits.length ? (digits[index + 1] ?? 0) & 0x0f : filler;
    block[start + index / 2] = (high << 4) | low;
  }
}
