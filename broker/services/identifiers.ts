import { createHash, randomBytes } from "node:crypto";

/** A random identifier that cannot be guessed: 128 bits, base64url. */
export function newIdentifier(): string {
  return randomBytes(16).toString("base64url");
}

/** A secret for one use: `bits` random bits, base64url. */
export function newSecret(bits: number): string {
  return randomBytes(bits / 8).toString("base64url");
}

/** SHA-256, base64url: how a secret or a key is kept. */
export function fingerprint(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("base64url");
}
