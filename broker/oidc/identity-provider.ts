import type { IncomingMessage, ServerResponse } from "node:http";
import type { AccessToken, KoaContextWithOIDC, Provider } from "oidc-provider";
import type { Log } from "../../core/ports/log.ts";
import { assuranceOf } from "../../core/session/means.ts";
import type { Session } from "../../core/session/session.ts";
import type { SessionEvents } from "../services/session-events.ts";
import { enterSignIn, signInOf } from "../store/sign-in-table.ts";
import { appendTrail } from "../store/trail-table.ts";
import { createProvider, type ProviderParts } from "./create-provider.ts";
import { ProviderMemory } from "./provider-memory.ts";
import { RelyingParties } from "./relying-parties.ts";
import { loginOf, sessionFor } from "./seat-sign-in.ts";
import { signInRequestOf } from "./sign-in-request.ts";
import { type StepUpDemand, stepUpNeeded } from "./step-up-demand.ts";

export interface IdentityProviderParts extends Omit<ProviderParts, "memory"> {
  readonly events: SessionEvents;
  readonly log: Log;
}

/** Where codes are given: at once, or after the seat's holder was recognised. */
const codeRoutes = new Set(["authorization", "resume"]);

/** The OpenID Provider as long as the broker runs: what it keeps outlives its keys, and each sign-in is in the trail before its code is out. */
export class IdentityProvider {
  readonly #parts: IdentityProviderParts;
  readonly #memory: ProviderMemory;
  readonly #parties: RelyingParties;
  readonly #stops: readonly (() => void)[];
  readonly #additions: ((ctx: KoaContextWithOIDC) => Promise<void>)[] = [];
  #provider: Provider;
  #answer: ReturnType<Provider["callback"]>;

  constructor(parts: IdentityProviderParts) {
    this.#parts = parts;
    this.#memory = new ProviderMemory(parts.clock);
    this.#parties = new RelyingParties({ ...parts, provider: () => this.#provider });
    this.#provider = this.#made();
    this.#answer = this.#provider.callback();
    this.#stops = [
      parts.events.subscribe(event => this.#inBackground("sign-out-failed", this.#parties.hear(event))),
      parts.keys.subscribe(() => {
        this.#provider = this.#made();
        this.#answer = this.#provider.callback();
      }),
    ];
    this.#inBackground("sign-out-failed", this.#parties.catchUp());
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await this.#answer(request, response);
  }

  /**
   * The provider asks who this is: the seat's holder, whom the answer sends on, or nobody: `unknown`, nothing is sent. Where the
   * request asks for more than the session has, the application is told so (OpenID Connect Core, section 3.1.2.6; OpenID Connect
   * Core Error Code unmet_authentication_requirements 1.0).
   */
  async interact(request: IncomingMessage, response: ServerResponse): Promise<"answered" | "unknown"> {
    const { browsers, clock } = this.#parts;
    const { params, lastSubmission } = await this.#provider.interactionDetails(request, response);
    const session = await sessionFor(this.#parts, browsers.seatOf(request), String(params["client_id"]));
    if (session === undefined) return "unknown";
    const demand = stepUpNeeded(session, signInRequestOf(params), clock.now());
    // Asked again for what was answered: the application means another holder, by `id_token_hint` or by a claim.
    const result =
      demand !== undefined
        ? refusalOf(demand)
        : lastSubmission?.["login"] !== undefined
          ? anotherHolder
          : loginOf(session);
    await this.#provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    return "answered";
  }

  /** What a token request's answer gets beside the tokens. */
  addToTokens(addition: (ctx: KoaContextWithOIDC) => Promise<void>): void {
    this.#additions.push(addition);
  }

  /** A living access token of ours, opaque ones only. */
  async accessToken(secret: string): Promise<AccessToken | undefined> {
    return this.#provider.AccessToken.find(secret);
  }

  /** The session whose open seat this grant's sign-in came from; `undefined` where the card has gone. */
  async openSessionOf(grant: string | undefined): Promise<Session | undefined> {
    const signIn = grant === undefined ? undefined : await signInOf(this.#parts.store.db, grant);
    const session = signIn === undefined ? undefined : await this.#parts.sessions.openSeat(signIn.seat);
    return session?.id === signIn?.session ? session : undefined;
  }

  close(): void {
    for (const stop of this.#stops) stop();
  }

  #made(): Provider {
    const { house, log } = this.#parts;
    const provider = createProvider({ ...this.#parts, memory: this.#memory });
    provider.use(async (ctx, next) => {
      await next();
      const { oidc } = ctx as KoaContextWithOIDC;
      if (codeRoutes.has(oidc?.route ?? "") && oidc.entities.AuthorizationCode !== undefined)
        await this.#enter(ctx as KoaContextWithOIDC);
      if (oidc?.route === "token") for (const add of this.#additions) await add(ctx as KoaContextWithOIDC);
    });
    provider.on("end_session.success", ({ oidc }) => {
      if (oidc.session === undefined || oidc.client === undefined) return;
      this.#inBackground("sign-out-failed", this.#parties.left(oidc.session.uid, oidc.client.clientId));
    });
    provider.on("backchannel.error", (_ctx, error, client, holder) => {
      const application = house.applications.find(known => known.client.clientId === client.clientId)?.id;
      this.#inBackground(
        "sign-out-failed",
        this.#parties.notTold({ holder, application: application ?? client.clientId }, error),
      );
    });
    provider.on("server_error", (_ctx, error) => log.warn("provider-failed", { detail: String(error) }));
    return provider;
  }

  /** A code is about to leave: from here on it belongs to a session, and a code that belongs to none is worth nothing. */
  async #enter({ req, oidc }: KoaContextWithOIDC): Promise<void> {
    const { browsers, sessions, enrolments, house, store, clock } = this.#parts;
    const { entities, client, session: providerSession } = oidc;
    const seat = browsers.seatOf(req);
    const session = seat === undefined ? undefined : await sessions.openSeat(seat);
    const application = house.applications.find(known => known.client.clientId === client?.clientId);
    const grant = entities.AuthorizationCode?.grantId;
    const sid = application === undefined ? undefined : providerSession?.sidFor(application.client.clientId);
    if (seat === undefined || session?.seat === undefined || application === undefined) return;
    if (grant === undefined || providerSession === undefined || sid === undefined) return;
    const { holder, means, id } = session;
    const workstation = await enrolments.byId(session.seat.workstation);
    await store.write(async tx => {
      await enterSignIn(tx, {
        grant,
        providerSession: providerSession.uid,
        clientId: application.client.clientId,
        application: application.id,
        logoutAt: application.client.logoutAt,
        holder: holder.id,
        sid,
        session: id,
        seat,
      });
      await appendTrail(tx, {
        at: clock.now(),
        act: "application-signed-in",
        holder: holder.id,
        means,
        assurance: assuranceOf(means),
        session: id,
        workstation: workstation?.id,
        place: workstation?.place,
        application: application.id,
      });
    });
  }

  #inBackground(name: string, work: Promise<void>): void {
    void work.catch(error => this.#parts.log.warn(name, { detail: String(error) }));
  }
}

const anotherHolder = { error: "login_required", error_description: "another holder is signed in at this workstation" };

/** Where the PIN cannot be asked for at the workstation, what the application is told in its place. */
function refusalOf(demand: StepUpDemand) {
  return demand.by === "card-pin" && demand.reason !== "level"
    ? { error: "login_required", error_description: "the holder's proof is older than asked for" }
    : { error: "unmet_authentication_requirements", error_description: "the holder's session is of another level" };
}
