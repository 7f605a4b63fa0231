import type { AdapterPayload } from "oidc-provider";
import { scopesOf } from "./client-scopes.ts";
import type { OidcApplication } from "./oidc-application.ts";

/** An application's client as oidc-provider reads it: OpenID Connect Dynamic Client Registration 1.0, section 2. */
export function clientMetadata(application: OidcApplication): AdapterPayload {
  const { client } = application;
  return withoutAbsent({
    client_id: client.clientId,
    client_secret: client.clientSecret,
    token_endpoint_auth_method: client.tokenEndpointAuthMethod,
    jwks: client.jwks,
    jwks_uri: client.jwksUri,
    tls_client_auth_san_dns: client.tlsClientAuthSanDns,
    redirect_uris: client.redirectUris,
    post_logout_redirect_uris: client.postLogoutRedirectUris,
    backchannel_logout_uri: client.backchannelLogoutUri,
    backchannel_logout_session_required: client.backchannelLogoutUri === undefined ? undefined : true,
    grant_types: client.grantTypes,
    response_types: ["code"],
    // Unlimited clients get what they may have of what they ask for; limited ones are told where they ask for more.
    scope: client.scopes === undefined ? undefined : scopesOf(application).join(" "),
    subject_type: client.subjectType,
    sector_identifier_uri: client.sectorIdentifierUri,
    id_token_signed_response_alg: client.idTokenSignedResponseAlg,
    dpop_bound_access_tokens: client.dpopBoundAccessTokens,
    // Known to the provider only where a reverse proxy hands certificates over.
    tls_client_certificate_bound_access_tokens: client.tlsClientCertificateBoundAccessTokens || undefined,
  });
}

function withoutAbsent(metadata: Record<string, unknown>): AdapterPayload {
  return Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== undefined));
}
