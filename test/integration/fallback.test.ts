import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FailureCode } from "../../core/errors/catalogue.ts";
import type { BrokerEvent, SeatedSession } from "../../core/ports/broker-connection.ts";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import type { FallbackOrder } from "../../protocol/broker/console/fallback.ts";
import type { ConsoleRole } from "../../protocol/broker/console/roles.ts";
import { consoleRoutes } from "../../protocol/broker/console/routes.ts";
import { ConsoleDesk } from "./support/console-desk.ts";
import { signIn, TestBroker } from "./support/test-broker.ts";

/** Who gets access, who works at the helpdesk, and who approves. */
const nurse = "899700218896";
const physician = "899700075064";
const surgeon = "899700411253";

let house: TestBroker;
let ward: BrokerClient;
let desk: ConsoleDesk;
const open: { close(): Promise<void> }[] = [];

function application(id: string, means?: ("card-pin" | "temporary-password")[]) {
  return {
    id,
    name: id,
    icon: "folder",
    initiateLoginUri: "http://127.0.0.1:1/login",
    client: {
      clientId: id,
      clientSecret: "a secret of at least thirty-two characters",
      redirectUris: ["http://127.0.0.1:1/callback"],
      backchannelLogoutUri: "http://127.0.0.1:1/logout",
    },
    ...(means === undefined ? {} : { means }),
  };
}

async function workstation(name: string, place = "ward"): Promise<BrokerClient> {
  const client = new BrokerClient(await house.enrol(name, place));
  open.push(client);
  return client;
}

async function openDesk(card: string): Promise<ConsoleDesk> {
  const opened = await ConsoleDesk.open(house, card);
  open.push(opened);
  return opened;
}

beforeEach(async () => {
  const roles: ConsoleRole[] = ["helpdesk"];
  house = await TestBroker.start({
    places: [
      { id: "ward", within: "site", name: "Ward", helpdeskPhone: "1234", graceSeconds: 300 },
      { id: "site", name: "Site", helpdeskPhone: "1234", graceSeconds: 0 },
      { id: "elsewhere", name: "Elsewhere", helpdeskPhone: "1234", graceSeconds: 0 },
    ],
    applications: [application("record"), application("reading", ["card-pin", "temporary-password"])],
    administrators: [
      { holder: physician, roles },
      { holder: surgeon, roles: [...roles, "trust"] },
    ],
    fallback: {
      profiles: [
        { id: "shift", name: "One shift", minutes: 600, signIns: 2, places: ["site"], secondPerson: false },
        { id: "day", name: "A day", minutes: 1440, signIns: 20, secondPerson: true },
      ],
      checklist: [
        { id: "call-back", text: { en: "Called back" } },
        { id: "manager", text: { en: "Manager asked" }, required: false },
      ],
    },
  });
  ward = await workstation("WARD-1");
  // The broker knows the holder from her card.
  const { seat } = await signIn(ward, house.keysOf("nurse"));
  await ward.end(seat);
  desk = await openDesk("physician");
});

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  await house.close();
});

const order: FallbackOrder = {
  holder: nurse,
  profile: "shift",
  reason: "card at home",
  checked: ["call-back"],
  cardLost: false,
};

/** Asks, and answers the password where it was issued at once. */
async function issue(change: Partial<FallbackOrder> = {}): Promise<string> {
  const answer = await desk.ask(consoleRoutes.requestFallback, { ...order, ...change });
  if (answer.state !== "issued") return expect.fail(answer.state);
  return answer.password;
}

function byPassword(password: string, { who = nurse, at = ward } = {}): Promise<SeatedSession> {
  return at.signInWithPassword(who, new TextEncoder().encode(password));
}

const refusal = (code: FailureCode) => expect.objectContaining({ name: "Failure", code });
const records = (act: TrailRecord["act"]) => house.records().filter(record => record.act === act);
const last = (act: TrailRecord["act"]) => records(act).at(-1);
const newest = async () => (await desk.ask(consoleRoutes.fallback, {})).fallbacks[0] ?? expect.fail("none");

