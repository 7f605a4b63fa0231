import { execFileSync } from "node:child_process";
import { createHash, randomUUID, X509Certificate } from "node:crypto";
import { type CryptoKey, createRemoteJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT } from "jose";
import * as oidc from "openid-client";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { TokenAnswer } from "./support/bare-client.ts";
import { ClientServer } from "./support/client-server.ts";
import type { CookieBrowser } from "./support/cookie-browser.ts";
import { OidcHouse } from "./support/oidc-house.ts";

/** As a reverse proxy hands certificates over. */
const certificateHeader = "x-client-certificate";
const verifiedHeader = "x-client-verified";
const resource = "https://api.hospital.example/fhir";

const assertionKey = await generateKeyPair("ES256");
const dpopKey = await generateKeyPair("ES256");
const own = certificateOf("own.hospital.example");
const foreign = certificateOf("foreign.hospital.example");
const keyServer = new ClientServer(async () => ({
  keys: [{ ...(await exportJWK(assertionKey.publicKey)), kid: "one", alg: "ES256" }],
}));
let house: OidcHouse;
let browser: CookieBrowser;

beforeAll(async () => {
  house = await OidcHouse.open(
    {
      dpop: { dpopBoundAccessTokens: true, grantTypes: ["authorization_code", "refresh_token"], resources: [resource] },
      signing: {
        tokenEndpointAuthMethod: "private_key_jwt",
        jwks: { keys: [{ ...(await exportJWK(assertionKey.publicKey)), kty: "EC", kid: "one", alg: "ES256" }] },
      },
      publishing: { tokenEndpointAuthMethod: "private_key_jwt", jwksUri: await keyServer.open() },
      bound: { tlsClientCertificateBoundAccessTokens: true },
      "self-signed": {
        tokenEndpointAuthMethod: "self_signed_tls_client_auth",
        jwks: { keys: [{ ...jwkOf(own), x5c: [own.raw.toString("base64")] }] },
      },
      issued: { tokenEndpointAuthMethod: "tls_client_auth", tlsClientAuthSanDns: "own.hospital.example" },
    },
    { identityProvider: { resources: [{ identifier: resource, scopes: ["patient.read"] }] } },
    { clientCertificateHeader: certificateHeader, clientCertificateVerifiedHeader: verifiedHeader },
  );
});
beforeEach(async () => {
  ({ browser } = await house.seated());
});
afterAll(async () => {
  await house.close();
  await keyServer.close();
});

async function relyingParty(clientId: string, authentication?: oidc.ClientAuth) {
  const secret = secretOf(clientId);
  const metadata = {
    id_token_signed_response_alg: "ES256",
    ...(secret === undefined ? {} : { client_secret: secret }),
  };
  return oidc.discovery(new URL(house.origin), clientId, metadata, authentication, {
    execute: [oidc.allowInsecureRequests],
  });
}

/** By an independent client of OpenID Connect, from its own address to tokens. */
async function signedIn(
  configuration: oidc.Configuration,
  { DPoP, pushed = false, scope = "openid profile", more = {} }: SignInOptions = {},
) {
  const clientId = configuration.clientMetadata().client_id;
  const redirectUri = house.redirectUri(clientId);
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
  const asked = {
    redirect_uri: redirectUri,
    scope,
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
    ...more,
  };
  const url = pushed
    ? await oidc.buildAuthorizationUrlWithPAR(configuration, asked, ...(DPoP === undefined ? [] : [{ DPoP }]))
    : oidc.buildAuthorizationUrl(configuration, asked);
  const back = new URL(await browser.until(url.href, redirectUri));
  return oidc.authorizationCodeGrant(configuration, back, { pkceCodeVerifier, idTokenExpected: true }, more, {
    ...(DPoP === undefined ? {} : { DPoP }),
  });
}

interface SignInOptions {
  readonly DPoP?: oidc.DPoPHandle;
  readonly pushed?: boolean;
  readonly scope?: string;
  readonly more?: Record<string, string>;
}

