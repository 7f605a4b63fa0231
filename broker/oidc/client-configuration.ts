import { readFileSync } from "node:fs";
import { z } from "zod";

/** Shortest secret that a client may authenticate with, characters. */
const shortestSecret = 32;

/** Public keys of a client, as RFC 7517 writes them. */
const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).min(1) });

const secretMethods = ["client_secret_basic", "client_secret_post"] as const;
const keyMethods = ["private_key_jwt", "self_signed_tls_client_auth"] as const;
export const certificateMethods = ["tls_client_auth", "self_signed_tls_client_auth"] as const;
/** How a client shows who it is (OpenID Connect Core, section 9; RFC 8705, section 2); `none`: it cannot keep a secret. */
export const clientAuthenticationMethods = [
  ...secretMethods,
  "private_key_jwt",
  ...certificateMethods,
  "none",
] as const;

export type ClientAuthenticationMethod = (typeof clientAuthenticationMethods)[number];

/** What sign-ins may be asked for; `scope_all` is Pro Santé Connect's. */
export const offeredScopes = ["openid", "profile", "scope_all"] as const;

/** A relying party of the broker's OpenID Provider, as OpenID Connect names its metadata. */
export const clientConfiguration = z
  .strictObject({
    clientId: z.string().min(1).max(100),
    tokenEndpointAuthMethod: z.enum(clientAuthenticationMethods).default("client_secret_basic"),
    clientSecret: z.string().min(shortestSecret).optional(),
    /** A file whose first line is the secret, in place of it: it then stands in no configuration. */
    clientSecretFile: z.string().optional(),
    /** The client's public keys, or where it publishes them. */
    jwks: keySet.optional(),
    jwksUri: z.url().optional(),
    /** Who a certificate that the hospital's authorities issued has to name (RFC 8705, section 2.1.2). */
    tlsClientAuthSanDns: z.string().min(1).optional(),
    redirectUris: z.array(z.url()).min(1),
    postLogoutRedirectUris: z.array(z.url()).default([]),
    /** OpenID Connect Back-Channel Logout 1.0; absent: the application cannot be told. */
    backchannelLogoutUri: z.url().optional(),
    /** When the application is signed out: when the card goes, by removal, lock or move, or only when the holder's session ends. */
    logoutAt: z.enum(["removal", "end"]).default("removal"),
    grantTypes: z
      .array(z.enum(["authorization_code", "refresh_token"]))
      .refine(types => types.includes("authorization_code"), "every sign-in is an authorization_code")
      .default(["authorization_code"]),
    /** What it may ask for; absent: everything. */
    scopes: z
      .array(z.enum(offeredScopes))
      .refine(scopes => scopes.includes("openid"), "openid is always among them")
      .optional(),
    /** Identifiers of the resource servers that it may have access tokens for. */
    resources: z.array(z.url()).default([]),
    /** `pairwise`: the holder has another `sub` in every sector (OpenID Connect Core, section 8). */
    subjectType: z.enum(["public", "pairwise"]).default("public"),
    /** Its host is the sector; absent: the redirect addresses' host. Never fetched. */
    sectorIdentifierUri: z.url({ protocol: /^https$/ }).optional(),
    /** RS256 and PS256 are for software that knows no ES256. */
    idTokenSignedResponseAlg: z.enum(["ES256", "RS256", "PS256"]).default("ES256"),
    /** RFC 9449. */
    dpopBoundAccessTokens: z.boolean().default(false),
    /** RFC 8705, section 3. */
    tlsClientCertificateBoundAccessTokens: z.boolean().default(false),
  })
  .superRefine((client, context) => {
    const complain = (member: string, message: string) => context.addIssue({ code: "custom", path: [member], message });
    const { tokenEndpointAuthMethod: method, clientSecret, clientSecretFile, jwks, jwksUri } = client;
    const secrets = [clientSecret, clientSecretFile].filter(given => given !== undefined).length;
    const keys = [jwks, jwksUri].filter(given => given !== undefined).length;
    if (isOneOf(secretMethods, method) !== (secrets === 1))
      complain("clientSecret", `${method} takes ${isOneOf(secretMethods, method) ? "one secret" : "no secret"}`);
    if (isOneOf(keyMethods, method) !== (keys === 1))
      complain("jwks", `${method} takes ${isOneOf(keyMethods, method) ? "jwks or jwksUri" : "no keys"}`);
    if ((method === "tls_client_auth") !== (client.tlsClientAuthSanDns !== undefined))
      complain("tlsClientAuthSanDns", "tls_client_auth takes the name in the certificate, other methods none");
    if (client.dpopBoundAccessTokens && client.tlsClientCertificateBoundAccessTokens)
      complain("dpopBoundAccessTokens", "a token is bound to one key");
    // Addresses that are none are complained of by their own schema, and come here all the same.
    const hosts = new Set(client.redirectUris.filter(uri => URL.canParse(uri)).map(uri => new URL(uri).host));
    if (client.subjectType === "pairwise" && client.sectorIdentifierUri === undefined && hosts.size > 1)
      complain("sectorIdentifierUri", "redirect addresses on several hosts do not tell the sector");
  });
export type ClientConfiguration = z.infer<typeof clientConfiguration>;

/** The client with its secret read from the file that it names. Throws an `Error` that names the file. */
export function withSecret(client: ClientConfiguration, from: (path: string) => string): ClientConfiguration {
  const { clientSecretFile, ...rest } = client;
  if (clientSecretFile === undefined) return client;
  const file = from(clientSecretFile);
  const [clientSecret = ""] = readFileSync(file, "utf8").split("\n");
  if (clientSecret.trim().length < shortestSecret)
    throw new Error(`${file} holds no secret of at least ${shortestSecret} characters`);
  return { ...rest, clientSecret: clientSecret.trim() };
}

function isOneOf<Name extends string>(names: readonly Name[], name: string): name is Name {
  return names.some(known => known === name);
}