function seatLost(client: BrokerClient): Promise<Extract<BrokerEvent, { type: "seat-lost" }>> {
  return new Promise(resolve => client.subscribe(event => event.type === "seat-lost" && resolve(event)));
}

describe("a holder without her card", () => {
  test("signs in with what the helpdesk read out: fewer applications, and it says what is left", async () => {
    const password = await issue();
    expect(await ward.describe()).toMatchObject({ temporaryAccess: true });
    const session = await byPassword(password.toLowerCase());
    expect(session).toMatchObject({
      means: "temporary-password",
      holder: { id: nurse, profession: "Infirmier" },
      temporaryAccess: { reason: "card at home", left: 1 },
    });
    expect(session.expiresAt).toBe(session.temporaryAccess?.until);
    expect(session.applications.map(({ id, unavailable }) => [id, unavailable?.reason])).toEqual([
      ["record", "means"],
      ["reading", undefined],
    ]);
    await expect(ward.launch(session.seat, "record")).rejects.toEqual(refusal("application-not-entitled"));
    const about = { holder: nurse, by: physician, means: "card-pin" };
    expect(last("fallback-requested")).toMatchObject(about);
    expect(last("fallback-issued")).toMatchObject(about);
    expect(last("fallback-used")).toMatchObject({ holder: nurse, means: "temporary-password", assurance: "low" });
    expect(last("session-opened")).toMatchObject({ holder: nurse, means: "temporary-password", assurance: "low" });
    // What was read out is nowhere but in her memory.
    const kept = JSON.stringify(house.sql("select * from fallback"));
    expect(kept).toContain("$argon2id$v=19$m=19456,t=2,p=1$");
    expect(kept + JSON.stringify(house.records())).not.toContain(password);
  });

  test("is known by her name in any order, and by her RPPS number", async () => {
    const password = await issue();
    const name = (await newest()).holder.displayName.split(" ").reverse().join("  ").toLowerCase();
    expect(await byPassword(password, { who: name })).toMatchObject({ holder: { id: nurse } });
    expect(await byPassword(password, { who: nurse.slice(1) })).toMatchObject({ holder: { id: nurse } });
  });

  test("comes back to her own session, as often as the profile says and no oftener", async () => {
    const password = await issue();
    const opened = await byPassword(password);
    await ward.cover(opened.seat, "locked-by-holder", 0);
    expect(await byPassword(password)).toMatchObject({
      session: opened.session,
      resumed: true,
      temporaryAccess: { left: 0 },
    });
    expect(last("fallback-ended")).toMatchObject({ holder: nurse, detail: "exhausted" });
    await expect(byPassword(password)).rejects.toEqual(refusal("password-refused"));
    // The session that the last sign-in opened goes on.
    expect(await ward.describeSession(opened.seat)).toMatchObject({ session: opened.session });
  });

  test("does not get at what her card had opened", async () => {
    const byCard = await signIn(ward, house.keysOf("nurse"));
    await ward.cover(byCard.seat, "card-removed", 0);
    const session = await byPassword(await issue());
    expect(session.session).not.toBe(byCard.session);
    expect(session.resumed).toBe(false);
    expect(last("session-ended")).toMatchObject({ session: byCard.session, detail: "replaced" });
  });
});

