import { dirname, resolve } from "node:path";
import { z } from "zod";
import { type SamlConfiguration, samlConfiguration } from "./saml-configuration.ts";
import { readServiceProviderMetadata } from "./service-provider-metadata.ts";

/**
 * What a configuration file says of an application's SAML, with its metadata read: from then on there is one form. Relative paths
 * start at the file's folder. Throws an `Error` that names the metadata file that cannot be used.
 */
export function samlFrom(file: string, { metadata, ...settings }: SamlConfiguration): SamlConfiguration {
  if (metadata === undefined) return settings;
  const path = resolve(dirname(file), metadata);
  const whole = samlConfiguration.safeParse({ ...settings, serviceProvider: readServiceProviderMetadata(path) });
  if (!whole.success) throw new Error(`${path} does not go with its application:\n${z.prettifyError(whole.error)}`);
  return whole.data;
}
