import { generateKeyPairSync, randomUUID, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { sha256 } from "../../broker/store/trail-table.ts";
import { nodeSignatureVerifier } from "../../broker/trust/node-signature-verifier.ts";
import { readCheckpoint } from "../../core/trail/checkpoint.ts";
import { leafHash } from "../../core/trail/merkle-tree.ts";
import { openNote, readNoteKey } from "../../core/trail/signed-note.ts";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import { verifyInclusion } from "../../core/trail/verify-proof.ts";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import { consoleApplication } from "../../protocol/broker/console/console-application.ts";
import { consoleHeader, consoleRoutes } from "../../protocol/broker/console/routes.ts";
import type { TrailProof } from "../../protocol/broker/console/trail-view.ts";
import { launchBrowser } from "./support/launch-browser.ts";
import { objections } from "./support/objections.ts";
import { signIn, TestBroker } from "./support/test-broker.ts";

let browser: Browser;
let context: BrowserContext;
let page: Page;
let house: TestBroker;
let client: BrokerClient;

const physician = "899700075064";
const nurse = "899700218896";

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
});

beforeEach(async () => {
  house = await TestBroker.start({
    administrators: [
      { holder: physician, roles: ["trust", "helpdesk"] },
      { holder: nurse, roles: ["auditor"] },
    ],
  });
  client = new BrokerClient(await house.enrol("CARDIO-01"));
  context = await browser.newContext({ locale: "fr", viewport: { width: 1280, height: 800 } });
  page = await context.newPage();
});

afterEach(async () => {
  await context.close();
  await client.close();
  await house.close();
});

/** Signed in at the workstation, the console opened from the portal; answers the seat. */
async function open(card = "physician"): Promise<string> {
  const { seat } = await signIn(client, house.keysOf(card));
  await page.addInitScript(() => localStorage.setItem("language", "en"));
  await page.goto((await client.launch(seat, consoleApplication.id)).url);
  await page.locator(".console").waitFor();
  return seat;
}

async function goTo(name: string): Promise<void> {
  await page.getByRole("navigation", { name: "Pages of the console" }).getByRole("link", { name }).click();
  await page.getByRole("heading", { name, level: 1 }).waitFor();
}

const pemOf = (card: string) => new X509Certificate(house.keysOf(card).authentication.certificate).toString();
const paste = (text: string) => page.getByLabel("Certificate (PEM").fill(text);
const verdict = () => page.locator(".verdict");

/** A question asked as from outside a page, with the cookie of this browser. */
async function askBare(path: string, headers: Record<string, string>, body?: object) {
  const answer = await context.request.fetch(house.broker.webOrigin + path, {
    method: body === undefined ? "GET" : "POST",
    headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { data: JSON.stringify(body) }),
  });
  return { status: answer.status(), body: (await answer.json()) as { code?: string } };
}

const ours = () => ({ [consoleHeader]: "1", origin: house.broker.webOrigin });

const records = (act: TrailRecord["act"]) => house.recordsOf(act);