describe("it ends", () => {
  test("at once when the card is used again, here or elsewhere, and its holder is told who issued it", async () => {
    const password = await issue();
    const opened = await byPassword(password);
    const lost = seatLost(ward);
    const other = await workstation("WARD-2");
    const byCard = await signIn(other, house.keysOf("nurse"));
    expect(byCard).toMatchObject({ means: "card-pin", resumed: false });
    expect(byCard.session).not.toBe(opened.session);
    expect(byCard.temporaryAccessIssued?.by).toMatch(/AUBERT/u);
    expect(await lost).toMatchObject({ seat: opened.seat, reason: "replaced" });
    expect(last("fallback-ended")).toMatchObject({ holder: nurse, means: "card-pin", detail: "ended-by-card" });
    await expect(byPassword(password)).rejects.toEqual(refusal("password-refused"));
    await other.end(byCard.seat);
    // Once is enough.
    expect((await signIn(other, house.keysOf("nurse"))).temporaryAccessIssued).toBeUndefined();
  });

  test("not when another card is used", async () => {
    const password = await issue();
    await signIn(await workstation("WARD-2"), house.keysOf("cps3"));
    expect(await byPassword(password)).toMatchObject({ means: "temporary-password" });
    expect(records("fallback-ended")).toEqual([]);
  });

  test("when its time is up, with the session", async () => {
    const password = await issue();
    const opened = await byPassword(password);
    house.aheadMs += 601 * 60_000;
    await expect(ward.describeSession(opened.seat)).rejects.toEqual(refusal("session-unknown"));
    await expect(byPassword(password)).rejects.toEqual(refusal("password-refused"));
    await house.restart();
    expect(last("fallback-ended")).toMatchObject({ holder: nurse, detail: "expired" });
  });

  test("when the helpdesk revokes it, with the session and for a reason", async () => {
    const password = await issue();
    const opened = await byPassword(password);
    const lost = seatLost(ward);
    await desk.ask(consoleRoutes.revokeFallback, { id: (await newest()).id, reason: "found her card" });
    expect(await lost).toMatchObject({ seat: opened.seat, reason: "withdrawn" });
    expect(last("fallback-revoked")).toMatchObject({ holder: nurse, by: physician, detail: "found her card" });
    await expect(byPassword(password)).rejects.toEqual(refusal("password-refused"));
    expect(await newest()).toMatchObject({ state: "revoked", may: { approve: false, issue: false, revoke: false } });
  });

  test("and is not revoked without a reason", async () => {
    await issue();
    const { id } = await newest();
    await expect(desk.ask(consoleRoutes.revokeFallback, { id, reason: " " })).rejects.toEqual(
      refusal("request-malformed"),
    );
    expect(await newest()).toMatchObject({ state: "issued" });
  });
});

describe("whoever tries", () => {
  test("hears one answer, whatever is wrong; the trail knows more", async () => {
    const password = await issue();
    const elsewhere = await workstation("ELSEWHERE-1", "elsewhere");
    await expect(byPassword(password, { who: "nobody at all" })).rejects.toEqual(refusal("password-refused"));
    await expect(byPassword("23456789ABCDEFG")).rejects.toEqual(refusal("password-refused"));
    await expect(byPassword("")).rejects.toEqual(refusal("password-refused"));
    await expect(byPassword(password, { at: elsewhere })).rejects.toEqual(refusal("password-refused"));
    expect(records("fallback-denied").map(({ detail = "" }) => JSON.parse(detail).why)).toEqual([
      "nobody, or several, of this name have a temporary access",
      "wrong password",
      "wrong password",
      "not at this place",
    ]);
    expect(records("fallback-used")).toEqual([]);
  });

  test("too often has to pause, longer each time, and the right password counts after it", async () => {
    const password = await issue();
    for (let time = 0; time < 5; time += 1)
      await expect(byPassword("23456789ABCDEFG")).rejects.toEqual(refusal("password-refused"));
    await expect(byPassword(password)).rejects.toEqual(refusal("sign-in-throttled"));
    // Another name at the same workstation is not held up by it.
    await expect(byPassword(password, { who: "somebody else" })).rejects.toEqual(refusal("password-refused"));
    house.aheadMs += 15_000;
    expect(await byPassword(password)).toMatchObject({ holder: { id: nurse } });
  });

  test("many names is an alarm, once", async () => {
    for (let name = 0; name < 8; name += 1)
      await expect(byPassword("23456789ABCDEFG", { who: `name ${name}` })).rejects.toEqual(refusal("password-refused"));
    expect(records("fallback-sprayed")).toMatchObject([
      { place: "ward", detail: '{"alarm":"sprayed","names":6,"minutes":10}' },
    ]);
  });

  test("where nobody is offered it is refused, and the window shows no link", async () => {
    await house.restart({ fallback: undefined });
    expect((await ward.describe()).temporaryAccess).toBeUndefined();
    await expect(byPassword("23456789ABCDEFG")).rejects.toEqual(refusal("request-malformed"));
  });
});

