import { concatBytes } from "../bytes/bytes.ts";

const sha256Prefix = Uint8Array.of(
  0x30,
  0x31,
  0x30,
  0x0d,
  0x06,
  0x09,
  0x60,
  0x86,
  0x48,
  0x01,
  0x65,
  0x03,
  0x04,
  0x02,
  0x01,
  0x05,
  0x00,
  0x04,
  0x20,
);

/** The DER DigestInfo of a SHA-256 digest (RFC 8017, 9.2 note 1). */
export function sha256DigestInfo(digest: Uint8Array): Uint8Array<ArrayBuffer> {
  return concatBytes(sha256Prefix, digest);
}

/** EMSA-PKCS1-v1_5 (RFC 8017, 9.2): the block of `size` bytes that a bare RSA key signs. */
export function pkcs1SignatureBlock(digest: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const info = sha256DigestInfo(digest);
  const block = new Uint8Array(size).fill(0xff);
  block[0] = 0;
  block[1] = 1;
  block[size - info.length - 1] = 0;
  block.set(info, size - info.length);
  return block;
}
