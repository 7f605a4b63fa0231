import type { Clock } from "../../core/ports/clock.ts";
import { fingerprint, newSecret } from "./identifiers.ts";

export interface LaunchTicket {
  readonly seat: string;
  readonly application: string;
}

const lifetimeMs = 60_000;

/** One-time tickets that bind a seat's browser to its seat; kept by hash, in memory, for a minute (design D7). */
export class LaunchTickets {
  readonly #clock: Clock;
  readonly #tickets = new Map<string, LaunchTicket & { readonly until: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  issue(seat: string, application: string): string {
    const now = this.#clock.now();
    for (const [hash, { until }] of this.#tickets) if (until < now) this.#tickets.delete(hash);
    const secret = newSecret(256);
    this.#tickets.set(fingerprint(secret), { seat, application, until: now + lifetimeMs });
    return secret;
  }

  /** `undefined`: never issued, too old, or redeemed already. */
  redeem(secret: string): LaunchTicket | undefined {
    const hash = fingerprint(secret);
    const ticket = this.#tickets.get(hash);
    this.#tickets.delete(hash);
    return ticket !== undefined && this.#clock.now() <= ticket.until ? ticket : undefined;
  }
}
