import { generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ApplicationProfile, applicationProfiles } from "../../demo/application/application-profile.ts";
import { startApplication } from "../../demo/application/start-application.ts";
import { freePorts } from "../../demo/ward/free-ports.ts";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import { CookieBrowser } from "./support/cookie-browser.ts";
import { signIn, TestBroker } from "./support/test-broker.ts";

let house: TestBroker;
let client: BrokerClient;
let appPort: number;
let app: { close(): Promise<void> };

const secret = "a secret of at least thirty-two characters";
const profile = applicationProfiles[0] as ApplicationProfile;

function configured(id: string, port: number, professions?: number[]) {
  const base = `http://127.0.0.1:${port}`;
  return {
    id,
    name: id,
    icon: "folder",
    initiateLoginUri: `${base}/login`,
    client: {
      clientId: id,
      clientSecret: secret,
      redirectUris: [`${base}/callback`],
      postLogoutRedirectUris: [],
      backchannelLogoutUri: `${base}/backchannel-logout`,
    },
    means: ["card-pin" as const, "card-presence" as const],
    ...(professions === undefined ? {} : { professions }),
  };
}

beforeEach(async () => {
  const [first = 0, second = 0] = await freePorts(2);
  appPort = first;
  house = await TestBroker.start({
    applications: [configured("record", appPort), configured("other", second, [10])],
  });
  client = new BrokerClient(await house.enrol("A"));
  app = await startApplication({
    profile,
    port: appPort,
    issuer: house.broker.webOrigin,
    clientId: "record",
    clientSecret: secret,
  });
});

afterEach(async () => {
  await client.close();
  await app.close();
  await house.close();
});

async function launched(): Promise<{
  browser: CookieBrowser;
  seat: string;
  page: Awaited<ReturnType<CookieBrowser["open"]>>;
}> {
  const session = await signIn(client, house.keysOf("physician"));
  const browser = new CookieBrowser();
  const { url } = await client.launch(session.seat, "record");
  return { browser, seat: session.seat, page: await browser.open(url) };
}

/** Waits for what the broker does after its answer. */
async function eventually(check: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await check()) return;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  throw new Error("it did not happen");
}

describe("launching an application", () => {
  test("it knows its holder, by the card and without another PIN", async () => {
    const { page } = await launched();
    expect(page.status).toBe(200);
    expect(page.text).toContain("Camille AUBERT");
    expect(page.text).toContain("899700075064");
    expect(page.text).toContain("10^1.2.250.1.213.1.1.5.5");
    expect(page.text).toContain("urn:wardkey:assurance:high");
    expect(page.text).toContain("sc pin mfa");
  });

  test("resumed by presence, the level says so", async () => {
    const { seat } = await launched();
    await client.cover(seat, "card-removed", 0);
    const again = await signIn(client, house.keysOf("physician"));
    const page = await new CookieBrowser().open((await client.launch(again.seat, "record")).url);
    expect(page.text).toContain("urn:wardkey:assurance:substantial");
  });

  test("a launch address is good once", async () => {
    const session = await signIn(client, house.keysOf("physician"));
    const { url } = await client.launch(session.seat, "record");
    expect((await new CookieBrowser().open(url)).status).toBe(200);
    expect((await new CookieBrowser().open(url)).status).toBe(403);
  });

  test("a launch address of a seat that was covered meanwhile opens nothing", async () => {
    const session = await signIn(client, house.keysOf("physician"));
    const { url } = await client.launch(session.seat, "record");
    await client.cover(session.seat, "card-removed", 0);
    expect((await new CookieBrowser().open(url)).status).toBe(403);
  });

  test("a browser that belongs to no seat is signed in nowhere", async () => {
    await signIn(client, house.keysOf("physician"));
    const page = await new CookieBrowser().open(
      `http://127.0.0.1:${appPort}/login?iss=${encodeURIComponent(house.broker.webOrigin)}`,
    );
    expect(page.status).toBe(403);
    expect(page.text).not.toContain("Camille");
  });

  test("a seat's browser does not get an application that its holder is not entitled to", async () => {
    const session = await signIn(client, house.keysOf("nurse"));
    const browser = new CookieBrowser();
    await browser.open((await client.launch(session.seat, "record")).url);
    const query = new URLSearchParams({
      client_id: "other",
      redirect_uri: house.configuration.applications[1]?.client.redirectUris[0] ?? "",
      response_type: "code",
      scope: "openid",
      code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
      code_challenge_method: "S256",
    });
    const page = await browser.open(`${house.broker.webOrigin}/auth?${query}`);
    expect(page.status).toBe(403);
  });
});

