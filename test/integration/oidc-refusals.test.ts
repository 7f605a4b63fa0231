import { createHmac, generateKeyPairSync, type KeyObject } from "node:crypto";
import { SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { BareClient, basic, claimsIn } from "./support/bare-client.ts";
import type { CookieBrowser } from "./support/cookie-browser.ts";
import { clientSecret, OidcHouse } from "./support/oidc-house.ts";

const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const stranger = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
let house: OidcHouse;
let browser: CookieBrowser;
let seat: string;

beforeAll(async () => {
  house = await OidcHouse.open({
    record: { grantTypes: ["authorization_code", "refresh_token"] },
    other: {},
    public: { tokenEndpointAuthMethod: "none" },
    signing: {
      tokenEndpointAuthMethod: "private_key_jwt",
      jwks: { keys: [{ ...publicKey.export({ format: "jwk" }), kty: "EC", kid: "one", alg: "ES256" }] },
    },
    narrow: { scopes: ["openid"] },
  });
});
beforeEach(async () => {
  ({ browser, seat } = await house.seated());
});
afterAll(async () => {
  await house.close();
});

describe("an authorization request", () => {
  test.each<[string, Record<string, string | undefined>, string]>([
    ["without PKCE", { code_challenge: undefined, code_challenge_method: undefined }, "invalid_request"],
    ["with PKCE's plain method", { code_challenge: "x".repeat(43), code_challenge_method: "plain" }, "invalid_request"],
    ["with no method, which means plain", { code_challenge_method: undefined }, "invalid_request"],
    ["for a token without a code", { response_type: "token" }, "unsupported_response_type"],
    ["for an ID token without a code", { response_type: "id_token", nonce: "n" }, "unsupported_response_type"],
    [
      "with a request object, signed by nobody",
      { request: unsigned({ client_id: "record" }) },
      "request_not_supported",
    ],
    ["with a request to fetch", { request_uri: "https://client.example/request" }, "request_uri_not_supported"],
    ["for a resource server that is not its business", { resource: "https://api.example/" }, "invalid_target"],
    ["with claims that are no JSON", { claims: "{" }, "invalid_request"],
    ["with no way to ask anybody", { prompt: "none", id_token_hint: undefined }, "login_required"],
    [
      "for a level that no means gives",
      { claims: essential("urn:example:other") },
      "unmet_authentication_requirements",
    ],
    [
      "for another holder",
      { claims: JSON.stringify({ id_token: { sub: { value: "800000000000" } } }) },
      "login_required",
    ],
  ])("%s: %s says which error, with its state and issuer (RFC 9207)", async (_what, changes, error) => {
    const answer = await house.client("record").answer(browser, changes);
    expect(answer.get("error")).toBe(error);
    expect(answer.get("code")).toBeNull();
    expect(answer.get("state")).toBe("of-this-test");
    expect(answer.get("iss")).toBe(house.origin);
  });

  test.each<[string, Record<string, string | undefined>]>([
    ["of an unknown client", { client_id: "nobody" }],
    ["to a foreign address", { redirect_uri: "https://evil.example/" }],
    ["to an address below the registered one", { redirect_uri: "http://record.localhost/callback/more" }],
  ])("%s is led nowhere", async (_what, changes) => {
    const page = await house.client("record").authorize(browser, changes);
    expect(page).toMatchObject({ status: 400, location: null });
    expect(page.text).not.toContain("evil");
  });

  test("for more than its client may ask for", async () => {
    const answer = await house.client("narrow").answer(browser);
    expect(answer.get("error")).toBe("invalid_scope");
    expect((await house.client("narrow").answer(browser, { scope: "openid" })).get("code")).not.toBeNull();
  });
});

describe("a code", () => {
  test("is good once; shown again, what it gave is worth nothing", async () => {
    const record = house.client("record");
    const code = await record.code(browser);
    const { body } = await record.exchange(code);
    expect((await record.userinfo(body.access_token)).status).toBe(200);
    expect(await record.exchange(code)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
    expect(await record.userinfo(body.access_token)).toMatchObject({ status: 401, body: { error: "invalid_token" } });
    expect(await record.refresh(body.refresh_token)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  });

  test("is good for a minute of the broker's", async () => {
    const record = house.client("record");
    const code = await record.code(browser);
    house.broker.aheadMs += 61_000;
    expect(await record.exchange(code)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  });

  test("is worth nothing once the card is out", async () => {
    const record = house.client("record");
    const code = await record.code(browser);
    await house.workstation.cover(seat, "card-removed", 0);
    expect(await record.exchange(code)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  });

  test.each<[string, Record<string, string | undefined>, number, string]>([
    ["another verifier", { code_verifier: "x".repeat(43) }, 400, "invalid_grant"],
    ["no verifier", { code_verifier: undefined }, 400, "invalid_grant"],
    ["another redirect address", { redirect_uri: "http://record.localhost/" }, 400, "invalid_grant"],
    [
      "a grant that is not offered",
      { grant_type: "password", username: "x", password: "x" },
      400,
      "unsupported_grant_type",
    ],
    ["a grant of nobody's", { grant_type: "client_credentials" }, 400, "unsupported_grant_type"],
  ])("with %s", async (_what, changes, status, error) => {
    const record = house.client("record");
    expect(await record.exchange(await record.code(browser), changes)).toMatchObject({ status, body: { error } });
  });

  test("of another client", async () => {
    const code = await house.client("record").code(browser);
    expect(await house.client("other").exchange(code)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  });

  test("of a public client, too, only for its verifier", async () => {
    const client = house.client("public");
    expect(await client.exchange(await client.code(browser), { code_verifier: "x".repeat(43) })).toMatchObject({
      status: 400,
      body: { error: "invalid_grant" },
    });
    expect((await client.exchange(await client.code(browser))).body.id_token).toBeDefined();
  });
});

describe("a client's authentication", () => {
  test("by another secret", async () => {
    const record = house.client("record");
    const answer = await record.exchange(
      await record.code(browser),
      {},
      { authorization: basic("record", `${clientSecret}x`) },
    );
    expect(answer).toMatchObject({ status: 401, body: { error: "invalid_client" } });
    expect(answer.headers.get("www-authenticate")).toMatch(/^Basic /);
  });

  test("as a public client by one that has a secret", async () => {
    const record = house.client("record");
    const bare = new BareClient(house.origin, { clientId: "record", redirectUri: house.redirectUri("record") });
    const answer = await bare.exchange(await record.code(browser), { code_verifier: record.verifier });
    expect(answer).toMatchObject({ status: 401, body: { error: "invalid_client" } });
  });

  const good = () => ({ iss: "signing", sub: "signing", aud: house.origin, jti: String(Math.random()) });
  async function signedBy(
    key: KeyObject,
    changes: Record<string, unknown> = {},
    alg = "ES256",
    lifetime = "1 minute",
  ): Promise<string> {
    const jwt = new SignJWT({ ...good(), ...changes }).setProtectedHeader({ alg, kid: "one" });
    return jwt.setIssuedAt().setExpirationTime(lifetime).sign(key);
  }
  async function asserted(assertion: string) {
    const client = house.client("signing");
    return client.exchange(await client.code(browser), {
      client_id: undefined,
      client_assertion: assertion,
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    });
  }

  test("by an assertion of its own key, once", async () => {
    const assertion = await signedBy(privateKey);
    expect((await asserted(assertion)).body.id_token).toBeDefined();
    expect(await asserted(assertion)).toMatchObject({ status: 401, body: { error: "invalid_client" } });
  });

  test.each<[string, () => Promise<string> | string]>([
    ["of another key", () => signedBy(stranger)],
    ["for another audience", () => signedBy(privateKey, { aud: "https://elsewhere.example" })],
    ["from another issuer", () => signedBy(privateKey, { iss: "record" })],
    ["that is over", () => signedBy(privateKey, {}, "ES256", "-1 minute")],
    ["that cannot be told from another", () => signedBy(privateKey, { jti: undefined })],
    ["with no signature (alg none)", () => unsigned({ ...good(), exp: Math.floor(Date.now() / 1000) + 60 })],
    ["keyed by its public key (alg HS256)", () => confused(good())],
  ])("by an assertion %s", async (_what, assertion) => {
    expect(await asserted(await assertion())).toMatchObject({ status: 401, body: { error: "invalid_client" } });
  });
});

describe("a refresh token", () => {
  test("is good once; shown again, the whole family is worth nothing", async () => {
    const record = house.client("record");
    const first = await record.tokens(browser);
    const second = await record.refresh(first.refresh_token);
    expect(second.status).toBe(200);
    expect(await record.refresh(first.refresh_token)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
    expect(await record.refresh(second.body.refresh_token)).toMatchObject({
      status: 400,
      body: { error: "invalid_grant" },
    });
    expect((await record.userinfo(second.body.access_token)).status).toBe(401);
  });

  test("for more than it was given for", async () => {
    const record = house.client("record");
    const { refresh_token } = await record.tokens(browser, { scope: "openid" });
    expect(await record.refresh(refresh_token, { scope: "openid profile" })).toMatchObject({
      status: 400,
      body: { error: "invalid_scope" },
    });
  });

  test("is given to no client that did not ask for it, and taken from none", async () => {
    const record = house.client("record");
    const { refresh_token } = await record.tokens(browser);
    expect((await house.client("other").tokens(browser)).refresh_token).toBeUndefined();
    expect(await house.client("other").refresh(refresh_token)).toMatchObject({
      status: 400,
      // RFC 6749, section 5.2, has a narrower word for it; oidc-provider says this one.
      body: { error: "invalid_request" },
    });
  });
});

describe("an access token", () => {
  test("that is none", async () => {
    const answer = await house.client("record").userinfo("x".repeat(43));
    expect(answer).toMatchObject({ status: 401, body: { error: "invalid_token" } });
    expect(answer.headers.get("www-authenticate")).toContain('error="invalid_token"');
  });

  test("in the address is not looked at", async () => {
    const { access_token } = await house.client("record").tokens(browser);
    const answer = await fetch(`${house.origin}/me?access_token=${access_token}`);
    expect(answer.status).toBe(400);
  });

  test("an ID token is none", async () => {
    const { id_token } = await house.client("record").tokens(browser);
    expect((await house.client("record").userinfo(id_token)).status).toBe(401);
  });

  test("is explained to its client only, and to no public one", async () => {
    const record = house.client("record");
    const { access_token: token } = await record.tokens(browser);
    expect((await record.post("token/introspection", { token })).body).toMatchObject({
      active: true,
      sub: "899700075064",
    });
    expect((await house.client("other").post("token/introspection", { token })).body).toEqual({ active: false });
    const own = (await house.client("public").tokens(browser)).access_token;
    expect((await house.client("public").post("token/introspection", { token: own })).body).toEqual({ active: false });
    expect((await record.post("token/introspection", { token }, { authorization: basic("record", "x") })).status).toBe(
      401,
    );
  });

  test("is taken back by its client only", async () => {
    const record = house.client("record");
    const { access_token: token } = await record.tokens(browser);
    expect((await house.client("other").post("token/revocation", { token })).status).toBe(400);
    expect((await record.userinfo(token)).status).toBe(200);
    expect((await record.post("token/revocation", { token })).status).toBe(200);
    expect((await record.userinfo(token)).status).toBe(401);
    // What is no token any more is none to take back (RFC 7009, section 2.2).
    expect((await record.post("token/revocation", { token })).status).toBe(200);
  });

  test("of a card that is out", async () => {
    const record = house.client("record");
    const { access_token, refresh_token } = await record.tokens(browser);
    await house.workstation.cover(seat, "card-removed", 0);
    expect((await record.userinfo(access_token)).status).toBe(401);
    expect(await record.refresh(refresh_token)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  });
});

test("what the ID token says is signed for its client, by its issuer", async () => {
  const claims = claimsIn((await house.client("record").tokens(browser, { nonce: "n" })).id_token);
  expect(claims).toMatchObject({ iss: house.origin, aud: "record", nonce: "n", sub: "899700075064" });
});

function essential(acr: string): string {
  return JSON.stringify({ id_token: { acr: { essential: true, value: acr } } });
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

function unsigned(payload: object): string {
  return `${part({ alg: "none" })}.${part(payload)}.`;
}

/** What a verifier believes that takes the algorithm from the token and the client's public key for a secret. */
function confused(payload: object): string {
  const input = `${part({ alg: "HS256", kid: "one" })}.${part({ ...payload, exp: Math.floor(Date.now() / 1000) + 60 })}`;
  const pem = String(publicKey.export({ type: "spki", format: "pem" }));
  return `${input}.${createHmac("sha256", pem).update(input).digest("base64url")}`;
}
