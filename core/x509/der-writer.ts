import { concatBytes } from "../bytes/bytes.ts";

/** DER (X.690) of the few types that X.509 needs. Each function answers a whole element: tag, length, value. */
export function der(tag: number, ...contents: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const content = concatBytes(...contents);
  const { length } = content;
  const lengthBytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) lengthBytes.unshift(rest % 256);
  const head = length < 0x80 ? [tag, length] : [tag, 0x80 | lengthBytes.length, ...lengthBytes];
  return concatBytes(Uint8Array.from(head), content);
}

const encoder = new TextEncoder();

export const sequence = (...members: readonly Uint8Array[]) => der(0x30, ...members);
export const octetString = (value: Uint8Array) => der(0x04, value);
export const boolean = (value: boolean) => der(0x01, Uint8Array.of(value ? 0xff : 0));
export const nothing = () => der(0x05);
export const utf8String = (text: string) => der(0x0c, encoder.encode(text));
export const printableString = (text: string) => der(0x13, encoder.encode(text));
/** Context-specific, constructed. */
export const explicit = (number: number, ...members: readonly Uint8Array[]) => der(0xa0 | number, ...members);
/** Context-specific, primitive. */
export const implicit = (number: number, value: Uint8Array) => der(0x80 | number, value);

/** SET OF: the elements in ascending order of their encodings (X.690, 11.6). */
export function setOf(...members: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const inOrder = [...members].sort((a, b) => {
    const at = a.findIndex((byte, index) => byte !== b[index]);
    return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
  });
  return der(0x31, ...inOrder);
}

/** A non-negative INTEGER from its big-endian magnitude. */
export function integer(magnitude: Uint8Array | number): Uint8Array<ArrayBuffer> {
  const bytes = typeof magnitude === "number" ? magnitudeOf(magnitude) : magnitude;
  const first = bytes.findIndex(byte => byte !== 0);
  const shortest = first < 0 ? Uint8Array.of(0) : bytes.subarray(first);
  return der(0x02, (shortest[0] ?? 0) > 0x7f ? Uint8Array.of(0) : new Uint8Array(), shortest);
}

function magnitudeOf(value: number): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Uint8Array.from(bytes);
}

/** BIT STRING; `unused` bits at the end of the last byte do not count. */
export function bitString(value: Uint8Array, unused = 0): Uint8Array<ArrayBuffer> {
  return der(0x03, Uint8Array.of(unused), value);
}

/** BIT STRING with named bits (X.680, 22.7): trailing zero bits are left out. */
export function namedBits(...bits: readonly number[]): Uint8Array<ArrayBuffer> {
  const highest = Math.max(...bits);
  const value = new Uint8Array((highest >> 3) + 1);
  for (const bit of bits) value[bit >> 3] = (value[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  return bitString(value, 7 - (highest & 7));
}

/** OBJECT IDENTIFIER from its dotted form. */
export function objectIdentifier(dotted: string): Uint8Array<ArrayBuffer> {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const bytes: number[] = [];
  for (const arc of [first * 40 + second, ...rest]) {
    const group = [arc & 0x7f];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) group.unshift((left & 0x7f) | 0x80);
    bytes.push(...group);
  }
  return der(0x06, Uint8Array.from(bytes));
}

/** Time of RFC 5280 4.1.2.5: UTCTime up to 2049, GeneralizedTime after. `at` in milliseconds since 1970. */
export function time(at: number): Uint8Array<ArrayBuffer> {
  const digits = new Date(at).toISOString().replaceAll(/[-:T]/g, "").slice(0, 14);
  return Number(digits.slice(0, 4)) < 2050
    ? der(0x17, encoder.encode(`${digits.slice(2)}Z`))
    : der(0x18, encoder.encode(`${digits}Z`));
}
