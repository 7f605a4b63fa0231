import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newMessageId } from "../../broker/saml/assertion.ts";
import type { SamlConfiguration } from "../../broker/saml/saml-configuration.ts";
import { openSamlKeys, rotateSamlKeys } from "../../broker/saml/saml-keys.ts";
import { readServiceProviderMetadata } from "../../broker/saml/service-provider-metadata.ts";
import { signXml } from "../../broker/saml/sign-xml.ts";
import { Markup } from "../../broker/saml/write-xml.ts";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import { ApacheMellon } from "./support/apache-mellon.ts";
import { FormBrowser, type FormPage } from "./support/form-browser.ts";
import { launchBrowser } from "./support/launch-browser.ts";
import { signIn, TestBroker } from "./support/test-broker.ts";

let keysFolder: string;
let apache: ApacheMellon;
let house: TestBroker;
let client: BrokerClient;

beforeAll(async () => {
  keysFolder = mkdtempSync(join(tmpdir(), "wardkey-saml-"));
  await openSamlKeys(join(keysFolder, "keys"), Date.now());
});

afterAll(() => rmSync(keysFolder, { recursive: true, force: true }));

beforeEach(async () => {
  apache = await ApacheMellon.prepare();
});

afterEach(async () => {
  await client.close();
  await apache.stop();
  await house.close();
});

/** A house whose pharmacy is Apache with mod_auth_mellon. */
async function open(
  change: Partial<SamlConfiguration> = {},
  directives: readonly string[] = [],
  metadata: "as-it-is" | "signed" | "changed" = "as-it-is",
): Promise<void> {
  const saml: SamlConfiguration = {
    serviceProvider: readServiceProviderMetadata(apache.metadata),
    nameId: { format: "persistent", value: "pairwise" },
    encryptAssertions: false,
    ...change,
  };
  const application = (id: string, professions: number[]) => ({ id, name: id, icon: "pill", professions });
  house = await TestBroker.start({
    applications: [
      { ...application("pharmacy", [10]), saml },
      {
        ...application("laboratory", [10, 60]),
        saml: {
          nameId: { format: "transient" },
          encryptAssertions: false,
          serviceProvider: {
            entityId: "laboratory",
            assertionConsumerServices: [{ url: `${apache.origin}/laboratory` }],
            singleLogoutServices: [],
            signingCertificates: [],
            requestsSigned: false,
          },
        },
      },
    ],
  });
  copyFileSync(join(keysFolder, "keys"), `${house.configuration.store}.saml`);
  client = new BrokerClient(await house.enrol("A"));
  const text = await (await fetch(`${house.broker.webOrigin}/saml/metadata`)).text();
  const signer =
    metadata === "as-it-is" ? undefined : JSON.parse(readFileSync(join(keysFolder, "keys"), "utf8")).current;
  await apache.start(
    metadata === "changed" ? text.replace("/saml/sso", "/elsewhere") : text,
    directives,
    signer?.certificate,
  );
}

async function launched(browser = new FormBrowser()): Promise<{ browser: FormBrowser; seat: string; page: FormPage }> {
  const session = await signIn(client, house.keysOf("physician"));
  const { url } = await client.launch(session.seat, "pharmacy");
  return { browser, seat: session.seat, page: await browser.open(url) };
}

/** The form that would take the assertion to the application. */
async function underWay(aheadMs = 0): Promise<{ browser: FormBrowser; to: string; form: URLSearchParams }> {
  const session = await signIn(client, house.keysOf("physician"));
  house.aheadMs = aheadMs;
  const browser = new FormBrowser();
  const stop = await browser.open((await client.launch(session.seat, "pharmacy")).url, { until: toMellon });
  return { browser, to: stop.next?.url ?? "", form: stop.next?.body ?? new URLSearchParams() };
}

const toMellon = (url: string) => url === `${apache.origin}/mellon/postResponse`;
const privatePage = () => `${apache.origin}/private/`;
const stay = { until: () => true };

const acts = () => house.records().map(({ act }) => act);

/** Waits for what the broker does after its answer. */
async function eventually(check: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 250; tries += 1) {
    if (await check()) return;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  throw new Error("it did not happen");
}

