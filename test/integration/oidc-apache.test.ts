import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePorts } from "../../demo/ward/free-ports.ts";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import { Apache } from "./support/apache.ts";
import { CookieBrowser } from "./support/cookie-browser.ts";
import { eventually } from "./support/eventually.ts";
import { signIn, TestBroker } from "./support/test-broker.ts";

const secret = "a secret of at least thirty-two characters";
let house: TestBroker;
let client: BrokerClient;
let apache: Apache;
let callback: string;
let home: string;

/** What the application behind Apache is told, shown by it. */
const shown = {
  "X-Name": "OIDC_CLAIM_name",
  "X-Role": "OIDC_CLAIM_SubjectRole",
  "X-Acr": "OIDC_CLAIM_acr",
  "X-Token": "OIDC_access_token",
  "X-Id-Token": "OIDC_id_token",
};

beforeAll(async () => {
  const [port = 0] = await freePorts(1);
  apache = new Apache(port);
  callback = `${apache.origin}/protected/callback`;
  home = `${apache.origin}/protected/`;
  house = await TestBroker.start({
    applications: [
      {
        id: "record",
        name: "Dossier",
        icon: "folder",
        initiateLoginUri: callback,
        targetLinkUri: home,
        client: {
          clientId: "apache",
          clientSecret: secret,
          grantTypes: ["authorization_code", "refresh_token"],
          redirectUris: [callback],
          postLogoutRedirectUris: [`${apache.origin}/`],
          backchannelLogoutUri: `${callback}?logout=backchannel`,
        },
      },
    ],
  });
  client = new BrokerClient(await house.enrol("A"));
  apache.write("pages/protected/index.html", "in");
  await apache.start("auth_openidc", [
    `OIDCProviderMetadataURL ${house.broker.webOrigin}/.well-known/openid-configuration`,
    "OIDCClientID apache",
    `OIDCClientSecret "${secret}"`,
    `OIDCRedirectURI ${callback}`,
    "OIDCCryptoPassphrase a-passphrase-of-this-test",
    "OIDCPKCEMethod S256",
    'OIDCScope "openid profile"',
    "OIDCIDTokenSignedResponseAlg ES256",
    "OIDCRemoteUserClaim SubjectNameID",
    "OIDCSessionType server-cache",
    "OIDCPassRefreshToken On",
    "OIDCPassIDTokenAs serialized claims",
    "<Location /protected>",
    "  AuthType openid-connect",
    '  Require claim "SubjectRole:10^1.2.250.1.213.1.1.5.5"',
    ...Object.entries(shown).map(([header, variable]) => `  Header always set ${header} "%{${variable}}e"`),
    '  Header always set X-User "expr=%{REMOTE_USER}"',
    "</Location>",
  ]);
});

afterAll(async () => {
  await client.close();
  await apache.stop();
  await house.close();
});

async function launched(card = "physician") {
  const { seat } = await signIn(client, house.keysOf(card));
  const browser = new CookieBrowser();
  const page = await browser.open((await client.launch(seat, "record")).url);
  return { browser, seat, page };
}

const ended = (seat: string) => client.end(seat);

describe("Debian's Apache with mod_auth_openidc, as it comes", () => {
  test("signs the card's holder in from the portal, and lets him in by his profession", async () => {
    const { page, seat } = await launched();
    expect(page, apache.log()).toMatchObject({ status: 200, url: home, text: "in" });
    expect(page.headers["x-user"]).toBe("899700075064");
    expect(page.headers["x-name"]).toBe("Camille AUBERT");
    expect(page.headers["x-acr"]).toBe("urn:wardkey:assurance:high");
    await ended(seat);
  });

  test("is led where the configuration says, whatever the launch's address brings", async () => {
    const { seat } = await signIn(client, house.keysOf("physician"));
    const { url } = await client.launch(seat, "record");
    const evil = new URLSearchParams({
      target_link_uri: "https://evil.example/",
      login_hint: "x",
      iss: "https://evil.example",
    });
    const { location } = await new CookieBrowser().open(`${url}?${evil}`, false);
    expect(Object.fromEntries(new URL(location ?? "").searchParams)).toEqual({
      iss: house.broker.webOrigin,
      target_link_uri: home,
    });
    await ended(seat);
  });

  test("keeps another profession out, and whoever has no seat", async () => {
    const { page, seat } = await launched("nurse");
    expect(page.status).toBe(401);
    await ended(seat);
    const stranger = await new CookieBrowser().open(home);
    expect(stranger.url.startsWith(house.broker.webOrigin)).toBe(true);
    expect(stranger.status).toBe(403);
  });

  test("refreshes its tokens while the card is in", async () => {
    const { browser, page, seat } = await launched();
    const token = String(page.headers["x-token"]);
    const refresh = `${callback}?${new URLSearchParams({ refresh: home, access_token: token })}`;
    const refreshed = await browser.open(refresh);
    expect(refreshed, apache.log()).toMatchObject({ status: 200, url: home });
    expect(refreshed.headers["x-token"]).not.toBe(token);
    await ended(seat);
  });

  test("is told when the card goes, and knows nobody any more", async () => {
    const { browser, seat } = await launched();
    await client.cover(seat, "card-removed", 0);
    await eventually(async () => (await browser.open(home, false)).status === 302);
    expect((await browser.open(home)).status).toBe(403);
    await ended(seat);
  });

  test("signs its user out of itself, not of the card's session", async () => {
    const { browser, seat } = await launched();
    const asked = await browser.open(`${callback}?${new URLSearchParams({ logout: `${apache.origin}/` })}`);
    expect(asked.url.startsWith(`${house.broker.webOrigin}/session/end`), apache.log()).toBe(true);
    expect(asked.text).toContain("Quitter Dossier");
    const left = await browser.submit(asked);
    expect(left).toMatchObject({ status: 200, url: `${apache.origin}/`, text: "out" });
    expect((await browser.open(home, false)).status).toBe(302);
    expect(house.records().at(-1)).toMatchObject({
      act: "application-signed-out",
      application: "record",
      detail: "holder",
    });
    // The seat is as it was: the portal opens the application again without a word.
    const again = await browser.open((await client.launch(seat, "record")).url);
    expect(again).toMatchObject({ status: 200, url: home });
    await ended(seat);
  });
});
