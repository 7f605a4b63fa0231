import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { oidcRotate } from "../../command-line/commands/oidc-rotate.ts";
import { BareClient } from "./support/bare-client.ts";
import { OidcHouse } from "./support/oidc-house.ts";

let house: OidcHouse;
let offered: Record<string, unknown>;

beforeAll(async () => {
  house = await OidcHouse.open({ record: { grantTypes: ["authorization_code", "refresh_token"] } });
  offered = (await (await fetch(`${house.origin}/.well-known/openid-configuration`)).json()) as Record<string, unknown>;
});
afterAll(async () => {
  await house.close();
});

test("every endpoint that discovery names answers, and no other is there", async () => {
  const at = (path: string) => `${house.origin}${path}`;
  expect(Object.fromEntries(Object.entries(offered).filter(([name]) => /_(endpoint|uri)$/.test(name)))).toEqual({
    authorization_endpoint: at("/auth"),
    token_endpoint: at("/token"),
    userinfo_endpoint: at("/me"),
    jwks_uri: at("/jwks"),
    end_session_endpoint: at("/session/end"),
    introspection_endpoint: at("/token/introspection"),
    revocation_endpoint: at("/token/revocation"),
    pushed_authorization_request_endpoint: at("/request"),
  });
  const record = house.client("record");
  for (const path of ["token", "token/introspection", "token/revocation", "request"]) {
    const answer = await record.post(path, {});
    expect(answer, path).toMatchObject({ status: 400, body: { error: "invalid_request" } });
  }
  expect((await fetch(at("/auth"))).status).toBe(400);
  expect((await fetch(at("/me"))).status).toBe(401);
  expect((await fetch(at("/session/end"))).status).toBe(200);
  for (const path of ["/reg", "/device/auth", "/backchannel", "/device", "/challenge", "/credential"])
    expect((await fetch(at(path))).status, path).toBe(404);
});

test("discovery says what is offered, and nothing that is not", async () => {
  expect(offered).toMatchObject({
    issuer: house.origin,
    response_types_supported: ["code"],
    code_challenge_methods_supported: ["S256"],
    scopes_supported: expect.arrayContaining(["openid", "profile", "scope_all"]),
    subject_types_supported: ["public", "pairwise"],
    claims_parameter_supported: true,
    request_uri_parameter_supported: false,
    authorization_response_iss_parameter_supported: true,
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
    acr_values_supported: [
      "urn:wardkey:assurance:high",
      "urn:wardkey:assurance:substantial",
      "urn:wardkey:assurance:low",
      "eidas1",
    ],
  });
  expect(sorted("grant_types_supported")).toEqual(["authorization_code", "refresh_token"]);
  expect(sorted("id_token_signing_alg_values_supported")).toEqual(["ES256", "PS256", "RS256"]);
  expect(sorted("token_endpoint_auth_methods_supported")).toEqual([
    "client_secret_basic",
    "client_secret_post",
    "none",
    "private_key_jwt",
  ]);
  expect(sorted("token_endpoint_auth_signing_alg_values_supported").filter(alg => /^HS|none/.test(alg))).toEqual([]);
  expect(sorted("scopes_supported")).not.toContain("offline_access");
  // Absent: not offered (OpenID Connect Discovery, section 3).
  expect(offered).not.toHaveProperty("request_parameter_supported");
  expect(offered).not.toHaveProperty("check_session_iframe");
  expect(offered).not.toHaveProperty("frontchannel_logout_supported");
  expect(offered).not.toHaveProperty("tls_client_certificate_bound_access_tokens");
});

