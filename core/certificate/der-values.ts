import { type DerElement, DerProblem } from "./der-reader.ts";

/** Dotted form of an OBJECT IDENTIFIER. */
export function readObjectIdentifier(element: DerElement): string {
  const { content } = element;
  if (element.tag !== 0x06 || content.length === 0 || content.length > 64) throw new DerProblem("object identifier");
  const arcs: number[] = [];
  let arc = 0;
  let fresh = true;
  for (const byte of content) {
    if (fresh && byte === 0x80) throw new DerProblem("object identifier not in its shortest form");
    arc = arc * 128 + (byte & 0x7f);
    if (arc > Number.MAX_SAFE_INTEGER / 128) throw new DerProblem("object identifier too large");
    fresh = (byte & 0x80) === 0;
    if (!fresh) continue;
    arcs.push(arc);
    arc = 0;
  }
  if (!fresh) throw new DerProblem("object identifier cut short");
  const [joined = 0, ...rest] = arcs;
  const first = Math.min(Math.floor(joined / 40), 2);
  return [first, joined - first * 40, ...rest].join(".");
}

/** The two's complement bytes of an INTEGER in its shortest form. */
export function readInteger(element: DerElement): Uint8Array {
  const { content } = element;
  const [first, second] = content;
  if (element.tag !== 0x02 || first === undefined) throw new DerProblem("integer");
  if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second > 0x7f))) {
    throw new DerProblem("integer not in its shortest form");
  }
  return content;
}

/** A non-negative INTEGER below 2^31. */
export function readSmallInteger(element: DerElement): number {
  const bytes = readInteger(element);
  if ((bytes[0] ?? 0) > 0x7f || bytes.length > 4) throw new DerProblem("integer out of range");
  return bytes.reduce((value, byte) => value * 256 + byte, 0);
}

export function readBoolean(element: DerElement): boolean {
  const [value] = element.content;
  if (element.tag !== 0x01 || element.content.length !== 1 || (value !== 0 && value !== 0xff))
    throw new DerProblem("boolean");
  return value === 0xff;
}

/** A BIT STRING of whole bytes. */
export function readBytesOfBits(element: DerElement): Uint8Array {
  if (element.tag !== 0x03 || element.content[0] !== 0) throw new DerProblem("bit string");
  return element.content.subarray(1);
}

/** The numbers of the bits that are set. Unused bits must be zero (X.690, 11.2.1). */
export function readNamedBits(element: DerElement): ReadonlySet<number> {
  const unused = element.content[0];
  const bytes = element.content.subarray(1);
  if (element.tag !== 0x03 || unused === undefined || unused > 7 || (bytes.length === 0 && unused > 0))
    throw new DerProblem("bit string");
  if (((bytes.at(-1) ?? 0) & ((1 << unused) - 1)) !== 0) throw new DerProblem("unused bits are set");
  const bits = new Set<number>();
  bytes.forEach((byte, index) => {
    for (let bit = 0; bit < 8; bit += 1) if ((byte & (0x80 >> bit)) !== 0) bits.add(index * 8 + bit);
  });
  return bits;
}

const utcTime = 0x17;
const generalizedTime = 0x18;

/** Milliseconds since 1970, in the one form of each time type that RFC 5280 4.1.2.5 allows. */
export function readTime(element: DerElement): number {
  const text = String.fromCharCode(...element.content.subarray(0, 20));
  const form =
    element.tag === utcTime ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/ : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;
  const fields = form.exec(text)?.slice(1).map(Number);
  if ((element.tag !== utcTime && element.tag !== generalizedTime) || fields === undefined)
    throw new DerProblem("time");
  const [written = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields;
  const year = element.tag === utcTime ? (written >= 50 ? 1900 + written : 2000 + written) : written;
  const at = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(at);
  if (back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59)
    throw new DerProblem("time");
  return at;
}

/** Text of the string types that names hold (RFC 5280, 4.1.2.4). */
export function readString(element: DerElement): string {
  switch (element.tag) {
    case 0x0c:
      return utf8(element.content);
    case 0x13:
    case 0x16:
    case 0x12:
      return latin(element.content, 0x7f);
    case 0x14:
      return latin(element.content, 0xff);
    case 0x1e:
      return bmp(element.content);
    case 0x1c:
      return universal(element.content);
    default:
      throw new DerProblem("string type");
  }
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new DerProblem("UTF-8");
  }
}

function latin(bytes: Uint8Array, highest: number): string {
  let text = "";
  for (const byte of bytes) {
    if (byte > highest) throw new DerProblem("string character");
    text += String.fromCharCode(byte);
  }
  return text;
}

function bmp(bytes: Uint8Array): string {
  if (bytes.length % 2 !== 0) throw new DerProblem("BMPString");
  let text = "";
  for (let index = 0; index < bytes.length; index += 2)
    text += String.fromCharCode(((bytes[index] ?? 0) << 8) | (bytes[index + 1] ?? 0));
  return text;
}

/** UniversalString: four bytes for each code point. */
function universal(bytes: Uint8Array): string {
  if (bytes.length % 4 !== 0) throw new DerProblem("UniversalString");
  let text = "";
  for (let index = 0; index < bytes.length; index += 4) {
    const point = bytes.subarray(index, index + 4).reduce((value, byte) => value * 256 + byte, 0);
    if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) throw new DerProblem("UniversalString");
    text += String.fromCodePoint(point);
  }
  return text;
}
