const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

function encode(bytes: Uint8Array, last: string, pad: boolean): string {
  const table = alphabet + last;
  let text = "";
  for (let index = 0; index < bytes.length; index += 3) {
    const first = bytes[index] ?? 0;
    const second = bytes[index + 1];
    const third = bytes[index + 2];
    text += table.charAt(first >> 2) + table.charAt(((first & 3) << 4) | ((second ?? 0) >> 4));
    if (second !== undefined) text += table.charAt(((second & 15) << 2) | ((third ?? 0) >> 6));
    else if (pad) text += "=";
    if (third !== undefined) text += table.charAt(third & 63);
    else if (pad) text += "=";
  }
  return text;
}

function decode(text: string, last: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 4 === 1) return undefined;
  const table = alphabet + last;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const character of text) {
    const value = table.indexOf(character);
    if (value < 0) return undefined;
    held = ((held << 6) | value) & 0xfff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (held >> bits) & 0xff;
    }
  }
  // Bits left over must be zero: otherwise two texts would mean the same bytes (RFC 4648, 3.5).
  return (held & ((1 << bits) - 1)) === 0 ? bytes : undefined;
}

/** RFC 4648 section 5, without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  return encode(bytes, "-_", false);
}

/** RFC 4648 section 5, without padding, canonical; `undefined` for anything else. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  return decode(text, "-_");
}

/** RFC 4648 section 4, padded. */
export function toBase64(bytes: Uint8Array): string {
  return encode(bytes, "+/", true);
}

/** RFC 4648 section 4, padded, canonical; `undefined` for anything else. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 4 !== 0) return undefined;
  return decode(text.replace(/={1,2}$/, ""), "+/");
}
