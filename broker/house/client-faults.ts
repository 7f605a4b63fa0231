import { type ClientConfiguration, certificateMethods } from "../oidc/client-configuration.ts";
import type { ResourceServerConfiguration } from "../oidc/resource-servers.ts";

/** What clients of the OpenID Provider have to fit: how the web door is reached, and which resource servers there are. */
export interface Served {
  readonly web: {
    readonly clientCertificateHeader?: string | undefined;
    readonly clientCertificateVerifiedHeader?: string | undefined;
  };
  readonly identityProvider: { readonly resources: readonly ResourceServerConfiguration[] };
}

interface ServedApplication {
  readonly client?: ClientConfiguration | undefined;
  readonly initiateLoginUri?: string | undefined;
  readonly targetLinkUri?: string | undefined;
}

/** Where a client and what serves it do not fit together: the member's path, and why. */
export function clientFaults(
  { client, initiateLoginUri, targetLinkUri }: ServedApplication,
  { web, identityProvider }: Served,
): readonly { readonly member: readonly string[]; readonly message: string }[] {
  if (client === undefined || initiateLoginUri === undefined) return [];
  const method = client.tokenEndpointAuthMethod;
  const needsCertificate =
    client.tlsClientCertificateBoundAccessTokens || certificateMethods.some(known => known === method);
  const known = new Set(identityProvider.resources.map(({ identifier }) => identifier));
  const isElsewhere = targetLinkUri !== undefined && originOf(targetLinkUri) !== originOf(initiateLoginUri);
  return [
    ...(isElsewhere ? [{ member: ["targetLinkUri"], message: "of another origin than initiateLoginUri" }] : []),
    ...(needsCertificate && web.clientCertificateHeader === undefined
      ? [{ member: ["client"], message: "needs web.clientCertificateHeader" }]
      : []),
    ...(method === "tls_client_auth" && web.clientCertificateVerifiedHeader === undefined
      ? [{ member: ["client"], message: "needs web.clientCertificateVerifiedHeader" }]
      : []),
    ...client.resources
      .filter(resource => !known.has(resource))
      .map(resource => ({ member: ["client", "resources"], message: `no resource server “${resource}”` })),
  ];
}

/** An address that is none is complained of by its own schema. */
function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : "";
}
