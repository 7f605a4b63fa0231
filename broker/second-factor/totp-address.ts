import { toBase32 } from "../../core/bytes/base32.ts";

/** What authenticator applications read from the QR code (Key URI Format). */
export function totpAddress(secret: Uint8Array, issuer: string, account: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  const asked = { secret: toBase32(secret), issuer, algorithm: "SHA1", digits: "6", period: "30" };
  // Some applications read “+” as itself.
  const query = Object.entries(asked).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `otpauth://totp/${label}?${query.join("&")}`;
}
