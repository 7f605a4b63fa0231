import { createHmac } from "node:crypto";

/**
 * The holder's `sub` for the clients of one sector (OpenID Connect Core, section 8.1): the same at each of them, and of no use to
 * compare with another sector's. It stays the same for as long as the secret does.
 */
export function pairwiseSubject(secret: string, sector: string, holder: string): string {
  return createHmac("sha256", secret)
    .update(JSON.stringify([sector, holder]))
    .digest("base64url");
}