describe("signing in", () => {
  test("from the portal, by the card that is in", async () => {
    await open();
    await page.getByText("Camille AUBERT").first().waitFor();
    expect(await page.getByText("Card and PIN").count()).toBeGreaterThan(0);
    expect(new URL(page.url()).pathname).toBe("/console/");
    expect(records("application-launched")).toMatchObject([{ application: consoleApplication.id, holder: physician }]);
  });

  test("who has no role finds no console in his portal, and is refused it", async () => {
    const session = await signIn(client, house.keysOf("cps4"));
    expect(session.applications.map(({ id }) => id)).not.toContain(consoleApplication.id);
    await expect(client.launch(session.seat, consoleApplication.id)).rejects.toMatchObject({
      code: "application-not-entitled",
    });
    await page.goto((await client.launch(session.seat, "record")).url).catch(() => {});
    expect(await askBare(consoleRoutes.trust.path, ours())).toMatchObject({
      status: 403,
      body: { code: "session-unknown" },
    });
  });

  test("an address that was used, or whose card went, opens nothing", async () => {
    const { seat } = await signIn(client, house.keysOf("physician"));
    const { url } = await client.launch(seat, consoleApplication.id);
    const late = (await client.launch(seat, consoleApplication.id)).url;
    expect((await page.goto(url))?.status()).toBe(200);
    expect((await context.request.get(url)).status()).toBe(403);
    await client.cover(seat, "card-removed", 0);
    expect((await context.request.get(late)).status()).toBe(403);
  });

  test("no page but those of one's roles, and a code for the rest", async () => {
    await open("nurse");
    const links = page.getByRole("navigation", { name: "Pages of the console" }).getByRole("link");
    const read = [
      "Live",
      "Fallback",
      "Emergency access",
      "Holders",
      "Cards",
      "Workstations",
      "Applications",
      "Policies",
      "Explain",
      "Places",
      "Groups and structures",
      "Directory",
      "Trust",
      "Trail",
      "Stopwatch",
      "Reports",
      "Compliance",
    ];
    expect(await links.allTextContents()).toEqual(read.map(name => expect.stringContaining(name)));
    expect(await page.getByRole("button", { name: "Add an alias" }).count()).toBe(0);
    expect(
      await askBare(consoleRoutes.tryCard.path, ours(), { certificate: Buffer.from("x").toString("base64") }),
    ).toMatchObject({ status: 403, body: { code: "console-role-missing" } });
    await page.goto(`${house.broker.webOrigin}/console/identity`);
    await page.getByRole("heading", { name: "No such page" }).waitFor();
  });
});

describe("when the card goes", () => {
  test("the page covers itself at once and the next question is refused; with the card back it goes on", async () => {
    const seat = await open();
    await goTo("Trust");
    await client.cover(seat, "card-removed", 0);
    await page.getByRole("heading", { name: "Console closed" }).waitFor();
    expect(await page.content()).not.toContain("AUBERT");
    expect(await askBare(consoleRoutes.trust.path, ours())).toMatchObject({ body: { code: "session-unknown" } });
    await signIn(client, house.keysOf("physician"));
    await page.getByRole("heading", { name: "Trust", level: 1 }).waitFor();
  });

  test("moved to another workstation, the old browser's cookie is worth nothing for ever", async () => {
    await open();
    const other = new BrokerClient(await house.enrol("CARDIO-02"));
    await signIn(other, house.keysOf("physician"));
    await page.getByRole("heading", { name: "Console closed" }).waitFor();
    await signIn(client, house.keysOf("physician"));
    expect(await askBare(consoleRoutes.administrator.path, ours())).toMatchObject({ status: 403 });
    await other.close();
  });
});

describe("requests from elsewhere", () => {
  const alias = { identifier: "0123456789", holder: physician, reason: "a new card" };

  test("are refused though the browser shows its cookie, and change nothing", async () => {
    await open();
    const { path } = consoleRoutes.addAlias;
    for (const headers of [
      { origin: house.broker.webOrigin },
      { [consoleHeader]: "1", origin: "http://127.0.0.1:1" },
      { [consoleHeader]: "1" },
    ])
      expect(await askBare(path, headers, alias)).toMatchObject({ status: 403, body: { code: "request-foreign" } });
    expect(await askBare(consoleRoutes.aliases.path, {})).toMatchObject({ body: { code: "request-foreign" } });
    expect(records("holder-alias-added")).toEqual([]);
    expect((await askBare(path, ours(), alias)).status).toBe(200);
    expect(records("holder-alias-added")).toHaveLength(1);
  });

  test("no other page may frame it, run script in it or read its cookie", async () => {
    await open();
    const { headers } = await context.request
      .get(`${house.broker.webOrigin}/console/`)
      .then(answer => ({ headers: answer.headers() }));
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(headers["content-security-policy"]).not.toContain("unsafe");
    const cookie = (await context.cookies()).find(({ name }) => name.includes("console"));
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict" });
  });

  test.each([
    ["a body that does not fit", consoleRoutes.addAlias.path, { identifier: "a b", holder: physician, reason: "x" }],
    ["an address that there is not", "/console/api/v1/nothing", undefined],
  ])("%s is answered with a code", async (_what, path, body) => {
    await open();
    expect(await askBare(path, ours(), body)).toMatchObject({
      status: expect.any(Number),
      body: { code: "request-malformed" },
    });
  });
});

