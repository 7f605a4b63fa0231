import type { IncomingMessage, ServerResponse } from "node:http";
import type { AccessToken, InteractionResults, KoaContextWithOIDC, Provider } from "oidc-provider";
import type { Log } from "../../core/ports/log.ts";
import { assuranceOf } from "../../core/session/means.ts";
import type { Session } from "../../core/session/session.ts";
import type { SessionEvents } from "../services/session-events.ts";
import type { StepUps } from "../services/step-ups.ts";
import { isGlassLaunch } from "../store/break-glass-table.ts";
import { enterSignIn, signInOf } from "../store/sign-in-table.ts";
import { appendTrail } from "../store/trail-table.ts";
import { createProvider, type ProviderParts } from "./create-provider.ts";
import { oidcApplication } from "./oidc-application.ts";
import { ProviderMemory } from "./provider-memory.ts";
import { RelyingParties } from "./relying-parties.ts";
import { loginOf, sessionFor } from "./seat-sign-in.ts";
import { signInRequestOf } from "./sign-in-request.ts";
import { stepUpNeeded } from "./step-up-demand.ts";
import { errorOfOutcome, StepUpInteractions } from "./step-up-interaction.ts";
import { sendStepUpPage } from "./step-up-page.ts";

export interface IdentityProviderParts extends Omit<ProviderParts, "memory"> {
  readonly events: SessionEvents;
  readonly stepUps: StepUps;
  readonly log: Log;
}

/** Where codes are given: at once, or after the seat's holder was recognised. */
const codeRoutes = new Set(["authorization", "resume"]);

/** The OpenID Provider as long as the broker runs: what it keeps outlives its keys, and each sign-in is in the trail before its code is out. */
export class IdentityProvider {
  readonly #parts: IdentityProviderParts;
  readonly #memory: ProviderMemory;
  readonly #parties: RelyingParties;
  readonly #stepUps: StepUpInteractions;
  readonly #stops: readonly (() => void)[];
  readonly #additions: ((ctx: KoaContextWithOIDC) => Promise<void>)[] = [];
  #provider: Provider;
  #answer: ReturnType<Provider["callback"]>;

  constructor(parts: IdentityProviderParts) {
    this.#parts = parts;
    this.#memory = new ProviderMemory(parts.clock);
    this.#parties = new RelyingParties({ ...parts, provider: () => this.#provider });
    this.#stepUps = new StepUpInteractions(parts.stepUps, parts.clock);
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
   * request asks for more than the session has, the PIN is asked for at the holder's workstation, and the browser waits; where that comes
   * to nothing, the application is told so (OpenID Connect Core, section 3.1.2.6; OpenID Connect Core Error Code
   * unmet_authentication_requirements 1.0).
   */
  async interact(request: IncomingMessage, response: ServerResponse): Promise<"answered" | "unknown"> {
    const { params, lastSubmission, uid } = await this.#provider.interactionDetails(request, response);
    const clientId = String(params["client_id"]);
    const asked = signInRequestOf(params);
    const holder = () => sessionFor(this.#parts, this.#parts.browsers.seatOf(request), clientId);
    const finish = async (result: InteractionResults) => {
      await this.#provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
      return "answered" as const;
    };
    const session = await holder();
    const application = oidcApplication(this.#parts.house, clientId);
    if (session === undefined || application === undefined) return "unknown";
    const outcome = await this.#stepUps.outcomeOf(uid, response);
    const need = outcome === undefined ? stepUpNeeded(session, asked, this.#parts.clock.now()) : undefined;
    if (need?.by === "nothing") return finish(notOurs);
    if (need?.by === "card-pin") this.#stepUps.ask(uid, session, { ...need, application });
    if (need?.by === "card-pin" || outcome === "waiting") {
      sendStepUpPage(response, application.name, `/interaction/${uid}`);
      return "answered";
    }
    if (outcome === "refused" || outcome === "timed-out") return finish(errorOfOutcome[outcome]);
    // Asked again for what was answered: the application means another holder, by `id_token_hint` or by a claim.
    if (lastSubmission?.["login"] !== undefined) return finish(anotherHolder);
    // The PIN has changed what there is to say.
    const proven = outcome === "done" ? await holder() : session;
    return proven === undefined ? "unknown" : finish(loginOf(proven, asked));
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
      const application = oidcApplication(house, client.clientId)?.id;
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
    const application = oidcApplication(house, client?.clientId);
    const grant = entities.AuthorizationCode?.grantId;
    const sid = application === undefined ? undefined : providerSession?.sidFor(application.client.clientId);
    if (seat === undefined || session?.seat === undefined || application === undefined) return;
    if (grant === undefined || providerSession === undefined || sid === undefined) return;
    const { holder, means, id, breakGlass } = session;
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
      const isByGlass = breakGlass !== undefined && (await isGlassLaunch(tx, breakGlass.id, application.id));
      await appendTrail(tx, {
        ...(isByGlass ? { breakGlass: breakGlass.id } : {}),
        ...(means === "break-glass" ? { identity: "claimed" as const } : {}),
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
const notOurs = {
  error: "unmet_authentication_requirements",
  error_description: "no means of signing in here has this level",
};
