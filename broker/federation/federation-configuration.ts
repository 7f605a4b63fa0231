import { z } from "zod";

const common = { clientId: z.string().min(1).max(200) };

/** How the broker shows the federation who it is (OpenID Connect Core, section 9; RFC 8705, section 2.1). */
const client = z.discriminatedUnion("authentication", [
  z.strictObject({
    authentication: z.literal("client_secret_basic"),
    ...common,
    /** The secret is the first line of this file. */
    clientSecretFile: z.string(),
  }),
  z.strictObject({
    authentication: z.literal("tls_client_auth"),
    ...common,
    /** PEM. */
    certificateFile: z.string(),
    keyFile: z.string(),
  }),
]);

/**
 * A federation of health professionals that confirms on the professional's own phone (OpenID Connect Client-Initiated Backchannel
 * Authentication 1.0, poll mode), such as Pro Santé Connect with e-CPS.
 */
export const federationConfiguration = z.strictObject({
  /** As the window shows it, e.g. `Pro Santé Connect (e-CPS)`. */
  name: z.string().min(1).max(60),
  /** Address of its metadata, which need not end in the usual name. */
  discovery: z.url(),
  /** As its tokens name it. */
  issuer: z.url(),
  client,
  /** PEM of the authorities of its servers' certificates; absent: those that Node comes with. */
  authoritiesFile: z.string().optional(),
  scope: z.string().default("openid scope_all"),
  /** Asked for, and expected. */
  acr: z.string().default("eidas1"),
  /** Places where the window offers it; absent: all. */
  places: z.array(z.string()).optional(),
  /** A session without a card cannot end by pulling it: it ends after this time. */
  sessionMinutes: z.number().int().min(5).max(720).default(60),
});
export type FederationConfiguration = z.output<typeof federationConfiguration>;

/** The same with whole paths. */
export function federationFrom(
  federation: FederationConfiguration,
  from: (path: string) => string,
): FederationConfiguration {
  const { client, authoritiesFile } = federation;
  return {
    ...federation,
    ...(authoritiesFile === undefined ? {} : { authoritiesFile: from(authoritiesFile) }),
    client:
      client.authentication === "client_secret_basic"
        ? { ...client, clientSecretFile: from(client.clientSecretFile) }
        : { ...client, certificateFile: from(client.certificateFile), keyFile: from(client.keyFile) },
  };
}