describe("an independent client", () => {
  test("signs in with a key of its own, its request pushed ahead (RFC 9126)", async () => {
    const configuration = await relyingParty(
      "signing",
      oidc.PrivateKeyJwt({ key: assertionKey.privateKey, kid: "one" }),
    );
    const tokens = await signedIn(configuration, { pushed: true });
    expect(tokens.claims()).toMatchObject({ sub: "899700075064", given_name: "Camille" });
  });

  test("signs in with whichever key it publishes (jwksUri), and with no other", async () => {
    const signing = (key: CryptoKey, kid: string) => oidc.PrivateKeyJwt({ key, kid });
    const configuration = await relyingParty("publishing", signing(assertionKey.privateKey, "one"));
    expect((await signedIn(configuration)).claims()).toMatchObject({ sub: "899700075064" });
    const stranger = await relyingParty("publishing", signing(dpopKey.privateKey, "one"));
    await expect(signedIn(stranger)).rejects.toMatchObject({ error: "invalid_client" });
  });

  test("has tokens that only its DPoP key can use, and renews them with it", async () => {
    const configuration = await relyingParty("dpop");
    const DPoP = oidc.getDPoPHandle(configuration, dpopKey);
    const tokens = await signedIn(configuration, { DPoP });
    expect(tokens.token_type).toBe("dpop");
    const info = await oidc.fetchUserInfo(configuration, tokens.access_token, "899700075064", { DPoP });
    expect(info).toMatchObject({ family_name: "AUBERT" });
    const renewed = await oidc.refreshTokenGrant(configuration, tokens.refresh_token ?? "", {}, { DPoP });
    expect(renewed.access_token).not.toBe(tokens.access_token);
    await expect(oidc.fetchUserInfo(configuration, renewed.access_token, "899700075064")).rejects.toThrow();
  });

  test("has a JWT for a resource server, made for nobody else (RFC 8707, RFC 9068)", async () => {
    const configuration = await relyingParty("dpop");
    const DPoP = oidc.getDPoPHandle(configuration, dpopKey);
    const { access_token } = await signedIn(configuration, {
      DPoP,
      scope: "openid patient.read",
      more: { resource },
    });
    const keys = createRemoteJWKSet(new URL(`${house.origin}/jwks`));
    const { payload } = await jwtVerify(access_token, keys, {
      audience: resource,
      issuer: house.origin,
      typ: "at+jwt",
    });
    expect(payload).toMatchObject({ scope: "patient.read", sub: "899700075064", client_id: "dpop" });
    expect(payload["cnf"]).toHaveProperty("jkt");
    await expect(oidc.fetchUserInfo(configuration, access_token, "899700075064", { DPoP })).rejects.toThrow();
  });
});