describe("Apache with mod_auth_mellon", () => {
  test("knows its holder when the portal opens it, by the card and without another PIN", async () => {
    await open();
    const { page } = await launched();
    expect(page).toMatchObject({ status: 200, url: privatePage() });
    for (const line of [
      "MELLON_name=Camille AUBERT",
      "MELLON_SubjectNameID=899700075064",
      "MELLON_SubjectRole=10^1.2.250.1.213.1.1.5.5",
      "MELLON_wardkey_means=card-pin",
      "MELLON_wardkey_place=ward",
      "MELLON_wardkey_workstation=A",
    ])
      expect(page.text).toContain(`${line}\n`);
    expect(page.text).not.toContain("REMOTE_USER=899700075064");
    expect(acts().slice(-2)).toEqual(["application-launched", "application-signed-in"]);
  });

  test("asks by itself, signed, and gets the answer to its own question", async () => {
    await open({ startUri: privatePage() });
    const { page } = await launched();
    expect(page).toMatchObject({ status: 200, url: privatePage() });
    expect(page.text).toContain("MELLON_name=Camille AUBERT");
  });

  test("gets what its settings say: other names, another identifier, an address to go on to", async () => {
    await open({
      nameId: { format: "unspecified" },
      attributes: { uid: "SubjectNameID" },
      relayState: `${apache.origin}/private/?from=portal`,
    });
    const { page } = await launched();
    expect(page.url).toBe(`${privatePage()}?from=portal`);
    expect(page.text).toContain("MELLON_uid=899700075064");
    expect(page.text).toContain("REMOTE_USER=899700075064");
    expect(page.text).not.toContain("Camille");
  });

  test("reads an assertion that was encrypted for it, and nobody reads it on the way", async () => {
    await open({ encryptAssertions: true });
    const { browser, to, form } = await underWay();
    const carried = Buffer.from(form.get("SAMLResponse") ?? "", "base64").toString();
    expect(carried).toContain("EncryptedAssertion");
    expect(carried).not.toMatch(/AUBERT|899700075064/);
    expect((await browser.open(to, { body: form })).text).toContain("MELLON_name=Camille AUBERT");
  });

  test("is told nothing by a browser that belongs to no seat", async () => {
    await open();
    await signIn(client, house.keysOf("physician"));
    expect(await new FormBrowser().open(privatePage())).toMatchObject({ status: 403 });
    const passive = `${apache.origin}/mellon/login?IsPassive=true&ReturnTo=${privatePage()}`;
    expect(await new FormBrowser().open(passive)).toMatchObject({ url: `${apache.origin}/mellon/postResponse` });
    expect(apache.log()).toContain("status:NoPassive");
  });

  test("is told nothing of a holder who is not entitled to it", async () => {
    await open();
    const session = await signIn(client, house.keysOf("nurse"));
    const browser = new FormBrowser();
    await browser.open((await client.launch(session.seat, "laboratory")).url, {
      until: url => url === `${apache.origin}/laboratory`,
    });
    expect(await browser.open(privatePage())).toMatchObject({ status: 403 });
    expect(acts().at(-1)).toBe("launch-denied");
  });

  test("is refused a higher class than the means has, and gets it with the PIN", async () => {
    const smartcard = "urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI";
    await open({ startUri: privatePage() }, [`MellonAuthnContextClassRef "${smartcard}"`]);
    const { seat, page } = await launched();
    expect(page.status).toBe(200);
    await client.cover(seat, "card-removed", 0);
    const { page: after } = await launched();
    expect(after.status).toBe(401);
    expect(apache.log()).toContain("status:NoAuthnContext");
  });
});

