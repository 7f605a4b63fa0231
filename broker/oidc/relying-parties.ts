import type Provider from "oidc-provider";
import type { Client } from "oidc-provider";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import type { SessionEvent } from "../services/session-events.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import type { ApplicationSignIn, SignInBook } from "./sign-in-book.ts";

/** oidc-provider has this on every client; its types do not name it. */
type ClientWithLogout = Client & { backchannelLogout(sub: string, sid: string): Promise<unknown> };

type Untold = Pick<ApplicationSignIn, "holder" | "application">;
type Cause = "removal" | "end" | "holder";

const tries = 3;
const pauseMs = 1_000;

interface Parts {
  readonly provider: () => Provider;
  readonly book: SignInBook;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
}

/** How applications learn that a sign-in is over (OpenID Connect Back-Channel Logout 1.0), and the trail with them. */
export class RelyingParties {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** What happened to a seat or a session ends the sign-ins that hang on it; the applications are told in the background. */
  async hear(event: SessionEvent): Promise<void> {
    const { book } = this.#parts;
    switch (event.type) {
      case "seat-covered":
      case "seat-lost":
        return this.#signOut(book.takeAtRemoval(event.seat), "removal");
      case "session-ended":
        return this.#signOut(book.takeAtEnd(event.session), "end");
    }
  }

  /** The holder left one application; the provider has told it, since it asked. */
  async left(providerSession: string, clientId: string): Promise<void> {
    const left = this.#parts.book.takeByClient(providerSession, clientId);
    for (const signIn of left) await this.#revoke(signIn);
    await this.#record(left, "holder");
  }

  /** An application could not be told: an auditor wants to know that somebody may still be signed in there. */
  async notTold({ holder, application }: Untold, error: unknown): Promise<void> {
    const { store, clock, log } = this.#parts;
    const detail = error instanceof Error ? error.message : String(error);
    log.warn("back-channel-logout-failed", { application, detail });
    const record = { at: clock.now(), act: "application-not-told", holder, application, detail } as const;
    await store.write(tx => appendTrail(tx, record));
  }

  /** Tokens and provider session end at once; then the applications are told, with a few tries. */
  async #signOut(signIns: readonly ApplicationSignIn[], cause: Cause): Promise<void> {
    if (signIns.length === 0) return;
    for (const signIn of signIns) await this.#revoke(signIn);
    await this.#record(signIns, cause);
    await Promise.all(signIns.map(signIn => this.#tell(signIn)));
  }

  async #revoke({ grant, providerSession, clientId }: ApplicationSignIn): Promise<void> {
    const { book } = this.#parts;
    const provider = this.#parts.provider();
    await provider.AccessToken.revokeByGrantId(grant);
    await provider.RefreshToken.revokeByGrantId(grant);
    await provider.AuthorizationCode.revokeByGrantId(grant);
    await (await provider.Grant.find(grant))?.destroy();
    const session = await provider.Session.findByUid(providerSession);
    if (session === undefined) return;
    if (!book.holds(providerSession)) return void (await session.destroy());
    delete session.authorizations?.[clientId];
    await session.persist();
  }

  async #record(signIns: readonly ApplicationSignIn[], cause: Cause): Promise<void> {
    const { store, clock } = this.#parts;
    const at = clock.now();
    await store.write(async tx => {
      for (const { holder, session, application } of signIns)
        await appendTrail(tx, { at, act: "application-signed-out", holder, session, application, detail: cause });
    });
  }

  async #tell(signIn: ApplicationSignIn): Promise<void> {
    const { log } = this.#parts;
    const { clientId, holder, sid } = signIn;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const client = await this.#parts.provider().Client.find(clientId);
        if (client === undefined) throw new Error("the application is not in the configuration any more");
        if (client.metadata().backchannel_logout_uri === undefined) return;
        await (client as ClientWithLogout).backchannelLogout(holder, sid);
        return;
      } catch (error) {
        if (attempt === tries) return this.notTold(signIn, error);
        log.info("back-channel-logout-again", { client: clientId, attempt, detail: String(error) });
        await new Promise(resolve => setTimeout(resolve, pauseMs * attempt).unref());
      }
    }
  }
}
