import { fromBase64 } from "../../../core/bytes/base64.ts";

const pem = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END/;

/**
 * The DER of the first certificate in a text: PEM, or the bare base64 of DER. A key that was pasted with it is never looked at.
 * `undefined` where there is none.
 */
export function readPastedText(text: string): Uint8Array | undefined {
  const encoded = (pem.exec(text)?.[1] ?? (text.includes("-----") ? "" : text)).replaceAll(/\s/g, "");
  const der = encoded === "" ? undefined : fromBase64(encoded);
  return der !== undefined && der.length > 0 ? der : undefined;
}

/** The same for the bytes of a file: DER begins with a SEQUENCE, everything else is read as text. */
export function readPastedFile(bytes: Uint8Array): Uint8Array | undefined {
  return bytes[0] === 0x30 ? bytes : readPastedText(new TextDecoder().decode(bytes));
}