describe("trust", () => {
  test("shows each source with the age of its data, and finds those that are past their time", async () => {
    const { revocation } = house.configuration.trust;
    revocation.sources.push("http://127.0.0.1:1/none.crl");
    revocation.whenOld = { rule: "allow", hours: 168 };
    await client.close();
    await house.restart();
    client = new BrokerClient(await house.enrol("CARDIO-02"));
    await open();
    await goTo("Trust");
    const badges = page.getByRole("region", { name: "Revocation sources" }).locator("tbody .badge");
    const words = async () => (await badges.allTextContents()).map(text => text.trim()).sort();
    await expect.poll(words).toEqual(["Good", "Good", "No data"]);
    await page.getByText(/Does not answer, \d+ failures? since/).waitFor();
    const made = page
      .getByRole("row", { name: /issuing.crl/ })
      .locator("time")
      .first();
    expect(await made.getAttribute("title")).toMatch(/\d{4}/);
    // The lists are good for seven days.
    house.aheadMs = 8 * 86_400_000;
    await open();
    await page.goto(`${house.broker.webOrigin}/console/trust?health=aged`);
    await expect.poll(words).toEqual(["Aged", "Aged"]);
    await page.goto(`${house.broker.webOrigin}/console/trust?health=good`);
    await page.getByText("No source is in this state").waitFor();
  });

  test("an alias is written after its effects were shown, with reason and author in the trail", async () => {
    await open();
    await goTo("Trust");
    await page.getByRole("button", { name: "Add an alias" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("What the old card says").fill("0751234567");
    await dialog.getByLabel("Holder").fill(nurse);
    expect(await dialog.getByRole("button", { name: "See what it will do" }).isDisabled()).toBe(true);
    await dialog.getByLabel("Reason").fill("ADELI to RPPS");
    await dialog.getByRole("button", { name: "See what it will do" }).click();
    await dialog.getByText("From the next card on").waitFor();
    expect(records("holder-alias-added")).toEqual([]);
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByRole("row", { name: /0751234567/ }).waitFor();
    expect(records("holder-alias-added")).toMatchObject([
      {
        by: physician,
        holder: nurse,
        shownAs: "0751234567",
        detail: "ADELI to RPPS",
        means: "card-pin",
        place: "ward",
      },
    ]);
    await page.getByRole("button", { name: "Add an alias" }).click();
    await dialog.getByLabel("What the old card says").fill("0751234567");
    await dialog.getByLabel("Holder").fill(physician);
    await dialog.getByLabel("Reason").fill("once more");
    await dialog.getByRole("button", { name: "See what it will do" }).click();
    await dialog.getByText("is in the way").waitFor();
    expect(await dialog.getByRole("button", { name: "Add", exact: true }).isDisabled()).toBe(true);
  });
});

describe("the identity test", () => {
  test("a good card: who it names, by which rule, and that it would be let in", async () => {
    await open();
    await goTo("Identity test");
    await paste(pemOf("nurse"));
    await expect.poll(() => verdict().textContent()).toContain("Would be let in now");
    await page.getByRole("heading", { name: "Inès MOREL" }).waitFor();
    const member = page.locator('[data-member="professionCode"]');
    expect(await member.textContent()).toContain("60");
    expect(await member.textContent()).toContain("gipProfessionCode");
    await page.getByText("TEST card: in demonstration only").waitFor();
    await page.getByText("Nominative", { exact: true }).waitFor();
    expect(records("sign-in-denied")).toEqual([]);
  });

  test.each([
    ["expired", "certificate-expired"],
    ["revoked", "certificate-revoked"],
    ["unknown-authority", "certificate-untrusted"],
  ])("the %s card: whom it names all the same, and why it would be refused", async (card, code) => {
    await open();
    await goTo("Identity test");
    await paste(pemOf(card));
    await expect.poll(() => verdict().textContent()).toContain(code);
    await page.locator('[data-member="familyName"]').waitFor();
  });

  test("a dropped file of DER is read, and a private key is not looked at", async () => {
    await open();
    await goTo("Identity test");
    const der = Buffer.from(house.keysOf("nurse").authentication.certificate);
    await page
      .getByLabel("Choose a file")
      .setInputFiles({ name: "card.der", mimeType: "application/x-x509", buffer: der });
    await expect.poll(() => verdict().textContent()).toContain("Would be let in now");
    const key = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "pem" });
    await paste(String(key));
    await page.getByText("No certificate can be read in it").waitFor();
  });

  test.each([
    ["words", "hello", "No certificate can be read in it"],
    ["base64 of nothing that is a certificate", Buffer.from("0".repeat(80)).toString("base64"), "it names nobody"],
  ])("%s: said so, and nothing opens", async (_what, text, told) => {
    await open();
    await goTo("Identity test");
    await paste(text);
    await page.getByText(told).waitFor();
  });

  test("own rules are tried in the page; rules with a fault are told by its place", async () => {
    await open();
    await goTo("Identity test");
    await paste(pemOf("nurse"));
    await page.getByLabel("Identity rules").selectOption("own");
    expect(page.url()).toContain("rules=own");
    await page.getByText("These rules find nobody in it").waitFor();
    const rules = page.getByLabel("Rules, as in the trust document");
    await rules.fill(
      JSON.stringify({
        name: "by name",
        rules: [
          {
            name: "the number",
            member: "subjectNameId",
            from: { kind: "subject", attribute: "2.5.4.3" },
            prefix: "X:",
          },
          { name: "the name", member: "familyName", from: { kind: "subject", attribute: "2.5.4.4" } },
        ],
      }),
    );
    await expect.poll(() => page.locator('[data-member="subjectNameId"]').textContent()).toContain(`X:${nurse}`);
    await rules.fill('{"name":"x","rules":[{"name":"y","member":"shoeSize","from":{"kind":"email"}}]}');
    await expect.poll(() => page.locator(".notice pre").textContent()).toContain("rules[0].member");
  });
});

