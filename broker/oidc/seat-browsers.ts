import type { IncomingMessage } from "node:http";
import { fingerprint, newSecret } from "../services/identifiers.ts";

interface BoundSeat {
  readonly seat: string;
  /** PS_IdNat of the seat's holder. */
  readonly holder: string;
}

export interface SeatCookie {
  readonly name: string;
  readonly sameSite: "Lax" | "Strict";
  /** Browsers reach the web door by HTTPS. */
  readonly secure: boolean;
}

/**
 * Which browser belongs to which seat. The browser's cookie is a secret that says nothing; the seat is looked up here, in
 * memory, and forgotten when it is lost.
 */
export class SeatBrowsers {
  readonly #seats = new Map<string, BoundSeat>();
  readonly #name: string;
  readonly #attributes: string;

  constructor({ name, sameSite, secure }: SeatCookie) {
    // The prefix has the browser refuse a cookie of this name from another host or over plain HTTP (RFC 6265bis, 4.1.3.2).
    this.#name = secure ? `__Host-${name}` : name;
    this.#attributes = `Path=/; HttpOnly; SameSite=${sameSite}${secure ? "; Secure" : ""}`;
  }

  /** The cookie that binds the browser that shows it to this seat. */
  bind(seat: string, holder: string): string {
    const secret = newSecret(256);
    this.#seats.set(fingerprint(secret), { seat, holder });
    return `${this.#name}=${secret}; ${this.#attributes}`;
  }

  seatOf(request: IncomingMessage): string | undefined {
    return this.boundTo(request)?.seat;
  }

  boundTo(request: IncomingMessage): BoundSeat | undefined {
    const secret = request.headers.cookie
      ?.split(";")
      .map(pair => pair.trim())
      .find(pair => pair.startsWith(`${this.#name}=`))
      ?.slice(this.#name.length + 1);
    return secret === undefined ? undefined : this.#seats.get(fingerprint(secret));
  }

  forget(seat: string): void {
    for (const [secret, bound] of this.#seats) if (bound.seat === seat) this.#seats.delete(secret);
  }
}
