import type Provider from "oidc-provider";
import type { Client } from "oidc-provider";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import type { SessionEvent } from "../services/session-events.ts";
import type { Sessions } from "../services/sessions.ts";
import {
  type ApplicationSignIn,
  allSignIns,
  holdsSignIns,
  takeSignInsAtEnd,
  takeSignInsAtRemoval,
  takeSignInsOfApplications,
  takeSignInsOfClient,
} from "../store/sign-in-table.ts";
import type { Store, Writing } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";

/** oidc-provider has this on every client; its types do not name it. */
type ClientWithLogout = Client & { backchannelLogout(sub: string, sid: string): Promise<unknown> };

type Untold = Pick<ApplicationSignIn, "holder" | "application">;
type Cause = "removal" | "end" | "activity" | "break-glass" | "holder";
type Taking = (tx: Writing) => Promise<ApplicationSignIn[]>;

const tries = 3;
const pauseMs = 1_000;

interface Parts {
  readonly provider: () => Provider;
  readonly sessions: Sessions;
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
    switch (event.type) {
      case "seat-covered":
      case "seat-lost":
        return this.#signOut(tx => takeSignInsAtRemoval(tx, event.seat), "removal");
      // What they were told of the holder does not hold any more, whenever they wish to be signed out.
      case "activity-changed":
        return this.#signOut(tx => takeSignInsAtEnd(tx, event.session), "activity");
      case "break-glass-changed":
        return this.#signOut(tx => takeSignInsOfApplications(tx, event.session, event.closed), "break-glass");
      case "session-ended":
        return this.#signOut(tx => takeSignInsAtEnd(tx, event.session), "end");
      default:
        return event satisfies never;
    }
  }

  /** What happened while no broker listened: sign-ins from before a restart whose card or session has gone. */
  async catchUp(): Promise<void> {
    const { store, sessions } = this.#parts;
    for (const { session, seat } of await allSignIns(store.db)) {
      if ((await sessions.aliveById(session)) === undefined)
        await this.#signOut(tx => takeSignInsAtEnd(tx, session), "end");
      else if ((await sessions.openSeat(seat))?.id !== session)
        await this.#signOut(tx => takeSignInsAtRemoval(tx, seat), "removal");
    }
  }

  /** The holder left one application; the provider has ended its part and told it, since it asked. */
  async left(providerSession: string, clientId: string): Promise<void> {
    await this.#take(tx => takeSignInsOfClient(tx, providerSession, clientId), "holder");
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
  async #signOut(taking: Taking, cause: Cause): Promise<void> {
    const signIns = await this.#take(taking, cause);
    for (const signIn of signIns) await this.#revoke(signIn);
    await Promise.all(signIns.map(signIn => this.#tell(signIn)));
  }

  /** Out of the store, and into the trail with it. */
  async #take(taking: Taking, cause: Cause): Promise<ApplicationSignIn[]> {
    const { store, clock } = this.#parts;
    const at = clock.now();
    return store.write(async tx => {
      const signIns = await taking(tx);
      for (const { holder, session, application } of signIns)
        await appendTrail(tx, { at, act: "application-signed-out", holder, session, application, detail: cause });
      return signIns;
    });
  }

  async #revoke({ grant, providerSession, clientId }: ApplicationSignIn): Promise<void> {
    const provider = this.#parts.provider();
    await provider.AccessToken.revokeByGrantId(grant);
    await provider.RefreshToken.revokeByGrantId(grant);
    await provider.AuthorizationCode.revokeByGrantId(grant);
    await (await provider.Grant.find(grant))?.destroy();
    const session = await provider.Session.findByUid(providerSession);
    if (session === undefined) return;
    if (!(await holdsSignIns(this.#parts.store.db, providerSession))) return void (await session.destroy());
    delete session.authorizations?.[clientId];
    await session.persist();
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
