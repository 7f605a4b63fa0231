const digitPairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += digitPairs[byte];
  return text;
}

/** Bytes of hexadecimal digits; blanks between bytes are forgiven. `undefined` for anything else. */
export function fromHex(text: string): Uint8Array<ArrayBuffer> | undefined {
  const digits = text.replaceAll(/\s/g, "");
  if (digits.length % 2 !== 0) return undefined;
  const bytes = new Uint8Array(digits.length / 2);
  for (let index = 0; index < bytes.length; index += 1) {
    const high = digitValue(digits.charCodeAt(index * 2));
    const low = digitValue(digits.charCodeAt(index * 2 + 1));
    if (high === undefined || low === undefined) return undefined;
    bytes[index] = high * 16 + low;
  }
  return bytes;
}

function digitValue(code: number): number | undefined {
  if (code >= 48 && code <= 57) return code - 48;
  // Capital and small letters differ by one bit.
  const letter = code | 0x20;
  return letter >= 97 && letter <= 102 ? letter - 87 : undefined;
}
