import { type Client, type Configuration, errors, Provider } from "oidc-provider";
import type { Clock } from "../../core/ports/clock.ts";
import type { BrokerConfiguration } from "../main/configuration.ts";
import type { Store } from "../store/store.ts";
import { acrValues } from "./assurance-claims.ts";
import { ClientCertificates } from "./client-certificates.ts";
import { type ClientAuthenticationMethod, clientAuthenticationMethods } from "./client-configuration.ts";
import { allScopes } from "./client-scopes.ts";
import { holderAccount } from "./holder-account.ts";
import { claimsOfScopes } from "./holder-claims.ts";
import { hospitalGrant } from "./hospital-grants.ts";
import { houseClients } from "./house-clients.ts";
import { publishedKeys } from "./key-ring.ts";
import { logoutPages } from "./logout-pages.ts";
import { pairwiseSubject } from "./pairwise-subject.ts";
import type { ProviderKeys } from "./provider-keys.ts";
import type { ProviderMemory } from "./provider-memory.ts";
import { resourceServerFor } from "./resource-servers.ts";
import type { SeatBrowsers } from "./seat-browsers.ts";
import type { SeatSignInParts } from "./seat-sign-in.ts";
import { signInPolicy } from "./sign-in-policy.ts";

export interface ProviderParts extends SeatSignInParts {
  readonly configuration: BrokerConfiguration;
  readonly clock: Clock;
  readonly keys: ProviderKeys;
  readonly browsers: SeatBrowsers;
  readonly store: Store;
  readonly memory: ProviderMemory;
}

const fiveMinutes = 300;
const oneHour = 3_600;
/** Clients that sign their own assertions do so with a key of theirs: no secret of ours may verify them. */
const asymmetric = ["ES256", "RS256", "PS256", "EdDSA"] as const;

/**
 * The broker's OpenID Provider with the keys of now. It has no login page: who signs in is the holder of the seat that the browser
 * belongs to, as long as the seat is open and entitled. Codes with PKCE only; what it gives lives minutes, or ends with the session.
 */
export function createProvider(parts: ProviderParts): Provider {
  const { configuration, house, clock, keys, memory } = parts;
  const { web, identityProvider, sessionHours } = configuration;
  const { ring } = keys;
  const certificates = certificatesFrom(web);
  const clients = houseClients(house);
  const provider = new Provider(web.origin, {
    adapter: kind => (kind === "Client" ? clients : memory.adapter(kind)),
    jwks: { keys: publishedKeys(ring, clock.now(), keys.keepMs) },
    cookies: {
      keys: ring.cookies.map(({ secret }) => secret),
      long: { sameSite: "lax", signed: true, path: "/" },
      // Each at the path of its interaction: two applications can be waiting for the PIN.
      short: { sameSite: "lax", signed: true },
    },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: { enabled: true, ...logoutPages(house) },
      claimsParameter: { enabled: true },
      revocation: { enabled: true, allowedPolicy: mayRevoke },
      // Who was given a token may ask whether it still counts; nobody else learns that there is one.
      introspection: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) =>
          token.clientId === client.clientId && client.metadata().token_endpoint_auth_method !== "none",
      },
      pushedAuthorizationRequests: { enabled: true },
      dPoP: { enabled: true, nonceSecret: Buffer.from(ring.dpopNonce, "base64url"), requireNonce: () => true },
      resourceIndicators: {
        enabled: true,
        defaultResource: async (_ctx, _client, oneOf) => oneOf,
        getResourceServerInfo: async (_ctx, identifier, client) =>
          resourceServerFor(identityProvider.resources, house, identifier, client.clientId),
      },
      ...mutualTls(certificates),
    },
    pkce: { required: () => true },
    responseTypes: ["code"],
    scopes: [...allScopes],
    acrValues: [...acrValues],
    subjectTypes: ["public", "pairwise"],
    pairwiseIdentifier: async (_ctx, holder, client) => pairwiseSubject(ring.pairwise, sectorOf(client), holder),
    // An administrator wrote it: its host is all that counts.
    sectorIdentifierUriValidate: () => false,
    clientAuthMethods: clientAuthenticationMethods.filter(method => isOffered(method, certificates)),
    enabledJWA: {
      clientAuthSigningAlgValues: [...asymmetric],
      idTokenSigningAlgValues: ["ES256", "RS256", "PS256"],
    },
    claims: { ...claimsOfScopes },
    // Relying parties here read who it is from the ID token alone.
    conformIdTokenClaims: false,
    ttl: {
      AuthorizationCode: 60,
      AccessToken: fiveMinutes,
      IdToken: fiveMinutes,
      Interaction: fiveMinutes,
      // Those that were used are kept as long, so that a second use shows.
      RefreshToken: oneHour,
      Session: sessionHours * 3600,
      Grant: sessionHours * 3600,
    },
    // Without `offline_access`: nobody here is offline. A refresh token ends with the sign-in that it came from.
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed("refresh_token"),
    expiresWithSession: async () => true,
    rotateRefreshToken: () => true,
    interactions: { policy: signInPolicy(parts), url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    loadExistingGrant: ctx => hospitalGrant(ctx, house),
    findAccount: (ctx, id, token) => holderAccount(parts, id, token ?? { request: ctx.req }),
    // Pages of a client may call from where its sign-ins come back to.
    clientBasedCORS: (_ctx, origin, client) => (client.redirectUris ?? []).some(uri => new URL(uri).origin === origin),
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
  // The reverse proxy in front says by which scheme the browser came.
  provider.proxy = web.origin.startsWith("https:");
  return provider;
}

function isOffered(method: ClientAuthenticationMethod, certificates: ClientCertificates | undefined): boolean {
  switch (method) {
    case "tls_client_auth":
      return certificates?.verifies === true;
    case "self_signed_tls_client_auth":
      return certificates !== undefined;
    default:
      return true;
  }
}

/** RFC 7009, section 2.1: whose token it is not is refused. */
function mayRevoke(_ctx: unknown, client: Client, token: { readonly clientId?: string | undefined }): boolean {
  if (token.clientId !== client.clientId) throw new errors.InvalidRequest("the token is another client's");
  return true;
}

function sectorOf(client: {
  readonly sectorIdentifierUri?: string | undefined;
  readonly redirectUris?: readonly string[] | undefined;
}): string {
  return new URL(client.sectorIdentifierUri ?? client.redirectUris?.[0] ?? "").host;
}

function certificatesFrom(web: BrokerConfiguration["web"]): ClientCertificates | undefined {
  const { clientCertificateHeader: certificate, clientCertificateVerifiedHeader: verified } = web;
  return certificate === undefined ? undefined : new ClientCertificates({ certificate, verified });
}

/** RFC 8705, where a reverse proxy hands certificates over. */
function mutualTls(certificates: ClientCertificates | undefined): Pick<NonNullable<Configuration["features"]>, "mTLS"> {
  if (certificates === undefined) return {};
  return {
    mTLS: {
      enabled: true,
      certificateBoundAccessTokens: true,
      selfSignedTlsClientAuth: true,
      tlsClientAuth: certificates.verifies,
      getCertificate: ctx => certificates.of(ctx.req),
      certificateAuthorized: ctx => certificates.isVerified(ctx.req),
      certificateSubjectMatches: (ctx, _property, expected) => certificates.names(ctx.req, expected),
    },
  };
}
