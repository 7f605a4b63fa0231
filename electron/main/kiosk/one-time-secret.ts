import { randomBytes, timingSafeEqual } from "node:crypto";

/** The key of the window's channel: 256 bits, good for one opening, replaced by the next one issued. */
export class OneTimeSecret {
  #current: Buffer | undefined;

  /** Base64url, 43 characters. What was issued before is worth nothing from now on. */
  issue(): string {
    const secret = randomBytes(32).toString("base64url");
    this.#current = Buffer.from(secret);
    return secret;
  }

  /** True once, for the secret issued last. A wrong one does not use it up. Compared in constant time. */
  redeem(offered: string): boolean {
    const given = Buffer.from(offered);
    const expected = this.#current;
    if (expected === undefined || given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
    this.#current = undefined;
    return true;
  }
}