test("every claim that discovery names is given to who may have it, where the card says it", async () => {
  const { browser } = await house.seated();
  const { access_token } = await house.client("record").tokens(browser, { scope: "openid scope_all" });
  const { body } = await house.client("record").userinfo(access_token);
  const ofTheSignIn = ["acr", "amr", "auth_time", "sid", "iss"];
  // The demonstration's cards name no structure.
  const ofTheStructure = ["SubjectOrganization", "SubjectOrganizationID"];
  // Said in an emergency only (holder-claims.test.ts).
  const ofAnEmergency = "wardkey_break_glass";
  const left = [...ofTheSignIn, ...ofTheStructure, ofAnEmergency];
  expect(sorted("claims_supported")).toEqual(expect.arrayContaining(left.filter(name => name !== "iss")));
  const named = sorted("claims_supported").filter(name => !left.includes(name));
  expect(
    Object.keys(body)
      .filter(name => !ofTheStructure.includes(name))
      .sort(),
  ).toEqual(named);
});

test("the key set has public keys only, each of the kinds that sign", async () => {
  const { keys } = (await (await fetch(`${house.origin}/jwks`)).json()) as { keys: Record<string, string>[] };
  expect(keys.map(({ kty }) => kty).sort()).toEqual(["EC", "EC", "RSA", "RSA"]);
  for (const key of keys)
    for (const secret of ["d", "p", "q", "dp", "dq", "qi"]) expect(key).not.toHaveProperty(secret);
});

test("keys are rotated under a running broker, and nobody is signed out by it", async () => {
  const record = house.client("record");
  const { browser } = await house.seated();
  const tokens = await record.tokens(browser);
  const kids = async () => {
    const { keys } = (await (await fetch(`${house.origin}/jwks`)).json()) as { keys: { kid: string }[] };
    return keys.map(({ kid }) => kid);
  };
  const before = await kids();
  const file = join(house.broker.directory, "broker.json");
  writeFileSync(file, JSON.stringify(house.broker.configuration));
  expect(await oidcRotate(["--config", file])).toBe(0);
  // A broker looks every ten seconds.
  await vi.waitUntil(async () => (await kids()).length > before.length, { timeout: 20_000, interval: 200 });
  expect(await kids()).toEqual(expect.arrayContaining(before));
  expect((await record.userinfo(tokens.access_token)).status).toBe(200);
  const refreshed = await record.refresh(tokens.refresh_token);
  expect(kidOf(refreshed.body.id_token)).not.toBe(kidOf(tokens.id_token));
  expect(before).toContain(kidOf(refreshed.body.id_token));
  expect((await record.answer(browser)).has("code")).toBe(true);
  // What the old key signed still leads out of the application.
  const left = await browser.open(
    `${house.origin}/session/end?${new URLSearchParams({ id_token_hint: tokens.id_token ?? "" })}`,
  );
  expect(left.text).toContain("Quitter record");
}, 40_000);

test("an application's page elsewhere may not call what is not its own (CORS)", async () => {
  const { browser } = await house.seated();
  const { access_token } = await house.client("record").tokens(browser);
  const asked = async (origin: string) =>
    (await fetch(`${house.origin}/me`, { headers: { origin, authorization: `Bearer ${access_token}` } })).headers.get(
      "access-control-allow-origin",
    );
  expect(await asked(new URL(house.redirectUri("record")).origin)).toBe(new URL(house.redirectUri("record")).origin);
  expect(await asked("https://evil.example")).toBeNull();
});

test("an unknown client is told so, wherever it comes", async () => {
  const nobody = new BareClient(house.origin, {
    clientId: "nobody",
    clientSecret: "x",
    redirectUri: "http://x.localhost/",
  });
  for (const path of ["token", "token/introspection", "token/revocation", "request"])
    expect(await nobody.post(path, { token: "x", grant_type: "authorization_code" }), path).toMatchObject({
      status: 401,
      body: { error: "invalid_client" },
    });
});

function sorted(name: string): string[] {
  return [...(offered[name] as string[])].sort();
}

function kidOf(token: string | undefined): string {
  return (JSON.parse(Buffer.from(token?.split(".")[0] ?? "", "base64url").toString()) as { kid: string }).kid;
}
