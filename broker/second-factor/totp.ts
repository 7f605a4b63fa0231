import { createHmac, timingSafeEqual } from "node:crypto";

/** As authenticator applications expect it: RFC 6238 with SHA-1, 30 seconds and six digits. */
const stepMs = 30_000;
const digits = 6;
/** Steps before and after the present one that count: phones' clocks drift, and people type (RFC 6238, section 5.2). */
const drift = 1;

/** 160 bits, as long as SHA-1's output (RFC 4226, section 4, R6). */
export const totpSecretBytes = 20;

export function totpStepAt(now: number): number {
  return Math.floor(now / stepMs);
}

/** The code of a time step (RFC 4226, section 5.3); `length`: how many digits. */
export function totpCode(secret: Uint8Array, step: number, length = digits): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac("sha1", secret).update(counter).digest();
  const offset = hash.readUInt8(hash.length - 1) & 0xf;
  const truncated = hash.readUInt32BE(offset) & 0x7fffffff;
  return String(truncated % 10 ** length).padStart(length, "0");
}

/** The step of around now whose code this is, in the same time whichever it is; `undefined`: of none. */
export function totpStepOf(secret: Uint8Array, code: Uint8Array, now: number): number | undefined {
  let found: number | undefined;
  for (let step = totpStepAt(now) - drift; step <= totpStepAt(now) + drift; step += 1) {
    const right = Buffer.from(totpCode(secret, step), "latin1");
    if (code.length === right.length && timingSafeEqual(code, right)) found = step;
  }
  return found;
}