describe("a DPoP proof (RFC 9449)", () => {
  let nonce = "";
  const tokenAddress = () => `${house.origin}/token`;

  async function exchanged(proof: string): Promise<TokenAnswer> {
    const client = house.client("dpop");
    const answer = await client.exchange(await client.code(browser), {}, { dpop: proof });
    nonce = answer.headers.get("dpop-nonce") ?? nonce;
    return answer;
  }

  beforeEach(async () => {
    const answer = await exchanged(await proof({ nonce: undefined }));
    expect(answer).toMatchObject({ status: 400, body: { error: "use_dpop_nonce" } });
    expect(nonce).not.toBe("");
  });

  test("with a nonce of ours is good once", async () => {
    const good = await proof({ nonce });
    expect(await exchanged(good)).toMatchObject({ status: 200, body: { token_type: "DPoP" } });
    expect(await exchanged(good)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  });

  test.each<[string, () => Promise<string>, string]>([
    ["for another address", () => proof({ nonce, htu: `${house.origin}/elsewhere` }), "invalid_dpop_proof"],
    ["for another method", () => proof({ nonce, htm: "GET" }), "invalid_dpop_proof"],
    ["of another time, without our nonce", () => proof({ nonce: undefined, iat: 1_000_000 }), "use_dpop_nonce"],
    ["with a nonce of somebody's", () => proof({ nonce: "x".repeat(43) }), "use_dpop_nonce"],
    [
      "signed by another key than it shows",
      async () => proof({ nonce }, (await generateKeyPair("ES256")).privateKey),
      "invalid_dpop_proof",
    ],
    ["that is none", async () => "x", "invalid_dpop_proof"],
  ])("%s", async (_what, made, error) => {
    expect(await exchanged(await made())).toMatchObject({ status: 400, body: { error } });
  });

  test("is demanded of the client that has promised it", async () => {
    const client = house.client("dpop");
    expect(await client.exchange(await client.code(browser))).toMatchObject({
      status: 400,
      body: { error: "invalid_grant" },
    });
  });

  test("of another key does not use the token", async () => {
    const { body } = await exchanged(await proof({ nonce }));
    const client = house.client("dpop");
    const shown = async (key: typeof dpopKey) => {
      const ath = createHash("sha256")
        .update(body.access_token ?? "")
        .digest("base64url");
      const fit = { nonce, htu: `${house.origin}/me`, htm: "GET", ath };
      const made = await proof(fit, key.privateKey, key.publicKey);
      return client.userinfo(body.access_token, { authorization: `DPoP ${body.access_token}`, dpop: made });
    };
    expect((await shown(dpopKey)).status).toBe(200);
    expect(await shown(await generateKeyPair("ES256"))).toMatchObject({
      status: 401,
      body: { error: "invalid_token" },
    });
    expect(await client.userinfo(body.access_token)).toMatchObject({ status: 401, body: { error: "invalid_token" } });
  });

  async function proof(
    changes: Record<string, unknown>,
    privateKey: CryptoKey = dpopKey.privateKey,
    publicKey: CryptoKey = dpopKey.publicKey,
  ): Promise<string> {
    const payload = {
      jti: randomUUID(),
      htm: "POST",
      htu: tokenAddress(),
      iat: Math.floor(Date.now() / 1000),
      ...changes,
    };
    const header = { alg: "ES256", typ: "dpop+jwt", jwk: await exportJWK(publicKey) };
    return new SignJWT(payload).setProtectedHeader(header).sign(privateKey);
  }
});

describe("a client certificate (RFC 8705), handed over by the reverse proxy", () => {
  const shown = ({ certificate }: { certificate: X509Certificate }, verified = "SUCCESS") => ({
    [certificateHeader]: encodeURIComponent(String(certificate)),
    [verifiedHeader]: verified,
  });

  test("binds the token: it is worth nothing with another, or with none", async () => {
    const client = house.client("bound");
    const { body } = await client.exchange(await client.code(browser), {}, shown({ certificate: own }));
    const at = { authorization: `Bearer ${body.access_token}` };
    expect((await client.userinfo(body.access_token, { ...at, ...shown({ certificate: own }) })).status).toBe(200);
    const { body: facts } = await client.post("token/introspection", { token: body.access_token });
    const thumbprint = createHash("sha256").update(own.raw).digest("base64url");
    expect(facts).toMatchObject({ active: true, cnf: { "x5t#S256": thumbprint } });
    for (const other of [shown({ certificate: foreign }), {}])
      expect(await client.userinfo(body.access_token, other)).toMatchObject({
        status: 401,
        body: { error: "invalid_token" },
      });
  });

  test("is demanded of the client that has promised it, and can be read", async () => {
    const client = house.client("bound");
    for (const headers of [{}, { [certificateHeader]: "no certificate" }])
      expect(await client.exchange(await client.code(browser), {}, headers)).toMatchObject({
        status: 400,
        body: { error: "invalid_grant" },
      });
  });

  test("is the client's registered one", async () => {
    const client = house.client("self-signed");
    const answer = await client.exchange(
      await client.code(browser),
      {},
      {
        // As RFC 9440 writes it.
        [certificateHeader]: `:${own.raw.toString("base64")}:`,
      },
    );
    expect(answer.status).toBe(200);
    for (const headers of [shown({ certificate: foreign }), {}])
      expect(await client.exchange(await client.code(browser), {}, headers)).toMatchObject({
        status: 401,
        body: { error: "invalid_client" },
      });
  });

  test("is one that the hospital's authorities issued in the client's name", async () => {
    const client = house.client("issued");
    expect((await client.exchange(await client.code(browser), {}, shown({ certificate: own }))).status).toBe(200);
    for (const headers of [shown({ certificate: foreign }), shown({ certificate: own }, "FAILED:self-signed"), {}])
      expect(await client.exchange(await client.code(browser), {}, headers)).toMatchObject({
        status: 401,
        body: { error: "invalid_client" },
      });
  });
});

function secretOf(clientId: string): string | undefined {
  return house.broker.configuration.applications.find(({ id }) => id === clientId)?.client?.clientSecret;
}

function certificateOf(host: string): X509Certificate {
  const words = [
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
    "-noenc",
    "-keyout",
    "/dev/null",
  ];
  const name = ["-subj", `/CN=${host}`, "-addext", `subjectAltName=DNS:${host}`];
  return new X509Certificate(execFileSync("openssl", [...words, ...name], { stdio: ["ignore", "pipe", "ignore"] }));
}

function jwkOf(certificate: X509Certificate) {
  return { ...certificate.publicKey.export({ format: "jwk" }), kty: "EC" };
}
