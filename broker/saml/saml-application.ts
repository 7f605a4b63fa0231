import type { ApplicationConfiguration } from "../main/configuration.ts";
import type { House } from "../services/house.ts";
import type { SamlConfiguration } from "./saml-configuration.ts";
import type { ServiceProvider } from "./service-provider.ts";

/** An application that signs in by SAML, with what is known of it. */
export interface SamlApplication {
  readonly id: string;
  readonly settings: SamlConfiguration;
  readonly provider: ServiceProvider;
}

/** `undefined`: it signs in by another protocol. */
export function samlApplicationOf({ id, saml }: ApplicationConfiguration): SamlApplication | undefined {
  return saml?.serviceProvider === undefined ? undefined : { id, settings: saml, provider: saml.serviceProvider };
}

/** By the name that it gives itself in its messages. */
export function samlApplicationNamed(house: House, entityId: string): SamlApplication | undefined {
  return house.applications.map(samlApplicationOf).find(known => known?.provider.entityId === entityId);
}
