import { Failure } from "../../core/errors/failure.ts";
import type { Clock } from "../../core/ports/clock.ts";
import { ownBase } from "../../protocol/broker/own/own-routes.ts";
import { fingerprint, newIdentifier, newSecret } from "../services/identifiers.ts";
import { factorsOf, type KeyFactor } from "../store/second-factor-table.ts";
import type { Db } from "../store/store.ts";
import type { PendingSignIn, PendingSignIns } from "./pending-sign-ins.ts";
import type { SecurityKeys } from "./security-keys.ts";

export interface KeyUse {
  readonly key: KeyFactor;
  readonly counter: number;
}

interface Page {
  readonly request: string;
  readonly ticketUntil: number;
  readonly outcome: PromiseWithResolvers<KeyUse | "declined">;
  /** What has to be shown: first the ticket, then the secret of the browser that redeemed it. By hash. */
  proof: string;
  state: "offered" | "opened";
  /** Of the question that waits for its answer. */
  challenge: string | undefined;
}

interface Parts {
  readonly db: Db;
  readonly clock: Clock;
  readonly pending: PendingSignIns;
  readonly keys: SecurityKeys;
  readonly webOrigin: string;
}

const ticketMs = 60_000;
export const keyPagePath = `${ownBase}key`;

/**
 * The broker's pages that ask for a security key: of its own origin, each for one sign-in that waits. A ticket in the address is good
 * once, for the browser that opens it; what opens the session is said to the workstation, never to the page.
 */
export class KeyPages {
  readonly #parts: Parts;
  readonly #pages = new Map<string, Page>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  openFor({ request }: PendingSignIn): { readonly page: string; readonly url: string } {
    for (const [id, known] of this.#pages) if (!this.#isWaiting(known)) this.#pages.delete(id);
    const ticket = newSecret(256);
    const id = newIdentifier();
    this.#pages.set(id, {
      request,
      ticketUntil: this.#parts.clock.now() + ticketMs,
      outcome: Promise.withResolvers(),
      proof: fingerprint(ticket),
      state: "offered",
      challenge: undefined,
    });
    return { page: id, url: `${this.#parts.webOrigin}${keyPagePath}/${ticket}` };
  }

  /** What became of a page. Throws `second-factor-over`. */
  outcomeOf({ request }: PendingSignIn, id: string): Promise<KeyUse | "declined"> {
    const page = this.#pages.get(id);
    if (page?.request !== request) throw new Failure("second-factor-over");
    return page.outcome.promise;
  }

  /** The secret of the browser that the ticket lets in; `undefined`: never given, too old, used, or its sign-in is over. */
  redeem(ticket: string): string | undefined {
    const page = this.#shown(ticket, "offered");
    if (page === undefined || page.ticketUntil <= this.#parts.clock.now()) return undefined;
    const secret = newSecret(256);
    page.proof = fingerprint(secret);
    page.state = "opened";
    return secret;
  }

  /** What the browser asks of the key, and for which sign-in. Rejects with `second-factor-over`. */
  async ask(secret: string) {
    const page = this.#opened(secret);
    const options = await this.#parts.keys.question(await this.#keysFor(page));
    page.challenge = options.challenge;
    const waiting = this.#parts.pending.named(page.request);
    if (waiting === undefined) throw new Failure("second-factor-over");
    return { options, waiting };
  }

  /** What the key has answered, once for each question. Rejects with `second-factor-over` and `second-factor-key-refused`. */
  async answer(secret: string, response: unknown): Promise<void> {
    const page = this.#opened(secret);
    const { challenge } = page;
    page.challenge = undefined;
    if (challenge === undefined) throw new Failure("second-factor-key-refused", { detail: "nothing was asked" });
    page.outcome.resolve(await this.#parts.keys.answered(response, challenge, await this.#keysFor(page)));
  }

  /** Rejects with `second-factor-over`. */
  decline(secret: string): void {
    this.#opened(secret).outcome.resolve("declined");
  }

  /** Of the holder who signs in: anybody else's key is none. */
  async #keysFor({ request }: Page): Promise<readonly KeyFactor[]> {
    const holder = this.#parts.pending.named(request)?.proved.holder.id ?? "";
    return (await factorsOf(this.#parts.db, holder)).filter(factor => factor.kind === "security-key");
  }

  #opened(secret: string): Page {
    const page = this.#shown(secret, "opened");
    if (page === undefined) throw new Failure("second-factor-over");
    return page;
  }

  #shown(secret: string, state: Page["state"]): Page | undefined {
    const hash = fingerprint(secret);
    const page = [...this.#pages.values()].find(one => one.state === state && one.proof === hash);
    return page !== undefined && this.#isWaiting(page) ? page : undefined;
  }

  #isWaiting({ request }: Page): boolean {
    return this.#parts.pending.named(request) !== undefined;
  }
}
