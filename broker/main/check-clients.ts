import type { z } from "zod";
import { certificateMethods } from "../oidc/client-configuration.ts";
import type { ResourceServerConfiguration } from "../oidc/resource-servers.ts";
import type { ApplicationConfiguration } from "./configuration.ts";

interface Clients {
  readonly applications: readonly Pick<ApplicationConfiguration, "client" | "initiateLoginUri" | "targetLinkUri">[];
  readonly web: {
    readonly clientCertificateHeader?: string | undefined;
    readonly clientCertificateVerifiedHeader?: string | undefined;
  };
  readonly identityProvider: { readonly resources: readonly ResourceServerConfiguration[] };
}

/** What a client of the OpenID Provider and the rest of the configuration have to agree on. */
export function checkClients({ applications, web, identityProvider }: Clients, context: z.RefinementCtx): void {
  const named = new Set<string>();
  for (const [index, { client, initiateLoginUri, targetLinkUri }] of applications.entries()) {
    const complain = (path: string[], message: string) =>
      context.addIssue({ code: "custom", path: ["applications", index, ...path], message });
    if (client === undefined || initiateLoginUri === undefined) continue;
    if (named.has(client.clientId))
      complain(["client", "clientId"], `another application is “${client.clientId}”, too`);
    named.add(client.clientId);
    if (targetLinkUri !== undefined && new URL(targetLinkUri).origin !== new URL(initiateLoginUri).origin)
      complain(["targetLinkUri"], "of another origin than initiateLoginUri");
    const method = client.tokenEndpointAuthMethod;
    const needsCertificate =
      client.tlsClientCertificateBoundAccessTokens || certificateMethods.some(known => known === method);
    if (needsCertificate && web.clientCertificateHeader === undefined)
      complain(["client"], "needs web.clientCertificateHeader");
    if (method === "tls_client_auth" && web.clientCertificateVerifiedHeader === undefined)
      complain(["client"], "needs web.clientCertificateVerifiedHeader");
    for (const resource of client.resources)
      if (!identityProvider.resources.some(({ identifier }) => identifier === resource))
        complain(["client", "resources"], `no resource server “${resource}”`);
  }
}
