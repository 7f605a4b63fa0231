import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { BrokerEvent, OfferedChallenge, SeatedSession } from "../../core/ports/broker-connection.ts";
import { type ApplicationProfile, applicationProfiles } from "../../demo/application/application-profile.ts";
import { startApplication } from "../../demo/application/start-application.ts";
import { freePorts } from "../../demo/ward/free-ports.ts";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import { BareClient, claimsIn } from "./support/bare-client.ts";
import { CookieBrowser, type OpenedPage } from "./support/cookie-browser.ts";
import { eventually } from "./support/eventually.ts";
import { proofOf, signIn, TestBroker } from "./support/test-broker.ts";

let house: TestBroker;
let client: BrokerClient;
let app: { close(): Promise<void> };
let port: number;
let session: SeatedSession;
let heard: BrokerEvent[];

const secret = "a secret of at least thirty-two characters";
const demanding = applicationProfiles.find(({ id }) => id === "prescriptions") as ApplicationProfile;
const high = "urn:wardkey:assurance:high";
const substantial = "urn:wardkey:assurance:substantial";

beforeEach(async () => {
  [port = 0] = await freePorts(1);
  const base = `http://127.0.0.1:${port}`;
  const prescriptions = {
    id: "prescriptions",
    name: "Prescriptions",
    icon: "pill",
    initiateLoginUri: `${base}/login`,
    client: {
      clientId: "prescriptions",
      clientSecret: secret,
      redirectUris: [`${base}/callback`],
      postLogoutRedirectUris: [],
      backchannelLogoutUri: `${base}/backchannel-logout`,
    },
  };
  house = await TestBroker.start({ applications: [prescriptions] });
  client = new BrokerClient(await house.enrol("A"));
  heard = [];
  client.subscribe(event => heard.push(event));
  app = await startApplication({
    profile: demanding,
    port,
    issuer: house.broker.webOrigin,
    clientId: "prescriptions",
    clientSecret: secret,
  });
  await eventually(() => heard.some(({ type }) => type === "connected"));
  const first = await signIn(client, house.keysOf("physician"));
  await client.cover(first.seat, "card-removed", 0);
  session = await signIn(client, house.keysOf("physician"));
  expect(session.means).toBe("card-presence");
});

afterEach(async () => {
  await client.close();
  await app.close();
  await house.close();
});

type Wanted = Extract<BrokerEvent, { type: "step-up-wanted" }>;

async function wanted(): Promise<Wanted> {
  const found = () => heard.find((event): event is Wanted => event.type === "step-up-wanted");
  await eventually(() => found() !== undefined);
  return found() as Wanted;
}

/** The application, launched in the seat's browser: it stands at the page that says where to type. */
async function launched(): Promise<{ browser: CookieBrowser; next: string }> {
  const browser = new CookieBrowser();
  const { url } = await client.launch(session.seat, "prescriptions");
  const page = await browser.open(url);
  expect(page.status).toBe(200);
  expect(page.text).toContain("Tapez votre code dans la fenêtre Wardkey de ce poste");
  return { browser, next: nextOf(page) };
}

/** Where a page goes on to by itself. */
function nextOf({ headers, url }: OpenedPage): string {
  const { refresh } = headers;
  return new URL(/url=(.*)$/.exec(String(refresh))?.[1] ?? "nowhere:", url).href;
}

const card = () => house.keysOf("physician").authentication;

async function typePin(stepUp: string): Promise<SeatedSession> {
  const offered = await client.stepUpChallenge(stepUp, card().certificate);
  return client.stepUpProve(stepUp, offered.challenge.nonce, proofOf(offered, card()));
}

const stepUps = () => house.records().filter(({ act }) => act.startsWith("step-up-"));
const acts = () => stepUps().map(({ act, code }) => (code === undefined ? act : `${act} ${code}`));

function claim(text: string, name: string): string {
  return new RegExp(`data-claim="${name}">([^<]*)<`).exec(text)?.[1] ?? "";
}