describe("when it is over", () => {
  test("the card goes: the application is told by SOAP, and its session is dead", async () => {
    await open();
    const { browser, seat } = await launched();
    expect((await browser.open(privatePage(), stay)).status).toBe(200);
    await client.cover(seat, "card-removed", 0);
    await eventually(async () => (await browser.open(privatePage(), stay)).status === 303);
    expect((await browser.open(privatePage())).status).toBe(403);
  });

  test("another holder's application stays open when one card goes", async () => {
    await open();
    const other = new BrokerClient(await house.enrol("B"));
    try {
      const { browser } = await launched();
      const nurse = await signIn(other, house.keysOf("nurse"));
      await other.cover(nurse.seat, "card-removed", 0);
      expect((await browser.open(privatePage(), stay)).status).toBe(200);
    } finally {
      await other.close();
    }
  });

  test("an application that does not answer delays nothing", async () => {
    await open();
    const { seat } = await launched();
    await apache.stop();
    await client.cover(seat, "card-removed", 0);
    expect(await signIn(client, house.keysOf("physician"))).toMatchObject({ seat });
  });

  test("the application signs out: its own sign-in ends, the holder's session does not", async () => {
    await open();
    const { browser } = await launched();
    const out = await browser.open(`${apache.origin}/mellon/logout?ReturnTo=${apache.origin}/index.html`);
    expect(out).toMatchObject({ status: 200, url: `${apache.origin}/index.html`, text: "out" });
    expect(acts().at(-1)).toBe("application-signed-out");
    expect((await browser.open(privatePage(), stay)).status).toBe(303);
    expect((await browser.open(privatePage())).text).toContain("MELLON_name=Camille AUBERT");
  });

  test("a request to sign out that the application has not signed ends nothing", async () => {
    await open();
    const { browser } = await launched();
    const stop = await browser.open(`${apache.origin}/mellon/logout?ReturnTo=${apache.origin}/index.html`, {
      until: url => url.startsWith(`${house.broker.webOrigin}/saml/slo`),
    });
    const unsigned = new URL(stop.next?.url ?? "");
    unsigned.searchParams.delete("Signature");
    unsigned.searchParams.delete("SigAlg");
    expect((await browser.open(unsigned.href)).status).toBe(400);
    const changed = new URL(stop.next?.url ?? "");
    changed.searchParams.set("RelayState", "https://elsewhere.example/");
    expect((await browser.open(changed.href)).status).toBe(400);
    expect(acts()).not.toContain("application-signed-out");
  });
});

describe("the broker's own answers", () => {
  test("a request to sign out that comes in a form is answered by one", async () => {
    const sp = readServiceProviderMetadata(apache.metadata);
    const answersTo = `${apache.origin}/mellon/logout`;
    await open({
      nameId: { format: "unspecified" },
      serviceProvider: { ...sp, singleLogoutServices: [{ binding: "post", url: answersTo }] },
    });
    const { browser } = await launched();
    const ask = (nameId: string) => {
      const request = signedByApache("LogoutRequest", "slo", `<saml:NameID>${nameId}</saml:NameID>`);
      return browser.open(`${house.broker.webOrigin}/saml/slo`, { body: request, until: to => to === answersTo });
    };
    const stranger = await ask("899700000000");
    expect(stranger.next?.body?.get("SAMLResponse")).toBeDefined();
    expect(acts()).not.toContain("application-signed-out");
    const { next } = await ask("899700075064");
    const answer = Buffer.from(next?.body?.get("SAMLResponse") ?? "", "base64").toString();
    expect(answer).toContain("status:Success");
    expect(acts().at(-1)).toBe("application-signed-out");
  });

  test("a request that cannot be met is answered with why; one without form is not answered", async () => {
    await open();
    const { browser } = await launched();
    const ask = (content: string) =>
      browser.open(`${house.broker.webOrigin}/saml/sso`, {
        body: signedByApache("AuthnRequest", "sso", content),
        until: toMellon,
      });
    const policy = await ask(`<samlp:NameIDPolicy Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient"/>`);
    expect(statusOf(policy)).toMatch(/:InvalidNameIDPolicy$/);
    expect(statusOf(await ask("<saml:Subject/>"))).toMatch(/:RequestUnsupported$/);
    for (const [path, status] of [
      ["sso", 400],
      ["slo", 400],
      ["nothing", 404],
    ] as const)
      expect((await browser.open(`${house.broker.webOrigin}/saml/${path}`)).status).toBe(status);
  });

  const statusOf = ({ next }: FormPage) => {
    const text = Buffer.from(next?.body?.get("SAMLResponse") ?? "", "base64").toString();
    return [...text.matchAll(/StatusCode Value="([^"]*)"/g)].at(-1)?.[1];
  };
});

/** A form that Apache would have the browser post. */
function signedByApache(name: "AuthnRequest" | "LogoutRequest", path: string, content: string): URLSearchParams {
  const request = new Markup(
    `<samlp:${name} xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"` +
      ` ID="${newMessageId()}" Version="2.0" IssueInstant="${new Date().toISOString()}" Destination="${house.broker.webOrigin}/saml/${path}">` +
      `<saml:Issuer>${apache.entityId}</saml:Issuer>${content}</samlp:${name}>`,
  );
  const signed = signXml(request, { key: apache.key, certificate: apache.certificate }, "after-issuer");
  return new URLSearchParams({ SAMLRequest: Buffer.from(signed.text).toString("base64") });
}