describe("the helpdesk", () => {
  test("issues nothing before the checklist is ticked", async () => {
    await expect(issue({ checked: ["manager"] })).rejects.toEqual(refusal("fallback-not-checked"));
    await expect(issue({ checked: [] })).rejects.toEqual(refusal("fallback-not-checked"));
    expect(records("fallback-requested")).toEqual([]);
  });

  test("gives nobody two, gives none to himself, and none to whom nobody knows", async () => {
    await issue();
    await expect(issue()).rejects.toEqual(refusal("fallback-present"));
    await expect(issue({ holder: physician })).rejects.toEqual(refusal("fallback-second-person"));
    await expect(issue({ holder: "899700999999" })).rejects.toEqual(refusal("holder-not-in-directory"));
    await expect(issue({ profile: "for ever" })).rejects.toEqual(refusal("request-malformed"));
    expect(records("fallback-issued")).toHaveLength(1);
  });

  test("needs a second person where the profile says so: somebody else than who asks and who gets it", async () => {
    const answer = await desk.ask(consoleRoutes.requestFallback, { ...order, profile: "day" });
    if (answer.state !== "waiting") return expect.fail(answer.state);
    const { id } = answer;
    expect(await newest()).toMatchObject({ state: "requested", may: { approve: false, issue: false } });
    await expect(desk.ask(consoleRoutes.approveFallback, { id })).rejects.toEqual(refusal("fallback-second-person"));
    await expect(desk.ask(consoleRoutes.issueFallback, { id })).rejects.toEqual(refusal("fallback-not-approved"));
    const second = await openDesk("cps3");
    const [seen] = (await second.ask(consoleRoutes.fallback, {})).fallbacks;
    expect(seen).toMatchObject({ id, may: { approve: true, issue: false } });
    await second.ask(consoleRoutes.approveFallback, { id });
    await expect(second.ask(consoleRoutes.issueFallback, { id })).rejects.toEqual(refusal("fallback-second-person"));
    const { password } = await desk.ask(consoleRoutes.issueFallback, { id });
    await expect(desk.ask(consoleRoutes.issueFallback, { id })).rejects.toEqual(refusal("fallback-over"));
    expect(await byPassword(password)).toMatchObject({ temporaryAccess: { left: 19 } });
    expect(last("fallback-approved")).toMatchObject({ holder: nurse, by: surgeon });
  });

  test("only in its role: whoever has another one asks in vain", async () => {
    await house.restart({ administrators: [{ holder: physician, roles: ["auditor"] }] });
    const auditor = await openDesk("physician");
    await expect(auditor.ask(consoleRoutes.requestFallback, order)).rejects.toEqual(refusal("console-role-missing"));
    expect((await auditor.ask(consoleRoutes.fallback, {})).fallbacks).toEqual([]);
  });

  test("has a card refused that was reported lost, ends what it opened, until an administrator takes it back", async () => {
    const opened = await signIn(ward, house.keysOf("nurse"));
    const lost = seatLost(ward);
    const password = await issue({ cardLost: true });
    expect(await lost).toMatchObject({ seat: opened.seat, reason: "withdrawn" });
    await expect(signIn(ward, house.keysOf("nurse"))).rejects.toEqual(refusal("card-reported-lost"));
    expect(last("card-reported-lost")).toMatchObject({ holder: nurse, by: physician, detail: "card at home" });
    expect(await byPassword(password)).toMatchObject({ holder: { id: nurse } });
    const found = { holder: nurse, reason: "found it again" };
    await expect(desk.ask(consoleRoutes.withdrawLoss, found)).rejects.toEqual(refusal("console-role-missing"));
    const administrator = await openDesk("cps3");
    expect((await administrator.ask(consoleRoutes.fallback, {})).lostCards).toMatchObject([{ holder: { id: nurse } }]);
    await administrator.ask(consoleRoutes.withdrawLoss, found);
    expect(await signIn(ward, house.keysOf("nurse"))).toMatchObject({ holder: { id: nurse }, means: "card-pin" });
    await expect(administrator.ask(consoleRoutes.withdrawLoss, found)).rejects.toEqual(refusal("request-malformed"));
  });
});
