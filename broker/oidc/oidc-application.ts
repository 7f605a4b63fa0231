import type { ApplicationConfiguration } from "../main/configuration.ts";
import type { House } from "../services/house.ts";
import type { ClientConfiguration } from "./client-configuration.ts";

/** An application that signs in by OpenID Connect; others speak SAML. */
export type OidcApplication = ApplicationConfiguration & { readonly client: ClientConfiguration };

export function oidcApplication(
  { applications }: Pick<House, "applications">,
  clientId: string | undefined,
): OidcApplication | undefined {
  return applications.find(
    (known): known is OidcApplication => clientId !== undefined && known.client?.clientId === clientId,
  );
}