describe("what is not for it, mod_auth_mellon refuses", () => {
  test("an assertion for another audience", async () => {
    const serviceProvider = { ...readServiceProviderMetadata(apache.metadata), entityId: "another" };
    await open({ serviceProvider });
    expect((await launched()).page.status).toBe(400);
    expect(apache.log()).toMatch(/audience/i);
  });

  test("an assertion of ten minutes ago", async () => {
    await open();
    const { to, form } = await underWay(-600_000);
    expect((await new FormBrowser().open(to, { body: form })).status).toBe(400);
    expect(apache.log()).toMatch(/NotOnOrAfter/);
  });

  test("an assertion that it has had already", async () => {
    await open();
    const { to, form } = await underWay();
    expect((await new FormBrowser().open(to, { body: form })).status).toBe(200);
    expect((await new FormBrowser().open(to, { body: form })).status).toBe(400);
  });

  test("an assertion in which one letter is another", async () => {
    await open();
    const { browser, to, form } = await underWay();
    const text = Buffer.from(form.get("SAMLResponse") ?? "", "base64").toString();
    form.set("SAMLResponse", Buffer.from(text.replace("Camille", "Camilla")).toString("base64"));
    expect((await browser.open(to, { body: form })).status).toBe(400);
    expect(apache.log()).toContain("Failed to verify signature");
  });

  test("an assertion of another broker", async () => {
    await open();
    const { browser, to, form } = await underWay();
    const foreign = await openSamlKeys(join(house.directory, "foreign"), Date.now());
    const text = Buffer.from(form.get("SAMLResponse") ?? "", "base64").toString();
    const bare = new Markup(text.replace(/<ds:Signature.*?<\/ds:Signature>/gs, ""));
    const again = signXml(bare, foreign.current, "after-issuer").text;
    form.set("SAMLResponse", Buffer.from(again).toString("base64"));
    expect((await browser.open(to, { body: form })).status).toBe(400);
    expect(apache.log()).toContain("Failed to verify signature");
  });
});

describe("the broker's metadata", () => {
  test("are signed by the key that signs assertions: mod_auth_mellon checks them", async () => {
    await open({}, [], "signed");
    expect((await launched()).page.status).toBe(200);
  });

  test("with another address in them are not taken", async () => {
    await open({}, [], "changed");
    expect((await launched()).page.status).toBe(500);
    expect(apache.log()).toContain("Failed to verify signature");
  });
});

test("a key that was published beforehand takes over, and nobody has to be told", async () => {
  await open();
  await rotateSamlKeys(`${house.configuration.store}.saml`, Date.now());
  await client.close();
  await house.restart();
  client = new BrokerClient(await house.enrol("B"));
  expect((await launched()).page).toMatchObject({ status: 200, url: privatePage() });
});

describe("a real browser", () => {
  let chrome: Browser;

  beforeAll(async () => {
    chrome = await launchBrowser();
  });

  afterAll(() => chrome.close());

  test.each([true, false])("brings the assertion to the application, scripts allowed: %s", async javaScriptEnabled => {
    await open();
    const session = await signIn(client, house.keysOf("physician"));
    const context = await chrome.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    await page.goto((await client.launch(session.seat, "pharmacy")).url);
    if (!javaScriptEnabled) await page.getByRole("button").click();
    await page.waitForURL(privatePage());
    expect(await page.locator("body").textContent()).toContain("MELLON_name=Camille AUBERT");
    await context.close();
  });

  test("brings a request that another site's page posts, although our cookie does not come with it", async () => {
    await open();
    const session = await signIn(client, house.keysOf("physician"));
    const context = await chrome.newContext();
    const page = await context.newPage();
    await page.goto((await client.launch(session.seat, "pharmacy")).url);
    await page.waitForURL(privatePage());
    // “localhost” is another site than 127.0.0.1.
    const server = createServer((_request, response) => {
      response.setHeader("content-type", "text/html").end(requestForm());
    });
    await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
    await page.getByRole("button").click();
    await page.waitForURL(privatePage());
    expect(await page.locator("body").textContent()).toContain("MELLON_name=Camille AUBERT");
    await context.close();
    server.close();
  });

  function requestForm(): string {
    const to = `${house.broker.webOrigin}/saml/sso`;
    const value = signedByApache("AuthnRequest", "sso", "").get("SAMLRequest");
    return `<form method="post" action="${to}"><input type="hidden" name="SAMLRequest" value="${value}"><button>Go</button></form>`;
  }
});