describe("an application that demands a higher level than the session has", () => {
  test("the PIN is asked for at the workstation; then it gets the level, and when the PIN was typed", async () => {
    const { browser, next } = await launched();
    const { stepUp, seat, application } = await wanted();
    expect([seat, application]).toEqual([session.seat, "Prescriptions"]);
    const waiting = browser.open(next);
    house.aheadMs += 60_000;
    const raised = await typePin(stepUp);
    expect(raised).toMatchObject({ session: session.session, seat: session.seat, means: "card-pin", resumed: true });
    const page = await waiting;
    expect(page.status).toBe(200);
    expect(claim(page.text, "acr")).toBe(high);
    expect(claim(page.text, "amr")).toBe("sc pin mfa");
    const provenAt = stepUps().find(({ act }) => act === "step-up-done")?.at ?? 0;
    expect(Date.parse(claim(page.text, "auth_time"))).toBe(Math.floor(provenAt / 1000) * 1000);
    expect(acts()).toEqual(["step-up-asked", "step-up-done"]);
    expect(stepUps()[1]).toMatchObject({
      holder: "899700075064",
      means: "card-pin",
      assurance: "high",
      session: session.session,
      application: "prescriptions",
    });
  });

  test("the holder cancels: the application gets the error, and the session is as it was", async () => {
    const { browser, next } = await launched();
    const { stepUp } = await wanted();
    const waiting = browser.open(next);
    await client.refuseStepUp(stepUp, "step-up-cancelled", undefined);
    const page = await waiting;
    expect(page.status).toBe(403);
    expect(page.text).toContain("access_denied");
    expect(page.text).not.toContain("AUBERT");
    expect(acts()).toEqual(["step-up-asked", "step-up-refused step-up-cancelled"]);
    expect((await signIn(client, house.keysOf("physician"))).means).toBe("card-presence");
  });

  test("the card is pulled: it is over, and the browser gets nothing", async () => {
    const { browser, next } = await launched();
    const { stepUp } = await wanted();
    const waiting = browser.open(next);
    await client.cover(session.seat, "card-removed", 0);
    expect((await waiting).text).not.toContain("AUBERT");
    await expect(typePin(stepUp)).rejects.toMatchObject({ code: "step-up-unknown" });
    expect(acts()).toEqual(["step-up-asked", "step-up-refused step-up-seat-left", "step-up-refused step-up-unknown"]);
  });

  test("a workstation without a line is not waited for", async () => {
    const browser = new CookieBrowser();
    const { url } = await client.launch(session.seat, "prescriptions");
    await client.close();
    const page = await browser.open(nextOf(await browser.open(url)));
    expect(page.status).toBe(403);
    expect(page.text).toContain("access_denied");
    expect(acts()).toEqual(["step-up-asked", "step-up-refused workstation-away"]);
  });

  test("a session that has the level already is asked for nothing", async () => {
    await client.cover(session.seat, "card-removed", 0);
    const own = await signIn(client, house.keysOf("physician"), false);
    expect(own.means).toBe("card-pin");
    const page = await new CookieBrowser().open((await client.launch(own.seat, "prescriptions")).url);
    expect(claim(page.text, "acr")).toBe(high);
    expect(acts()).toEqual([]);
  });
});

describe("what a step-up does not believe", () => {
  const asked = async () => {
    await launched();
    return (await wanted()).stepUp;
  };
  const nothingRaised = async (code: string) => {
    expect(acts()).toEqual(["step-up-asked", `step-up-refused ${code}`]);
    expect(house.records().filter(({ act }) => act === "step-up-done")).toEqual([]);
  };

  test("another holder's card", async () => {
    const stepUp = await asked();
    const nurse = house.keysOf("nurse").authentication;
    await expect(client.stepUpChallenge(stepUp, nurse.certificate)).rejects.toMatchObject({
      code: "step-up-other-card",
    });
    await nothingRaised("step-up-other-card");
  });

  test("a revoked card of whoever it is", async () => {
    const stepUp = await asked();
    const { certificate } = house.keysOf("revoked").authentication;
    await expect(client.stepUpChallenge(stepUp, certificate)).rejects.toMatchObject({ code: "certificate-revoked" });
    await nothingRaised("certificate-revoked");
  });

  test("a signature by the key that needs no PIN", async () => {
    const stepUp = await asked();
    const offered = await client.stepUpChallenge(stepUp, card().certificate);
    const { key } = house.keysOf("physician").presence;
    const proof = proofOf(offered, { key, certificate: card().certificate });
    await expect(client.stepUpProve(stepUp, offered.challenge.nonce, proof)).rejects.toMatchObject({
      code: "proof-signature-wrong",
    });
    await nothingRaised("proof-signature-wrong");
  });

  test("a proof that was made for signing in", async () => {
    const stepUp = await asked();
    const offered = await client.challenge(card().certificate, false);
    const proof = proofOf(offered, card());
    await expect(client.stepUpProve(stepUp, offered.challenge.nonce, proof)).rejects.toMatchObject({
      code: "challenge-unknown",
    });
    await nothingRaised("challenge-unknown");
  });

  test("a proof whose purpose is not the one that was given", async () => {
    const stepUp = await asked();
    const offered = await client.stepUpChallenge(stepUp, card().certificate);
    const renamed: OfferedChallenge = { ...offered, challenge: { ...offered.challenge, purpose: "unlock" } };
    await expect(client.stepUpProve(stepUp, offered.challenge.nonce, proofOf(renamed, card()))).rejects.toMatchObject({
      code: "proof-mismatch",
    });
    await nothingRaised("proof-mismatch");
  });

  test("another workstation", async () => {
    const stepUp = await asked();
    const offered = await client.stepUpChallenge(stepUp, card().certificate);
    const other = new BrokerClient(await house.enrol("B"));
    try {
      await expect(other.stepUpChallenge(stepUp, card().certificate)).rejects.toMatchObject({
        code: "step-up-unknown",
      });
      await expect(other.stepUpProve(stepUp, offered.challenge.nonce, proofOf(offered, card()))).rejects.toMatchObject({
        code: "step-up-unknown",
      });
      // It can end nothing there either.
      await other.refuseStepUp(stepUp, "step-up-cancelled", undefined);
      expect((await typePin(stepUp)).means).toBe("card-pin");
    } finally {
      await other.close();
    }
  });

  test("the same proof twice", async () => {
    const stepUp = await asked();
    const offered = await client.stepUpChallenge(stepUp, card().certificate);
    const proof = proofOf(offered, card());
    await client.stepUpProve(stepUp, offered.challenge.nonce, proof);
    await expect(client.stepUpProve(stepUp, offered.challenge.nonce, proof)).rejects.toMatchObject({
      code: "step-up-unknown",
    });
    expect(acts()).toEqual(["step-up-asked", "step-up-done", "step-up-refused step-up-unknown"]);
  });

  test("a proof after the session has moved", async () => {
    const stepUp = await asked();
    const offered = await client.stepUpChallenge(stepUp, card().certificate);
    const other = new BrokerClient(await house.enrol("B"));
    try {
      await signIn(other, house.keysOf("physician"));
      await expect(client.stepUpProve(stepUp, offered.challenge.nonce, proofOf(offered, card()))).rejects.toMatchObject(
        { code: "step-up-unknown" },
      );
    } finally {
      await other.close();
    }
    expect(acts().slice(0, 2)).toEqual(["step-up-asked", "step-up-refused step-up-seat-left"]);
    expect(house.records().filter(({ act }) => act === "step-up-done")).toEqual([]);
  });
});

