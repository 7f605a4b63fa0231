/** SHA-256 of the bytes, 32 bytes long, at once. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;
