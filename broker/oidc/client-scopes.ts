import { hubScopes } from "../fhircast/hub-scopes.ts";
import { offeredScopes } from "./client-configuration.ts";
import type { OidcApplication } from "./oidc-application.ts";

/** Every scope that the provider knows. */
export const allScopes: readonly string[] = [...offeredScopes, ...hubScopes];

/** What an application may ask for: what its client is limited to, and the hub's events where it uses the hub. */
export function scopesOf({ client, fhircast }: Pick<OidcApplication, "client" | "fhircast">): string[] {
  return [...(client.scopes ?? offeredScopes), ...(fhircast === true ? hubScopes : [])];
}
