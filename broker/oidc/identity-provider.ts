import { interactionPolicy, type KoaContextWithOIDC, Provider } from "oidc-provider";
import { asFailure } from "../../core/errors/failure.ts";
import type { Session } from "../../core/session/session.ts";
import { hubScopes } from "../fhircast/hub-scopes.ts";
import type { ApplicationConfiguration, BrokerConfiguration } from "../main/configuration.ts";
import type { Enrolments } from "../services/enrolments.ts";
import type { House } from "../services/house.ts";
import type { Launches } from "../services/launches.ts";
import type { Sessions } from "../services/sessions.ts";
import { acrOf, acrValues, amrOf } from "./assurance-claims.ts";
import type { ProviderKeys } from "./provider-keys.ts";
import { ProviderMemory } from "./provider-memory.ts";
import type { SeatBrowsers } from "./seat-browsers.ts";

export interface IdentityProviderParts {
  readonly configuration: BrokerConfiguration;
  readonly house: House;
  readonly keys: ProviderKeys;
  readonly sessions: Sessions;
  readonly launches: Launches;
  readonly enrolments: Enrolments;
  readonly browsers: SeatBrowsers;
}

const scopes = "openid profile";
const hubScope = hubScopes.join(" ");
const fiveMinutes = 300;

/** The open session of the browser's seat, where it is entitled to this client, decided anew. */
export async function sessionFor(
  parts: IdentityProviderParts,
  seat: string | undefined,
  clientId: string,
): Promise<Session | undefined> {
  const { house, sessions, enrolments, launches } = parts;
  const session = seat === undefined ? undefined : await sessions.openSeat(seat);
  const application = house.applications.find(({ client }) => client.clientId === clientId);
  const workstation = session?.seat === undefined ? undefined : await enrolments.byId(session.seat.workstation);
  if (session === undefined || application === undefined || workstation === undefined) return undefined;
  try {
    await launches.decide(session, workstation, application.id);
    return session;
  } catch (problem) {
    if (asFailure(problem).code === "application-not-entitled") return undefined;
    throw problem;
  }
}

/**
 * The broker's OpenID Provider. It has no login page: who signs in is the holder of the seat that the browser belongs to, as
 * long as the seat is open and entitled. Codes with PKCE only; tokens live minutes and end with the seat.
 */
export function createIdentityProvider(parts: IdentityProviderParts): Provider {
  const { configuration, house, keys, sessions, enrolments, browsers } = parts;
  const policy = interactionPolicy.base();
  const { Check } = interactionPolicy;
  const isSeatsHolder = async (ctx: KoaContextWithOIDC) => {
    const session = await sessionFor(parts, browsers.seatOf(ctx.req), ctx.oidc.client?.clientId ?? "");
    const { accountId, acr } = ctx.oidc.session ?? {};
    return session !== undefined && accountId === session.id && acr === acrOf(session.means);
  };
  policy
    .get("login")
    ?.checks.add(
      new Check("seat_not_open", "the seat's holder has to be recognised", "login_required", async ctx =>
        (await isSeatsHolder(ctx)) ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT,
      ),
    );
  policy.remove("consent");

  const memory = new ProviderMemory();
  return new Provider(configuration.web.origin, {
    adapter: kind => memory.adapter(kind),
    clients: house.applications.map(clientMetadata),
    jwks: { keys: [keys.signing] },
    cookies: {
      keys: keys.cookies,
      long: { sameSite: "lax", signed: true, path: "/" },
      short: { sameSite: "lax", signed: true, path: "/" },
    },
    features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true } },
    pkce: { required: () => true },
    responseTypes: ["code"],
    scopes: [...scopes.split(" "), ...hubScopes],
    acrValues: [...acrValues],
    enabledJWA: { idTokenSigningAlgValues: ["ES256"] },
    claims: {
      openid: ["sub", "acr", "amr", "auth_time", "sid"],
      profile: ["name", "SubjectNameID", "SubjectRole", "wardkey_means", "wardkey_workstation"],
    },
    // Relying parties here read who it is from the ID token alone.
    conformIdTokenClaims: false,
    ttl: {
      AuthorizationCode: 60,
      AccessToken: fiveMinutes,
      IdToken: fiveMinutes,
      Interaction: fiveMinutes,
      Session: configuration.sessionHours * 3600,
      Grant: configuration.sessionHours * 3600,
    },
    interactions: { policy, url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    // The hospital's own applications, named in its own configuration: nobody has to agree to them one by one.
    async loadExistingGrant(ctx) {
      const { session, client, provider } = ctx.oidc;
      if (session?.accountId === undefined || client === undefined) return undefined;
      const known = session.grantIdFor(client.clientId);
      const existing = known === undefined ? undefined : await provider.Grant.find(known);
      if (existing !== undefined) return existing;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope(usesHub(house, client.clientId) ? `${scopes} ${hubScope}` : scopes);
      await grant.save();
      return grant;
    },
    // The account is the session: the next one of the same holder is another sign-in.
    async findAccount(_ctx, id) {
      const session = await sessions.openById(id);
      if (session === undefined) return undefined;
      const { holder, means, seat } = session;
      const workstation = seat === undefined ? undefined : await enrolments.nameOf(seat.workstation);
      return {
        accountId: id,
        claims: () => ({
          sub: holder.id,
          name: holder.displayName,
          SubjectNameID: holder.id,
          // Pro Santé Connect writes the profession as `<code>^<table>`.
          SubjectRole: holder.professionCode === undefined ? [] : [`${holder.professionCode}^1.2.250.1.213.1.1.5.5`],
          wardkey_means: means,
          wardkey_workstation: workstation,
        }),
      };
    },
    // The provider fences private addresses off against clients that registered themselves. Ours are named in the hospital's own
    // configuration, and stand on the hospital's private network.
    fetch: (url, options) => {
      const plain = { ...options };
      delete plain.dispatcher;
      return fetch(url, plain);
    },
    renderError(ctx, out) {
      ctx.type = "text/plain";
      ctx.body = `${out.error}\n`;
    },
  });
}

function usesHub({ applications }: House, clientId: string): boolean {
  return applications.some(({ client, fhircast }) => client.clientId === clientId && fhircast === true);
}

function clientMetadata({ client }: ApplicationConfiguration) {
  return {
    client_id: client.clientId,
    client_secret: client.clientSecret,
    redirect_uris: client.redirectUris,
    post_logout_redirect_uris: client.postLogoutRedirectUris,
    backchannel_logout_uri: client.backchannelLogoutUri,
    backchannel_logout_session_required: true,
    grant_types: ["authorization_code"],
    response_types: ["code" as const],
    id_token_signed_response_alg: "ES256" as const,
    token_endpoint_auth_method: "client_secret_basic" as const,
  };
}

/** What an interaction ends with for the seat's holder. */
export function loginOf(session: Session) {
  const { id, means } = session;
  return { login: { accountId: id, acr: acrOf(means), amr: amrOf(means), remember: false } };
}
