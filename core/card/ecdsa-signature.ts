import { Failure } from "../errors/failure.ts";

function malformed(): Failure {
  return new Failure("card-answer-malformed", { detail: "ECDSA signature is not the DER of two integers" });
}

/** Turns ECDSA-Sig-Value (RFC 3279, 2.2.3) into r ‖ s of `size` bytes each (RFC 7518, 3.4). Strict DER. */
export function joseSignature(der: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  if (der[0] !== 0x30 || der[1] !== der.length - 2 || der.length > 2 + 2 * (size + 3)) throw malformed();
  const signature = new Uint8Array(size * 2);
  let at = 2;
  for (const place of [size, size * 2]) {
    const length = der[at + 1];
    if (der[at] !== 0x02 || length === undefined || length === 0) throw malformed();
    let value = der.subarray(at + 2, at + 2 + length);
    if (value.length !== length || (value[0] ?? 0) > 0x7f) throw malformed();
    if (value[0] === 0 && value.length > 1) {
      if ((value[1] ?? 0) < 0x80) throw malformed();
      value = value.subarray(1);
    }
    if (value.length > size) throw malformed();
    signature.set(value, place - value.length);
    at += 2 + length;
  }
  if (at !== der.length) throw malformed();
  return signature;
}
