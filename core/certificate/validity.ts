import type { Certificate } from "./certificate.ts";

/** How a certificate stands to a moment. `expiring`: it ends within the days of warning. */
export type Validity = "good" | "expiring" | "expired" | "not-yet-valid";

const dayMs = 86_400_000;
/** Ordering a card takes weeks. */
const warningDays = 90;

/** Whole days until it ends; negative once it has. `now` in milliseconds since 1970. */
export function daysLeftOf({ notAfter }: Pick<Certificate, "notAfter">, now: number): number {
  return Math.floor((notAfter - now) / dayMs);
}

/** Judges the dates alone (RFC 5280, 4.1.2.5). */
export function validityOf(certificate: Pick<Certificate, "notBefore" | "notAfter">, now: number): Validity {
  if (now > certificate.notAfter) return "expired";
  if (now < certificate.notBefore) return "not-yet-valid";
  return daysLeftOf(certificate, now) < warningDays ? "expiring" : "good";
}
