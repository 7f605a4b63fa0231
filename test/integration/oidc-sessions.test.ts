import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { assuranceOf } from "../../core/session/means.ts";
import { type BareClient, claimsIn, type TokenAnswer } from "./support/bare-client.ts";
import { eventually } from "./support/eventually.ts";
import { OidcHouse } from "./support/oidc-house.ts";
import { signIn } from "./support/test-broker.ts";

const both: ("authorization_code" | "refresh_token")[] = ["authorization_code", "refresh_token"];
let house: OidcHouse;
let seat = "";

beforeAll(async () => {
  house = await OidcHouse.open({
    record: { grantTypes: both },
    lasting: { grantTypes: both, logoutAt: "end" },
    "pair-a": { subjectType: "pairwise", sectorIdentifierUri: "https://sector.example/uris", scopes: ["openid"] },
    "pair-b": { subjectType: "pairwise", sectorIdentifierUri: "https://sector.example/uris", scopes: ["openid"] },
    "pair-c": { subjectType: "pairwise", scopes: ["openid"] },
    old: { idTokenSignedResponseAlg: "RS256" },
    older: { idTokenSignedResponseAlg: "PS256" },
    untold: { backchannelLogoutUri: "http://127.0.0.1:1/backchannel-logout" },
  });
});
afterEach(async () => {
  await house.workstation.end(seat);
});
afterAll(async () => {
  await house.close();
});

async function seated(card?: string) {
  const here = await house.seated(card);
  seat = here.seat;
  return here.browser;
}

/** What a client is told in its ID token. */
async function told(client: BareClient, changes: Record<string, string | undefined> = {}) {
  return claimsIn((await client.tokens(await house.browserOf(seat), changes)).id_token);
}

describe("claims", () => {
  test("carry Pro Santé Connect's names, and who, by which means and where", async () => {
    await seated();
    expect(await told(house.client("record"), { scope: "openid scope_all" })).toMatchObject({
      sub: "899700075064",
      SubjectNameID: "899700075064",
      preferred_username: "899700075064",
      given_name: "Camille",
      family_name: "AUBERT",
      SubjectRole: ["10^1.2.250.1.213.1.1.5.5"],
      authMode: "CARD",
      SubjectRefPro: { exercices: [{ codeProfession: "10", nomDexercice: "AUBERT", prenomDexercice: "Camille" }] },
      otherIds: [{ identifiant: "899700075064", origine: "RPPS" }],
      acr: "urn:wardkey:assurance:high",
      amr: ["sc", "pin", "mfa"],
      wardkey_means: "card-pin",
      wardkey_place: "ward",
      wardkey_workstation: "A",
    });
  });

  test("are no more than the scopes open, and what is asked for by name", async () => {
    await seated();
    const bare = await told(house.client("record"), { scope: "openid" });
    expect(bare).not.toHaveProperty("family_name");
    const claims = JSON.stringify({ id_token: { family_name: null }, userinfo: { SubjectRole: null } });
    expect(await told(house.client("record"), { scope: "openid", claims })).toHaveProperty("family_name", "AUBERT");
    const { access_token } = await house
      .client("record")
      .tokens(await house.browserOf(seat), { scope: "openid", claims });
    const { body } = await house.client("record").userinfo(access_token);
    expect(body).toEqual({ sub: "899700075064", SubjectRole: ["10^1.2.250.1.213.1.1.5.5"] });
  });

  test("asked for by name beyond the client's scopes, stay unsaid", async () => {
    await seated();
    const claims = JSON.stringify({ id_token: { family_name: null } });
    expect(await told(house.client("pair-c"), { scope: "openid", claims })).not.toHaveProperty("family_name");
  });

  test("name the holder otherwise in every sector, and alike within one", async () => {
    await seated();
    const subjects = [];
    for (const id of ["pair-a", "pair-b", "pair-c"])
      subjects.push((await told(house.client(id), { scope: "openid" }))["sub"]);
    const [a, b, c] = subjects;
    expect(a).toBe(b);
    expect(c).not.toBe(a);
    expect(subjects).not.toContain("899700075064");
    await house.workstation.end(seat);
    await seated("nurse");
    expect((await told(house.client("pair-a"), { scope: "openid" }))["sub"]).not.toBe(a);
  });

  test("can be asked for of one holder only", async () => {
    await seated();
    const claims = JSON.stringify({ id_token: { sub: { value: "899700075064" } } });
    expect(await told(house.client("record"), { claims })).toHaveProperty("sub", "899700075064");
  });

  test.each([
    ["record", "ES256"],
    ["old", "RS256"],
    ["older", "PS256"],
  ])("are signed for %s by %s", async (id, alg) => {
    const browser = await seated();
    const { id_token = "" } = await house.client(id).tokens(browser);
    expect(JSON.parse(Buffer.from(id_token.split(".")[0] ?? "", "base64url").toString())).toMatchObject({ alg });
  });
});

