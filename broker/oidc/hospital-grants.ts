import type { Grant, KoaContextWithOIDC } from "oidc-provider";
import type { House } from "../services/house.ts";
import { scopesOf } from "./client-scopes.ts";
import { claimsOfScopes } from "./holder-claims.ts";
import { oidcApplication } from "./oidc-application.ts";

/**
 * The hospital's own applications, named in its own configuration: nobody has to agree to them one by one. A client has what its
 * configuration lets it ask for, by scope or by the `claims` parameter.
 */
export async function hospitalGrant(
  { oidc }: KoaContextWithOIDC,
  house: Pick<House, "applications">,
): Promise<Grant | undefined> {
  const { session, client, provider, resourceServers } = oidc;
  const application = oidcApplication(house, client?.clientId);
  if (session?.accountId === undefined || application === undefined) return undefined;
  const { clientId } = application.client;
  const scopes = scopesOf(application);
  const known = session.grantIdFor(clientId);
  const existing = known === undefined ? undefined : await provider.Grant.find(known);
  const grant = existing ?? new provider.Grant({ clientId, accountId: session.accountId });
  grant.addOIDCScope(scopes.join(" "));
  grant.addOIDCClaims(scopes.flatMap(scope => claimsOfScopes[scope] ?? []));
  for (const [identifier, server] of Object.entries(resourceServers ?? {}))
    grant.addResourceScope(identifier, [...server.scopes].join(" "));
  await grant.save();
  return grant;
}
