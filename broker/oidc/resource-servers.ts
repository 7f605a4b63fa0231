import { errors, type ResourceServer } from "oidc-provider";
import { z } from "zod";
import type { House } from "../services/house.ts";
import { oidcApplication } from "./oidc-application.ts";

/** A service that takes access tokens: they are JWTs made for it alone (RFC 9068), asked for by its identifier (RFC 8707). */
export const resourceServerConfiguration = z.strictObject({
  identifier: z.url().refine(uri => !uri.includes("#"), "without a fragment (RFC 8707, section 2)"),
  scopes: z.array(z.string().regex(/^[\x21\x23-\x5B\x5D-\x7E]+$/)).min(1),
  /** `aud` of its tokens; absent: its identifier. */
  audience: z.string().min(1).optional(),
});
export type ResourceServerConfiguration = z.infer<typeof resourceServerConfiguration>;

/** What oidc-provider asks of a resource server; throws `invalid_target` where there is none, or this client has no business there. */
export function resourceServerFor(
  resources: readonly ResourceServerConfiguration[],
  house: Pick<House, "applications">,
  identifier: string,
  clientId: string,
): ResourceServer {
  const server = resources.find(known => known.identifier === identifier);
  const application = oidcApplication(house, clientId);
  if (server === undefined || application?.client.resources.includes(identifier) !== true)
    throw new errors.InvalidTarget();
  return {
    scope: server.scopes.join(" "),
    audience: server.audience ?? identifier,
    accessTokenFormat: "jwt",
    jwt: { sign: { alg: "ES256" } },
  };
}