describe("live", () => {
  test("says who sits where, and finds by a part of the name", async () => {
    await open();
    await page.getByRole("row", { name: /Camille AUBERT.*CARDIO-01/ }).waitFor();
    await page.getByLabel("Person, identifier or workstation").fill("nobody_");
    await page.getByText("No session matches").waitFor();
    expect(page.url()).toContain("search=nobody_");
    await page.getByLabel("Person, identifier or workstation").fill("cardio");
    await page.getByRole("row", { name: /Camille AUBERT/ }).waitFor();
  });

  test("the palette leads to every page by the keyboard alone", async () => {
    await open();
    await page.keyboard.press("Control+k");
    await page.keyboard.type("ident");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Identity test", level: 1 }).waitFor();
  });
});

describe("trail", () => {
  test("an auditor finds what a person did, and that he looked is recorded before he sees it", async () => {
    await signIn(client, house.keysOf("physician"));
    await open("nurse");
    await goTo("Trail");
    await page
      .getByRole("row", { name: /Session opened/ })
      .first()
      .waitFor();
    await page.getByLabel("Identifier of the person").fill(physician);
    await page.getByRole("combobox", { name: "Act" }).selectOption("session-opened");
    await page.getByRole("button", { name: "Search", exact: true }).click();
    await expect.poll(() => page.url()).toContain(`holder=${physician}`);
    await expect.poll(() => page.locator("tbody tr").count()).toBe(1);
    await page.getByRole("row", { name: new RegExp(`Session opened.*${physician}.*CARDIO-01`) }).waitFor();
    expect(records("trail-queried").map(({ by, detail }) => [by, detail])).toContainEqual([
      nurse,
      `holder=${physician} act=session-opened`,
    ]);
  });

  test("a record is proved to somebody outside, by the page's own file", async () => {
    await open("nurse");
    await goTo("Trail");
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download the proof of record 1", exact: true }).click();
    const proof = JSON.parse(readFileSync(await (await saving).path(), "utf8")) as TrailProof;
    const key = readNoteKey(proof.key, sha256);
    const text = key && openNote(proof.checkpoint, key, { sha256, signatures: nodeSignatureVerifier() });
    const checkpoint = readCheckpoint(text ?? "");
    const leaf = leafHash(Buffer.from(proof.leaf), sha256);
    const path = proof.path.map(hash => Buffer.from(hash, "base64"));
    if (checkpoint === undefined) throw new Error("no signed checkpoint");
    expect(proof.leaf).toMatch(/^[0-9a-f]{64}\n1\n\{"act":/);
    expect(verifyInclusion(leaf, proof.index, checkpoint, path, sha256)).toBe(true);
    expect(verifyInclusion(leafHash(Buffer.from(`${proof.leaf} `), sha256), 0, checkpoint, path, sha256)).toBe(false);
  });

  test("an export gives its reason, which is recorded", async () => {
    await open("nurse");
    await goTo("Trail");
    expect(await page.getByRole("button", { name: "CSV" }).isDisabled()).toBe(true);
    await page.getByLabel("Reason, written into the trail").fill("complaint 2026-114");
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name: "CSV" }).click();
    const text = readFileSync(await (await saving).path(), "utf8");
    expect(text.split("\r\n")[0]).toMatch(/^origin,sequence,time,act,holder/);
    expect(text).toContain("trail-exported");
    expect(records("trail-exported")).toMatchObject([{ by: nurse, detail: "csv, everything: complaint 2026-114" }]);
  });

  test("pages follow one another by number, and are one query", async () => {
    for (let round = 0; round < 55; round += 1)
      await client.report({ report: randomUUID(), denied: "sign-in", code: "pin-wrong" });
    await open("nurse");
    await goTo("Trail");
    await expect.poll(() => page.locator("tbody tr").count()).toBe(50);
    const last = await page.locator("tbody tr th").last().textContent();
    const queries = records("trail-queried").length;
    await page.getByRole("link", { name: "Older", exact: true }).click();
    await expect.poll(() => page.locator("tbody tr th").first().textContent()).toBe(String(Number(last) - 1));
    expect(records("trail-queried")).toHaveLength(queries);
  });

  test("is for auditors alone", async () => {
    await open("physician");
    for (const path of [consoleRoutes.trail.path, `${consoleRoutes.trailProof.path}?sequence=1`])
      expect(await askBare(path, ours())).toMatchObject({ status: 403, body: { code: "console-role-missing" } });
    const question = { format: "csv", reason: "curiosity" };
    expect(await askBare(consoleRoutes.trailExport.path, ours(), question)).toMatchObject({ status: 403 });
    expect(records("trail-queried")).toEqual([]);
    expect(records("trail-exported")).toEqual([]);
  });
});

describe("for everybody", () => {
  test.each(["Live", "Trust", "Identity test", "Trail"])("%s: nothing that axe would object to", async name => {
    const seat = await open(name === "Trail" ? "nurse" : "physician");
    await goTo(name);
    if (name === "Trail") await page.locator("tbody tr").first().waitFor();
    if (name === "Identity test") {
      await paste(pemOf("nurse"));
      await verdict().waitFor();
    }
    expect(await objections(page)).toEqual([]);
    await client.cover(seat, "card-removed", 0);
    await page.getByRole("heading", { name: "Console closed" }).waitFor();
    expect(await objections(page)).toEqual([]);
  });
});
