import type { IncomingMessage } from "node:http";
import { fingerprint, newSecret } from "../services/identifiers.ts";

interface BoundSeat {
  readonly seat: string;
  /** PS_IdNat of the seat's holder. */
  readonly holder: string;
}

const cookieName = "wardkey_seat";

/**
 * Which browser belongs to which seat. The browser's cookie is a secret that says nothing; the seat is looked up here, in
 * memory, and forgotten when it is lost.
 */
export class SeatBrowsers {
  readonly #seats = new Map<string, BoundSeat>();
  readonly #secure: boolean;

  /** `secure`: browsers reach the web door by HTTPS. */
  constructor(secure: boolean) {
    this.#secure = secure;
  }

  /** The cookie that binds the browser that shows it to this seat. */
  bind(seat: string, holder: string): string {
    const secret = newSecret(256);
    this.#seats.set(fingerprint(secret), { seat, holder });
    return `${cookieName}=${secret}; Path=/; HttpOnly; SameSite=Lax${this.#secure ? "; Secure" : ""}`;
  }

  seatOf(request: IncomingMessage): string | undefined {
    return this.boundTo(request)?.seat;
  }

  boundTo(request: IncomingMessage): BoundSeat | undefined {
    const secret = request.headers.cookie
      ?.split(";")
      .map(pair => pair.trim())
      .find(pair => pair.startsWith(`${cookieName}=`))
      ?.slice(cookieName.length + 1);
    return secret === undefined ? undefined : this.#seats.get(fingerprint(secret));
  }

  forget(seat: string): void {
    for (const [secret, bound] of this.#seats) if (bound.seat === seat) this.#seats.delete(secret);
  }
}