describe("level and age", () => {
  test("auth_time is when the card proved it, also after its return", async () => {
    await seated();
    const first = Number((await told(house.client("record")))["auth_time"]);
    house.broker.aheadMs += 120_000;
    expect((await told(house.client("record")))["auth_time"]).toBe(first);
    await house.workstation.cover(seat, "card-removed", 0);
    await signIn(house.workstation, house.broker.keysOf("physician"));
    const claims = await told(house.client("record"));
    expect(Number(claims["auth_time"]) - first).toBeGreaterThanOrEqual(120);
    expect(claims["acr"]).toBe(`urn:wardkey:assurance:${assuranceOf("card-presence")}`);
  });

  test("a proof that is young enough, or high enough, is answered; another is not, where nobody may be asked", async () => {
    const browser = await seated();
    const record = house.client("record");
    expect((await record.answer(browser, { max_age: "60" })).has("code")).toBe(true);
    house.broker.aheadMs += 61_000;
    const old = await record.answer(browser, { max_age: "60", prompt: "none" });
    expect(old.get("error")).toBe("login_required");
    const substantial = { acr_values: "urn:wardkey:assurance:substantial" };
    expect((await record.answer(browser, substantial)).has("code")).toBe(true);
    await house.workstation.cover(seat, "card-removed", 0);
    await signIn(house.workstation, house.broker.keysOf("physician"));
    const resumed = await house.browserOf(seat);
    expect((await record.answer(resumed, substantial)).has("code")).toBe(true);
    const high = { acr_values: "urn:wardkey:assurance:high", prompt: "none" };
    expect((await record.answer(resumed, high)).get("error")).toBe("login_required");
    // Values of somebody else's are wishes that nobody here can grant: the answer says what it is.
    expect((await record.answer(resumed, { acr_values: "urn:example:other" })).has("code")).toBe(true);
  });
});

describe("what a sign-in gave", () => {
  const isAlive = async (client: BareClient, { access_token, refresh_token }: TokenAnswer["body"]) => ({
    access: (await client.userinfo(access_token)).status === 200,
    refresh: (await client.refresh(refresh_token)).status === 200,
  });

  test("hangs on the card where the application is told at removal", async () => {
    const record = house.client("record");
    const tokens = await record.tokens(await seated());
    await house.workstation.cover(seat, "card-removed", 0);
    expect(await isAlive(record, tokens)).toEqual({ access: false, refresh: false });
    // The card's return is another sign-in: what the first one gave does not come back.
    await signIn(house.workstation, house.broker.keysOf("physician"));
    expect(await isAlive(record, tokens)).toEqual({ access: false, refresh: false });
  });

  test("lives as long as the session where it is told at the end", async () => {
    const lasting = house.client("lasting");
    const tokens = await lasting.tokens(await seated());
    await house.workstation.cover(seat, "card-removed", 0);
    expect((await lasting.userinfo(tokens.access_token)).status).toBe(200);
    const { body } = await lasting.refresh(tokens.refresh_token);
    expect(claimsIn(body.id_token)).toMatchObject({ sub: "899700075064" });
    // Without a seat it cannot sign in anew, though.
    expect((await lasting.authorize(house.stranger())).status).toBe(403);
    await house.workstation.end(seat);
    expect(await isAlive(lasting, body)).toEqual({ access: false, refresh: false });
  });

  test("also where the session ends without a seat", async () => {
    const lasting = house.client("lasting");
    const tokens = await lasting.tokens(await seated());
    // Another person's card: the first session stays alive without a seat.
    const next = await signIn(house.workstation, house.broker.keysOf("nurse"));
    expect((await lasting.userinfo(tokens.access_token)).status).toBe(200);
    house.broker.aheadMs += 13 * 3_600_000;
    expect((await lasting.userinfo(tokens.access_token)).status).toBe(401);
    seat = (await signIn(house.workstation, house.broker.keysOf("physician"))).seat;
    expect(next.seat).not.toBe(seat);
    await eventually(() => signedOut("lasting") !== undefined);
    expect(signedOut("lasting")).toMatchObject({ detail: "end" });
  });

  function signedOut(application: string) {
    return house.broker
      .records()
      .findLast(({ act, application: of }) => act === "application-signed-out" && of === application);
  }
});