test("a proof that was made for a step-up signs nobody in", async () => {
  await launched();
  const { stepUp } = await wanted();
  const offered = await client.stepUpChallenge(stepUp, card().certificate);
  await expect(client.prove(offered.challenge.nonce, proofOf(offered, card()), {})).rejects.toMatchObject({
    code: "proof-mismatch",
  });
  expect(house.records().at(-1)).toMatchObject({ act: "sign-in-denied", code: "proof-mismatch" });
});

describe("what a relying party can demand", () => {
  let party: BareClient;
  beforeEach(() => {
    const redirectUri = `http://127.0.0.1:${port}/callback`;
    party = new BareClient(house.broker.webOrigin, { clientId: "prescriptions", redirectUri, clientSecret: secret });
  });
  const claimsOf = async (location: string) => {
    const { body } = await party.exchange(new URL(location).searchParams.get("code") ?? "");
    return claimsIn(body.id_token);
  };
  /** A browser of the seat that is signed in at the level of the session. */
  const bound = async () => {
    const browser = new CookieBrowser();
    await browser.open((await client.launch(session.seat, "prescriptions")).url);
    await client.refuseStepUp((await wanted()).stepUp, "step-up-cancelled", undefined);
    heard = [];
    return browser;
  };

  test("a level that the session has is asked for by its very word, Pro Santé Connect's included", async () => {
    const browser = await bound();
    for (const acr of [substantial, "eidas1", "urn:wardkey:assurance:low"]) {
      const { location } = await party.authorize(browser, { acr_values: `urn:elsewhere:7 ${acr}` });
      expect((await claimsOf(location ?? ""))["acr"]).toBe(acr);
    }
    const { location } = await party.authorize(browser, { acr_values: "urn:elsewhere:7" });
    expect((await claimsOf(location ?? ""))["acr"]).toBe(substantial);
    expect(heard).toEqual([]);
  });

  test.each([
    ["prompt=login", { prompt: "login" }],
    ["max_age", { max_age: "0" }],
    ["an essential acr claim", { claims: JSON.stringify({ id_token: { acr: { essential: true, value: high } } }) }],
  ] as const)("%s asks for the PIN, once", async (_what, demand) => {
    const browser = await bound();
    house.aheadMs += 5_000;
    const page = await party.authorize(browser, demand);
    expect(page.text).toContain("Tapez votre code");
    const answered = browser.until(nextOf(page), `http://127.0.0.1:${port}/callback`);
    await typePin((await wanted()).stepUp);
    expect((await claimsOf(await answered))["acr"]).toBe(high);
    expect(heard.filter(({ type }) => type === "step-up-wanted")).toHaveLength(1);
  });

  test("with prompt=none nobody is asked, and the relying party is told", async () => {
    const browser = await bound();
    for (const demand of [
      { acr_values: high },
      { claims: JSON.stringify({ id_token: { acr: { essential: true, value: high } } }) },
    ]) {
      const answer = await party.answer(browser, { ...demand, prompt: "none" });
      expect(answer.get("error")).toBe("login_required");
    }
    expect(heard).toEqual([]);
  });

  test("an essential level that is not ours is refused without asking", async () => {
    const browser = await bound();
    const claims = JSON.stringify({ id_token: { acr: { essential: true, values: ["urn:elsewhere:7"] } } });
    const answer = await party.answer(browser, { claims });
    expect(answer.get("error")).toBe("unmet_authentication_requirements");
    expect(heard).toEqual([]);
  });
});
