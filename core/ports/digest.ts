/** A digest of the bytes, at once. */
export type Digest = (bytes: Uint8Array) => Uint8Array;

/** SHA-256 of the bytes, 32 bytes long, at once. */
export type Sha256 = Digest;
