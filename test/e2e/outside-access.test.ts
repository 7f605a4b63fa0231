import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { CDPSession, Page } from "playwright-core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ownApplication } from "../../core/second-factor/own-application.ts";
import { WardCard } from "../../demo/ward/ward-card.ts";
import { startWorkstation, type Workstation } from "../../electron/main/start-workstation.ts";
import { demonstrationCards } from "../../native-bindings/simulator/authority/demonstration-cards.ts";
import { BrowserSeatApplications } from "../../native-bindings/workstation/browser-seat-applications.ts";
import { type ChromiumPage, openChromiumSeatBrowser } from "../../native-bindings/workstation/chromium-seat-browser.ts";
import type { Screen } from "../../protocol/window/view.ts";
import { codeOf } from "../integration/support/own-desk.ts";
import { Pcscd, readerPorts } from "../integration/support/pcscd.ts";
import { TestBroker } from "../integration/support/test-broker.ts";

// A card on the real pcscd, the agent, the broker, and the seat's own Chromium with a virtual security key. A workstation in the ward
// registers; one outside signs in.

interface KeyCredential {
  readonly credentialId: string;
  readonly isResidentCredential: boolean;
  readonly rpId?: string;
  readonly privateKey: string;
  readonly signCount: number;
}

let house: TestBroker;
let pcscd: Pcscd;
let card: WardCard;
const running: Workstation[] = [];
/** What the virtual key holds when a browser starts. */
let credentials: KeyCredential[];
let key: { readonly session: CDPSession; readonly authenticatorId: string } | undefined;
let front: Page | undefined;

beforeEach(async () => {
  credentials = [];
  house = await TestBroker.start(
    {
      places: [
        { id: "ward", name: "Ward", helpdeskPhone: "1234", graceSeconds: 300 },
        { id: "home", name: "At home", helpdeskPhone: "1234", graceSeconds: 300, external: true },
      ],
    },
    {},
    "localhost",
  );
  await house.enrol("WARD-1", "ward");
  await house.enrol("HOME-1", "home");
  pcscd = await Pcscd.start();
  card = await WardCard.start("nurse", join(house.directory, "pki"));
}, 60_000);

afterEach(async () => {
  for (const workstation of running.splice(0)) await workstation.close();
  await card.stop();
  await pcscd.stop();
  await house.close();
});

/** The key is in the machine before the page asks for it, as a person's would be. */
async function plugIn(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "usb", hasUserVerification: false, automaticPresenceSimulation: true },
  });
  for (const credential of credentials) await session.send("WebAuthn.addCredential", { authenticatorId, credential });
  key = { session, authenticatorId };
}

async function start(name: string): Promise<Workstation> {
  const seats = new BrowserSeatApplications<ChromiumPage>({
    openBrowser: async () => {
      const size = { width: 1024, height: 768 };
      const browser = await openChromiumSeatBrowser({ headless: true, language: "fr", size, backToPortal: "Portail" });
      return {
        close: () => browser.close(),
        async newPage() {
          const made = (await browser.newPage()) as ChromiumPage;
          await plugIn(made.page);
          return made;
        },
      };
    },
    onFrontChanged: now => {
      front = now.kind === "application" ? now.page.page : undefined;
    },
  });
  seats.windowIsThere(true);
  const workstation = await startWorkstation({
    state: join(house.directory, name),
    host: { name: "kiosk", applications: seats, showWindow: async () => {}, close: () => seats.close() },
    clock: { now: () => Date.now() + house.aheadMs },
    log: { info() {}, warn() {} },
  });
  running.push(workstation);
  return workstation;
}

async function shown<Name extends Screen["name"]>(
  { agent }: Workstation,
  name: Name,
): Promise<Extract<Screen, { name: Name }>> {
  await expect.poll(() => agent.view().screen.name, { timeout: 20_000 }).toBe(name);
  return agent.view().screen as Extract<Screen, { name: Name }>;
}

const digits = (text: string) => [...text].map(digit => digit.charCodeAt(0));

async function typePin(workstation: Workstation): Promise<void> {
  const { question } = await shown(workstation, "pin");
  const pin = demonstrationCards.find(({ id }) => id === "nurse")?.pin ?? "";
  workstation.agent.intend({ type: "submit-pin", question, pin: digits(pin) });
}

async function inFront(): Promise<Page> {
  await expect.poll(() => front !== undefined, { timeout: 20_000 }).toBe(true);
  return front ?? expect.fail("nothing is in front");
}

