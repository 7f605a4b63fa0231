import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { clientConfiguration, withSecret } from "../../../../broker/oidc/client-configuration.ts";

const secret = "a secret of at least thirty-two characters";
const base = { clientId: "record", redirectUris: ["https://record.example/callback"] };
const key = { keys: [{ kty: "EC" }] };
type Written = Partial<z.input<typeof clientConfiguration>>;

describe("a client", () => {
  test.each<[string, Written]>([
    ["with a secret", { clientSecret: secret }],
    ["with a secret in a file", { clientSecretFile: "secret" }],
    ["with keys", { tokenEndpointAuthMethod: "private_key_jwt", jwks: key }],
    ["with keys elsewhere", { tokenEndpointAuthMethod: "private_key_jwt", jwksUri: "https://record.example/jwks" }],
    ["with a certificate of its own", { tokenEndpointAuthMethod: "self_signed_tls_client_auth", jwks: key }],
    [
      "with an issued certificate",
      { tokenEndpointAuthMethod: "tls_client_auth", tlsClientAuthSanDns: "record.example" },
    ],
    ["that keeps no secret", { tokenEndpointAuthMethod: "none" }],
    ["with a sector", { clientSecret: secret, subjectType: "pairwise" }],
  ])("%s", (_what, change) => {
    expect(clientConfiguration.safeParse({ ...base, ...change }).error?.issues).toBeUndefined();
  });

  test.each<[string, Written, string]>([
    ["without a secret", {}, "clientSecret"],
    ["with a short one", { clientSecret: "short" }, "clientSecret"],
    ["with two", { clientSecret: secret, clientSecretFile: "secret" }, "clientSecret"],
    ["that keeps no secret, with one", { tokenEndpointAuthMethod: "none", clientSecret: secret }, "clientSecret"],
    ["that signs, without keys", { tokenEndpointAuthMethod: "private_key_jwt" }, "jwks"],
    [
      "that signs, with keys here and there",
      { tokenEndpointAuthMethod: "private_key_jwt", jwks: key, jwksUri: "https://x.example/" },
      "jwks",
    ],
    ["with an issued certificate of nobody", { tokenEndpointAuthMethod: "tls_client_auth" }, "tlsClientAuthSanDns"],
    [
      "of a sector that cannot be told",
      { clientSecret: secret, subjectType: "pairwise", redirectUris: ["https://a.example/", "https://b.example/"] },
      "sectorIdentifierUri",
    ],
    [
      "of a sector by plain HTTP",
      { clientSecret: secret, sectorIdentifierUri: "http://a.example/" },
      "sectorIdentifierUri",
    ],
    [
      "with tokens bound twice",
      { clientSecret: secret, dpopBoundAccessTokens: true, tlsClientCertificateBoundAccessTokens: true },
      "dpopBoundAccessTokens",
    ],
    ["that never signs in", { clientSecret: secret, grantTypes: ["refresh_token"] }, "grantTypes"],
    ["without openid", { clientSecret: secret, scopes: ["profile"] }, "scopes"],
    ["that goes back nowhere", { clientSecret: secret, redirectUris: [] }, "redirectUris"],
  ])("%s is refused", (_what, change, member) => {
    const issues = clientConfiguration.safeParse({ ...base, ...change }).error?.issues ?? [];
    expect(issues.map(({ path }) => path[0])).toContain(member);
  });

  test("has the secret that its file holds, and none that is too short", () => {
    const folder = mkdtempSync(join(tmpdir(), "wardkey-secret-"));
    const from = (name: string) => join(folder, name);
    const client = clientConfiguration.parse({ ...base, clientSecretFile: "secret" });
    writeFileSync(from("secret"), `${secret}\n`);
    expect(withSecret(client, from)).toMatchObject({ clientSecret: secret });
    expect(withSecret(client, from)).not.toHaveProperty("clientSecretFile");
    writeFileSync(from("secret"), "short\n");
    expect(() => withSecret(client, from)).toThrow("holds no secret");
    rmSync(folder, { recursive: true });
  });
});