describe("when the card goes", () => {
  test("back-channel logout reaches the application, and its session is dead", async () => {
    const { browser, seat } = await launched();
    const home = `http://127.0.0.1:${appPort}/`;
    expect((await browser.open(home)).text).toContain("Camille");
    await client.cover(seat, "card-removed", 0);
    await eventually(async () => (await browser.open(home)).status === 401);
    expect((await browser.open(`${home}login?iss=${encodeURIComponent(house.broker.webOrigin)}`)).status).toBe(403);
  });

  test("an application that does not answer delays nothing", async () => {
    const { seat } = await launched();
    await app.close();
    await client.cover(seat, "card-removed", 0);
    expect(await signIn(client, house.keysOf("physician"))).toMatchObject({ seat });
    app = await startApplication({
      profile,
      port: appPort,
      issuer: house.broker.webOrigin,
      clientId: "record",
      clientSecret: secret,
    });
  });

  test("a forged logout token closes nothing", async () => {
    const { browser } = await launched();
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const now = Math.floor(Date.now() / 1000);
    const body = {
      iss: house.broker.webOrigin,
      aud: "record",
      iat: now,
      exp: now + 60,
      jti: randomUUID(),
      sid: "x",
      events: { "http://schemas.openid.net/event/backchannel-logout": {} },
    };
    for (const header of [
      { alg: "ES256", typ: "logout+jwt" },
      { alg: "none", typ: "logout+jwt" },
    ]) {
      const input = `${part(header)}.${part(body)}`;
      const signature =
        header.alg === "none"
          ? ""
          : sign("sha256", Buffer.from(input), { key: privateKey, dsaEncoding: "ieee-p1363" }).toString("base64url");
      const answer = await fetch(`http://127.0.0.1:${appPort}/backchannel-logout`, {
        method: "POST",
        body: new URLSearchParams({ logout_token: `${input}.${signature}` }),
      });
      expect(answer.status).toBe(400);
    }
    expect((await browser.open(`http://127.0.0.1:${appPort}/`)).status).toBe(200);
  });
});

describe("the provider refuses", () => {
  const verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  const challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  async function code(browser: CookieBrowser): Promise<string> {
    const redirectUri = `http://127.0.0.1:${appPort}/callback`;
    const query = new URLSearchParams({
      client_id: "record",
      redirect_uri: redirectUri,
      response_type: "code",
      scope: "openid",
      code_challenge: challenge,
      code_challenge_method: "S256",
    });
    let step = await browser.open(`${house.broker.webOrigin}/auth?${query}`, false);
    while (step.location !== null && !step.location.startsWith(redirectUri))
      step = await browser.open(new URL(step.location, step.url).href, false);
    return new URL(step.location ?? "http://none").searchParams.get("code") ?? "";
  }

  async function exchange(
    changes: Record<string, string>,
    password = secret,
  ): Promise<{ status: number; body: { error?: string; id_token?: string } }> {
    const fields = {
      grant_type: "authorization_code",
      redirect_uri: `http://127.0.0.1:${appPort}/callback`,
      code_verifier: verifier,
      ...changes,
    };
    const authorization = `Basic ${Buffer.from(`record:${encodeURIComponent(password)}`).toString("base64")}`;
    const answer = await fetch(`${house.broker.webOrigin}/token`, {
      method: "POST",
      headers: { authorization },
      body: new URLSearchParams(fields),
    });
    return { status: answer.status, body: (await answer.json()) as { error?: string } };
  }

  test("a code is good once, for its verifier, its address and its client", async () => {
    const { browser } = await launched();
    expect(await exchange({ code: await code(browser), code_verifier: `${verifier}x` })).toMatchObject({
      status: 400,
      body: { error: "invalid_grant" },
    });
    expect(await exchange({ code: await code(browser), redirect_uri: "http://127.0.0.1:1/" })).toMatchObject({
      body: { error: "invalid_grant" },
    });
    expect(await exchange({ code: await code(browser) }, "another secret that is long enough, too")).toMatchObject({
      status: 401,
      body: { error: "invalid_client" },
    });
    const good = await code(browser);
    expect((await exchange({ code: good })).body.id_token).toBeDefined();
    expect(await exchange({ code: good })).toMatchObject({ body: { error: "invalid_grant" } });
  });

  test("an unknown client, a foreign redirect address, no PKCE", async () => {
    const { browser } = await launched();
    const ask = (fields: Record<string, string>) =>
      browser.open(
        `${house.broker.webOrigin}/auth?${new URLSearchParams({ client_id: "record", redirect_uri: `http://127.0.0.1:${appPort}/callback`, response_type: "code", scope: "openid", ...fields })}`,
        false,
      );
    expect((await ask({ client_id: "nobody", code_challenge: challenge, code_challenge_method: "S256" })).status).toBe(
      400,
    );
    expect(
      (await ask({ redirect_uri: "https://evil.example/", code_challenge: challenge, code_challenge_method: "S256" }))
        .status,
    ).toBe(400);
    expect((await ask({})).location).toContain("error=invalid_request");
  });
});
