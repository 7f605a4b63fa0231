import type Provider from "oidc-provider";
import type { Client, KoaContextWithOIDC } from "oidc-provider";
import type { Log } from "../../core/ports/log.ts";

/** A client's use of a seat's sign-in: what has to be undone when the card goes. */
interface Use {
  readonly client: Client;
  /** As the ID token names the holder. */
  readonly sub: string;
  readonly sid: string;
  readonly grant: string;
  readonly session: string;
}

/** oidc-provider has this on every client; its types do not name it. */
type ClientWithLogout = Client & { backchannelLogout(sub: string, sid: string): Promise<unknown> };

const tries = 3;
const pauseMs = 1_000;

/** Who has signed in from which seat, and how they are told that it is over (OpenID Connect Back-Channel Logout 1.0). */
export class RelyingParties {
  readonly #provider: Provider;
  readonly #log: Log;
  readonly #uses = new Map<string, Map<string, Use>>();

  constructor(provider: Provider, log: Log) {
    this.#provider = provider;
    this.#log = log;
  }

  /** A client has been given a code for this seat's holder. */
  remember(seat: string, sub: string, ctx: KoaContextWithOIDC): void {
    const { client, session } = ctx.oidc;
    if (client === undefined || session?.accountId === undefined) return;
    const sid = session.sidFor(client.clientId);
    const grant = session.grantIdFor(client.clientId);
    if (sid === undefined || grant === undefined) return;
    const uses = this.#uses.get(seat) ?? new Map<string, Use>();
    uses.set(client.clientId, { client, sub, sid, grant, session: session.uid });
    this.#uses.set(seat, uses);
  }

  /** The card has gone: tokens and provider session end at once; the clients are told, with a few tries, in the background. */
  async signOut(seat: string): Promise<void> {
    const uses = [...(this.#uses.get(seat)?.values() ?? [])];
    this.#uses.delete(seat);
    for (const { grant, session } of uses) {
      await this.#provider.AccessToken.revokeByGrantId(grant);
      await this.#provider.AuthorizationCode.revokeByGrantId(grant);
      await (await this.#provider.Session.findByUid(session))?.destroy();
    }
    await Promise.all(uses.map(use => this.#tell(use)));
  }

  async #tell({ client, sub, sid }: Use): Promise<void> {
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      try {
        await (client as ClientWithLogout).backchannelLogout(sub, sid);
        return;
      } catch (error) {
        this.#log.warn("back-channel-logout-failed", { client: client.clientId, attempt, detail: String(error) });
        await new Promise(resolve => setTimeout(resolve, pauseMs * attempt).unref());
      }
    }
  }
}