async function objections(page: Page): Promise<readonly string[]> {
  const tags = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(" | ")}`);
}

/** In the ward: a phone and a key, by card and PIN. Answers the phone's secret. */
async function register(): Promise<string> {
  const ward = await start("WARD-1");
  await card.insert(readerPorts[0]);
  await typePin(ward);
  await shown(ward, "portal");
  ward.agent.intend({ type: "launch", application: ownApplication.id });
  const page = await inFront();
  await page.getByRole("heading", { name: "Ma connexion de l’extérieur" }).waitFor();
  expect(await objections(page)).toEqual([]);
  await page.getByRole("button", { name: "Enregistrer une application" }).click();
  await page.getByRole("img", { name: "Code QR" }).waitFor();
  expect(await objections(page)).toEqual([]);
  const secret = ((await page.locator("code").textContent()) ?? "").replaceAll(" ", "");
  await page.getByLabel("Le code qu’elle affiche").fill("000000");
  await page.getByRole("button", { name: "Confirmer" }).click();
  await page.getByRole("alert").waitFor();
  await page.getByLabel("Le code qu’elle affiche").fill(codeOf(secret, Date.now() + house.aheadMs));
  await page.getByRole("button", { name: "Confirmer" }).click();
  await page.getByText("Application d’authentification").waitFor();
  await page.getByLabel("Le nom que vous lui donnez").fill("trousseau");
  await page.getByRole("button", { name: "Enregistrer une clé" }).click();
  await page.getByText("Clé de sécurité « trousseau »").waitFor();
  expect(await objections(page)).toEqual([]);
  if (key === undefined) return expect.fail("no key");
  const held = await key.session.send("WebAuthn.getCredentials", { authenticatorId: key.authenticatorId });
  credentials = held.credentials as KeyCredential[];
  ward.agent.intend({ type: "end-session" });
  await shown(ward, "cover");
  await card.remove();
  await ward.close();
  running.splice(running.indexOf(ward), 1);
  house.aheadMs += 30_000;
  return secret;
}

const opened = () => house.records().filter(({ act }) => act === "session-opened");

test("a phone and a key are registered in the ward; outside, each opens a session after card and PIN", {
  timeout: 150_000,
}, async () => {
  const secret = await register();
  expect(house.records().filter(({ act }) => act === "second-factor-registered")).toMatchObject([
    { secondFactor: "totp", means: "card-pin" },
    { secondFactor: "security-key", means: "card-pin", detail: "trousseau" },
  ]);
  const home = await start("HOME-1");
  await card.insert(readerPorts[0]);
  await typePin(home);
  const { question, factors } = await shown(home, "second-factor");
  expect(factors).toEqual(["totp", "security-key"]);
  home.agent.intend({ type: "submit-code", question, code: digits(codeOf(secret, Date.now() + house.aheadMs)) });
  await shown(home, "portal");
  expect(opened().at(-1)).toMatchObject({ secondFactor: "totp", place: "home" });
  home.agent.intend({ type: "end-session" });
  await shown(home, "cover");

  home.agent.intend({ type: "wake" });
  await typePin(home);
  const again = await shown(home, "second-factor");
  home.agent.intend({ type: "use-security-key", question: again.question });
  await shown(home, "portal");
  expect(opened().at(-1)).toMatchObject({ secondFactor: "security-key", place: "home", means: "card-pin" });
  // The page for the key and its browser are gone.
  expect(front).toBeUndefined();
});

test("a key that was copied, and one that is not the holder's, open nothing; the page says so, and leads back", {
  timeout: 150_000,
}, async () => {
  await register();
  const home = await start("HOME-1");
  const [own] = credentials;
  if (own === undefined) return expect.fail("no credential");
  await card.insert(readerPorts[0]);
  await typePin(home);

  // Its counter stands where it stood at the registration: a copy made before has not counted on.
  credentials = [{ ...own, signCount: 41 }];
  home.agent.intend({ type: "use-security-key", question: (await shown(home, "second-factor")).question });
  await shown(home, "portal");
  home.agent.intend({ type: "end-session" });
  await shown(home, "cover");
  home.agent.intend({ type: "wake" });
  await typePin(home);
  credentials = [{ ...own, signCount: 7 }];
  home.agent.intend({ type: "use-security-key", question: (await shown(home, "second-factor")).question });
  const page = await inFront();
  await page.getByText("Clé non acceptée").waitFor();
  expect(await objections(page)).toEqual([]);
  await page.getByRole("button", { name: "Revenir" }).click();
  const back = await shown(home, "second-factor");
  expect(back.problem).toBeUndefined();

  credentials = [{ ...own, credentialId: Buffer.from("another key of somebody").toString("base64") }];
  home.agent.intend({ type: "use-security-key", question: back.question });
  const other = await inFront();
  await other.getByText("La clé n’a pas répondu").waitFor();
  expect(await other.getByText("HOME-1").count()).toBe(1);
  expect(opened().filter(({ place }) => place === "home")).toHaveLength(1);
});