describe("the trail", () => {
  test("has each application's sign-in and sign-out, before they can be used", async () => {
    const browser = await seated();
    await house.client("record").code(browser);
    const about = { application: "record", holder: "899700075064" };
    expect(house.broker.records().at(-1)).toMatchObject({
      act: "application-signed-in",
      means: "card-pin",
      place: "ward",
      ...about,
    });
    await house.workstation.cover(seat, "card-removed", 0);
    await eventually(() => house.broker.records().at(-1)?.act === "application-signed-out");
    expect(house.broker.records().at(-1)).toMatchObject({ detail: "removal", ...about });
  });

  test("says which application could not be told", async () => {
    await house.client("untold").code(await seated());
    await house.workstation.cover(seat, "card-removed", 0);
    await eventually(() => house.broker.records().at(-1)?.act === "application-not-told");
    expect(house.broker.records().at(-1)).toMatchObject({ application: "untold", holder: "899700075064" });
  });
});

describe("leaving one application", () => {
  const endSession = (fields: Record<string, string>) => `${house.origin}/session/end?${new URLSearchParams(fields)}`;

  test("ends what it had, and nothing of another", async () => {
    const browser = await seated();
    const record = house.client("record");
    const lasting = house.client("lasting");
    const tokens = await record.tokens(browser);
    const others = await lasting.tokens(browser);
    const page = await browser.open(endSession({ id_token_hint: tokens.id_token ?? "" }));
    expect(page.text).toContain("Votre session reste ouverte");
    expect(page.text).not.toMatch(/<script|onclick/);
    expect((await record.userinfo(tokens.access_token)).status).toBe(200);
    const left = await browser.submit(page);
    expect(left).toMatchObject({ status: 200 });
    expect(left.text).toContain("vous êtes déconnecté");
    expect((await record.userinfo(tokens.access_token)).status).toBe(401);
    expect((await record.refresh(tokens.refresh_token)).status).toBe(400);
    expect((await lasting.userinfo(others.access_token)).status).toBe(200);
    expect(await house.workstation.launch(seat, "record")).toHaveProperty("url");
    expect((await record.answer(browser)).has("code")).toBe(true);
  });

  test("is nothing that a page elsewhere can do, or lead away with", async () => {
    const browser = await seated();
    const tokens = await house.client("record").tokens(browser);
    const hint = tokens.id_token ?? "";
    const away = await browser.open(
      endSession({ id_token_hint: hint, post_logout_redirect_uri: "https://evil.example/" }),
    );
    expect(away).toMatchObject({ status: 400 });
    const forged = `${hint.slice(0, -8)}AAAAAAAA`;
    expect((await browser.open(endSession({ id_token_hint: forged }))).status).toBe(400);
    const nobody = await browser.open(endSession({}));
    expect(nobody.text).toContain("Rien à quitter");
    // Without the page's own secret, nothing is confirmed.
    expect((await fetch(`${house.origin}/session/end/confirm`, { method: "POST" })).status).toBe(400);
    expect((await house.client("record").userinfo(tokens.access_token)).status).toBe(200);
  });
});
