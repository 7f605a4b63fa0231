import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { noticeConfiguration } from "../../broker/notices/notice-configuration.ts";
import type { FailureCode } from "../../core/errors/catalogue.ts";
import type { BrokerEvent, SeatedSession } from "../../core/ports/broker-connection.ts";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import { freePorts } from "../../demo/ward/free-ports.ts";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import type { ConsoleRole } from "../../protocol/broker/console/roles.ts";
import { consoleRoutes } from "../../protocol/broker/console/routes.ts";
import { ConsoleDesk } from "./support/console-desk.ts";
import { proofOf, signIn, TestBroker } from "./support/test-broker.ts";

/** Who breaks the glass; who works at the helpdesk and reviews, too; who reviews. */
const nurse = "899700218896";
const physician = "899700075064";
const surgeon = "899700411253";
const vital = { kind: "vital", words: "bed 12, cardiac arrest" };

let house: TestBroker;
let ward: BrokerClient;
const open: { close(): Promise<void> }[] = [];

function application(id: string, more: { professions?: number[]; breakGlass?: "proved" | "claimed" } = {}) {
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
    ...more,
  };
}

async function workstation(name: string, place = "ward"): Promise<BrokerClient> {
  const client = new BrokerClient(await house.enrol(name, place));
  open.push(client);
  // The PIN is asked for over its line.
  await heard(client, "connected");
  return client;
}

async function openDesk(card: string): Promise<ConsoleDesk> {
  const opened = await ConsoleDesk.open(house, card);
  open.push(opened);
  return opened;
}

const breakGlass = {
  minutes: 30,
  places: [
    { place: "site", ways: ["with-card", "without-card"] as ("with-card" | "without-card")[] },
    { place: "quiet", ways: [] },
  ],
  reasons: [{ id: "vital", text: { en: "A life is at risk", fr: "Urgence vitale" } }],
};

beforeEach(async () => {
  const auditor: ConsoleRole[] = ["auditor"];
  house = await TestBroker.start({
    places: [
      { id: "ward", within: "site", name: "Ward", helpdeskPhone: "1234", graceSeconds: 300 },
      { id: "quiet", within: "site", name: "Quiet ward", helpdeskPhone: "1234", graceSeconds: 300 },
      { id: "site", name: "Site", helpdeskPhone: "1234", graceSeconds: 0 },
      { id: "elsewhere", name: "Elsewhere", helpdeskPhone: "1234", graceSeconds: 0 },
    ],
    applications: [
      application("record"),
      application("prescriptions", { professions: [10], breakGlass: "proved" }),
      application("allergies", { professions: [10], breakGlass: "claimed" }),
      application("payroll", { professions: [99] }),
    ],
    administrators: [
      { holder: physician, roles: ["helpdesk", ...auditor] },
      { holder: surgeon, roles: auditor },
    ],
    breakGlass,
  });
  ward = await workstation("WARD-1");
});

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  await house.close();
});

const refusal = (code: FailureCode) => expect.objectContaining({ name: "Failure", code });
const records = (act: TrailRecord["act"]) => house.records().filter(record => record.act === act);
const last = (act: TrailRecord["act"]) => records(act).at(-1);
const tiles = (session: SeatedSession) =>
  Object.fromEntries(session.applications.map(({ id, unavailable }) => [id, unavailable?.reason ?? "opens"]));

function heard<Type extends BrokerEvent["type"]>(
  client: BrokerClient,
  type: Type,
): Promise<Extract<BrokerEvent, { type: Type }>> {
  return new Promise(resolve =>
    client.subscribe(event => event.type === type && resolve(event as Extract<BrokerEvent, { type: Type }>)),
  );
}

async function until<Found>(look: () => Promise<Found | undefined> | Found | undefined): Promise<Found> {
  for (let time = 0; time < 200; time += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise(resolve => setTimeout(resolve, 25));
  }
  return expect.fail("it did not come");
}

/** What an agent does when the PIN is asked for at its seat; its holder types it. */
async function answerPin(client: BrokerClient, stepUp: string, card = "nurse"): Promise<void> {
  const keys = house.keysOf(card).authentication;
  const offered = await client.stepUpChallenge(stepUp, keys.certificate);
  await client.stepUpProve(stepUp, offered.challenge.nonce, proofOf(offered, keys));
}

/** With a card: asks, types the PIN, and describes the session anew. */
async function raise({ seat }: SeatedSession, client = ward, id = "prescriptions"): Promise<SeatedSession> {
  const wanted = heard(client, "step-up-wanted");
  const changed = heard(client, "session-changed");
  await client.raiseGlass(seat, id, vital);
  await answerPin(client, (await wanted).stepUp);
  await changed;
  return client.describeSession(seat);
}

describe("in an open session", () => {
  test("what opens in an emergency only says so; reason and PIN break the glass, and his own proof stays recorded", async () => {
    const session = await signIn(ward, house.keysOf("nurse"));
    expect(tiles(session)).toEqual({ record: "opens", prescriptions: "break-glass", allergies: "break-glass" });
    await expect(ward.launch(session.seat, "prescriptions")).rejects.toEqual(refusal("application-not-entitled"));
    const raised = await raise(session);
    expect(raised).toMatchObject({ session: session.session, means: "card-pin", resumed: true });
    expect(raised.breakGlass).toMatchObject({ ...vital, identity: "proved" });
    expect((raised.breakGlass?.until ?? 0) - Date.now()).toBeGreaterThan(29 * 60_000);
    expect(tiles(raised)).toEqual({ record: "opens", prescriptions: "opens", allergies: "opens" });
    await ward.launch(session.seat, "prescriptions");
    await ward.launch(session.seat, "record");
    const opened = last("break-glass-opened");
    expect(opened).toMatchObject({
      holder: nurse,
      means: "card-pin",
      assurance: "high",
      session: session.session,
      place: "ward",
      application: "prescriptions",
    });
    expect(JSON.parse(opened?.detail ?? "")).toMatchObject({ reason: "vital", words: vital.words, identity: "proved" });
    const launches = records("application-launched");
    expect(launches.map(({ application: id, breakGlass: glass, means }) => [id, glass, means])).toEqual([
      ["prescriptions", opened?.breakGlass, "card-pin"],
      ["record", undefined, "card-pin"],
    ]);
    expect(launches[0]?.policy).toBe("configuration/prescriptions/break-glass");
  });

  test("without the PIN nothing is broken, and the session stays as it was", async () => {
    const session = await signIn(ward, house.keysOf("nurse"));
    const wanted = heard(ward, "step-up-wanted");
    await ward.raiseGlass(session.seat, "prescriptions", vital);
    await ward.refuseStepUp((await wanted).stepUp, "step-up-cancelled", undefined);
    expect(await until(() => last("break-glass-denied"))).toMatchObject({ holder: nurse, code: "step-up-cancelled" });
    expect(tiles(await ward.describeSession(session.seat))["prescriptions"]).toBe("break-glass");
    expect(records("break-glass-opened")).toEqual([]);
  });

  test("another one's card does not break it", async () => {
    const session = await signIn(ward, house.keysOf("nurse"));
    const wanted = heard(ward, "step-up-wanted");
    await ward.raiseGlass(session.seat, "prescriptions", vital);
    await expect(answerPin(ward, (await wanted).stepUp, "physician")).rejects.toEqual(refusal("step-up-other-card"));
    await until(() => last("break-glass-denied"));
    expect(records("break-glass-opened")).toEqual([]);
  });

  test("not for what no policy opens in an emergency, not for what is open to him, not at a place without it", async () => {
    const session = await signIn(ward, house.keysOf("nurse"));
    for (const id of ["payroll", "record", "no-such-application"])
      await expect(ward.raiseGlass(session.seat, id, vital)).rejects.toEqual(refusal("break-glass-refused"));
    await expect(ward.raiseGlass(session.seat, "prescriptions", { ...vital, kind: "curiosity" })).rejects.toEqual(
      refusal("request-malformed"),
    );
    await expect(ward.raiseGlass(session.seat, "prescriptions", { ...vital, words: " " })).rejects.toEqual(
      refusal("request-malformed"),
    );
    const quiet = await workstation("QUIET-1", "quiet");
    const there = await signIn(quiet, house.keysOf("nurse"));
    expect(tiles(there)["prescriptions"]).toBeUndefined();
    await expect(quiet.raiseGlass(there.seat, "prescriptions", vital)).rejects.toEqual(refusal("break-glass-refused"));
    expect(records("break-glass-denied")).toHaveLength(4);
    expect(records("step-up-asked")).toEqual([]);
  });

  test("it ends by itself on time: what it opened is closed, and nothing else of the session is lost", async () => {
    const session = await signIn(ward, house.keysOf("nurse"));
    await raise(session);
    await ward.launch(session.seat, "prescriptions");
    await ward.launch(session.seat, "record");
    house.aheadMs += 30 * 60_000 + 1;
    // On time, before anybody has swept.
    await expect(ward.launch(session.seat, "prescriptions")).rejects.toEqual(refusal("application-not-entitled"));
    await house.restart();
    const after = await ward.describeSession(session.seat);
    expect(after).toMatchObject({ session: session.session, means: "card-pin" });
    expect(after.breakGlass).toBeUndefined();
    expect(tiles(after)["prescriptions"]).toBe("break-glass");
    expect(after.applications.map(({ id, open: isOpen }) => [id, isOpen])).toContainEqual(["record", true]);
    const ended = last("break-glass-ended");
    expect(ended).toMatchObject({ holder: nurse, session: session.session, breakGlass: expect.any(String) });
    expect(JSON.parse(ended?.detail ?? "")).toMatchObject({ end: "time" });
  });

  test("he ends it himself at any time, once", async () => {
    const session = await signIn(ward, house.keysOf("nurse"));
    await raise(session);
    await ward.launch(session.seat, "prescriptions");
    const changed = heard(ward, "session-changed");
    await ward.endGlass(session.seat);
    await changed;
    await ward.endGlass(session.seat);
    expect(records("break-glass-ended")).toHaveLength(1);
    expect(JSON.parse(last("break-glass-ended")?.detail ?? "")).toMatchObject({ end: "person" });
    expect(tiles(await ward.describeSession(session.seat))["prescriptions"]).toBe("break-glass");
  });

  test("it ends with its session, and does not come with another one's", async () => {
    const session = await signIn(ward, house.keysOf("nurse"));
    await raise(session);
    await ward.end(session.seat);
    expect(JSON.parse(last("break-glass-ended")?.detail ?? "")).toMatchObject({ end: "session" });
    expect((await signIn(ward, house.keysOf("nurse"))).breakGlass).toBeUndefined();
  });

  test("his card leaves and comes back: the glass is as broken as it was", async () => {
    const session = await signIn(ward, house.keysOf("nurse"));
    await raise(session);
    await ward.cover(session.seat, "card-removed", 0);
    const back = await signIn(ward, house.keysOf("nurse"));
    expect(back).toMatchObject({ session: session.session, breakGlass: { identity: "proved" } });
  });

  test("a second one within a day is an alarm, and so are three at one place", async () => {
    const session = await signIn(ward, house.keysOf("nurse"));
    await raise(session);
    expect(records("break-glass-alarm")).toEqual([]);
    await ward.endGlass(session.seat);
    await raise(session, ward, "allergies");
    expect(records("break-glass-alarm").map(({ detail }) => detail)).toEqual([
      '{"alarm":"again","times":2,"hours":24}',
    ]);
    await ward.endGlass(session.seat);
    await raise(session);
    expect(records("break-glass-alarm").map(({ detail }) => detail)).toEqual([
      '{"alarm":"again","times":2,"hours":24}',
      '{"alarm":"again","times":3,"hours":24}',
      '{"alarm":"place","times":3,"hours":24}',
    ]);
  });
});

describe("from the cover, in a name that nobody proves", () => {
  /** The broker knows the nurse from her card. */
  const known = async () => ward.end((await signIn(ward, house.keysOf("nurse"))).seat);
  const name = "Morel Ines";

  test("opens a session of its own that says so everywhere, with what policies open to a claim", async () => {
    await known();
    expect(await ward.describe()).toMatchObject({ breakGlass: { minutes: 30, withoutCard: true } });
    const session = await ward.signInByGlass(name, vital);
    expect(session).toMatchObject({
      means: "break-glass",
      holder: { id: nurse },
      breakGlass: { ...vital, identity: "claimed" },
    });
    expect(session.expiresAt).toBe(session.breakGlass?.until);
    expect(tiles(session)).toMatchObject({ allergies: "opens", record: "means" });
    expect(tiles(session)["prescriptions"]).not.toBe("opens");
    await ward.launch(session.seat, "allergies");
    await expect(ward.launch(session.seat, "prescriptions")).rejects.toEqual(refusal("application-not-entitled"));
    await expect(ward.launch(session.seat, "record")).rejects.toEqual(refusal("application-not-entitled"));
    const claim = { holder: nurse, means: "break-glass", assurance: "low", identity: "claimed" };
    for (const act of ["break-glass-opened", "session-opened", "application-launched"] as const)
      expect(last(act)).toMatchObject(claim);
    expect(new Set(house.records().flatMap(({ breakGlass: glass }) => glass ?? [])).size).toBe(1);
  });

  test("whoever tries names hears one answer; the trail knows more, and many names are an alarm", async () => {
    await known();
    const elsewhere = await workstation("ELSEWHERE-1", "elsewhere");
    expect((await elsewhere.describe()).breakGlass).toBeUndefined();
    await expect(elsewhere.signInByGlass(name, vital)).rejects.toEqual(refusal("request-malformed"));
    for (const tried of ["nobody at all", "Morel", "x", "y"])
      await expect(ward.signInByGlass(tried, vital)).rejects.toEqual(refusal("break-glass-refused"));
    expect(records("break-glass-denied")).toMatchObject([
      { identity: "claimed", code: "break-glass-refused" },
      {},
      {},
      {},
    ]);
    expect(last("break-glass-alarm")).toMatchObject({
      detail: '{"alarm":"sprayed","names":4,"minutes":10}',
      place: "ward",
    });
    expect(records("break-glass-opened")).toEqual([]);
  });

  test("too often in one name, or at one workstation, has to wait", async () => {
    await known();
    for (let time = 0; time < 4; time += 1)
      await expect(ward.signInByGlass("nobody", vital)).rejects.toEqual(refusal("break-glass-refused"));
    await expect(ward.signInByGlass("nobody", vital)).rejects.toEqual(refusal("sign-in-throttled"));
    expect(await ward.signInByGlass(name, vital)).toMatchObject({ holder: { id: nurse } });
  });

  test("is in nobody's way: the session of her card stays where it is, and her card ends the claim", async () => {
    const other = await workstation("WARD-2");
    const byCard = await signIn(other, house.keysOf("nurse"));
    const claim = await ward.signInByGlass(name, vital);
    expect(await other.describeSession(byCard.seat)).toMatchObject({ session: byCard.session, means: "card-pin" });
    await other.cover(byCard.seat, "card-removed", 0);
    const lost = heard(ward, "seat-lost");
    const back = await signIn(other, house.keysOf("nurse"));
    expect(back).toMatchObject({ session: byCard.session, resumed: true });
    expect(await lost).toMatchObject({ seat: claim.seat, reason: "replaced" });
    expect(JSON.parse(last("break-glass-ended")?.detail ?? "")).toMatchObject({ end: "card" });
    expect(last("break-glass-ended")).toMatchObject({ identity: "claimed", means: "card-presence" });
  });

  test("another one's card does not end it", async () => {
    await known();
    const claim = await ward.signInByGlass(name, vital);
    await signIn(await workstation("WARD-2"), house.keysOf("physician"));
    expect(await ward.describeSession(claim.seat)).toMatchObject({ session: claim.session });
  });

  test("ends as soon as it is left: nobody could prove that he is the one who comes back", async () => {
    await known();
    const claim = await ward.signInByGlass(name, vital);
    const lost = heard(ward, "seat-lost");
    await ward.cover(claim.seat, "locked-by-holder", 0);
    expect(await lost).toMatchObject({ seat: claim.seat });
    expect(JSON.parse(last("break-glass-ended")?.detail ?? "")).toMatchObject({ end: "session" });
    expect((await ward.signInByGlass(name, vital)).session).not.toBe(claim.session);
  });

  test("ends on time, by the person and by the helpdesk, with its session", async () => {
    await known();
    const desk = await openDesk("physician");
    const first = await ward.signInByGlass(name, vital);
    await ward.endGlass(first.seat);
    await expect(ward.describeSession(first.seat)).rejects.toEqual(refusal("session-unknown"));
    const second = await ward.signInByGlass(name, vital);
    const [entry] = (await desk.ask(consoleRoutes.breakGlass, {})).glasses;
    await desk.ask(consoleRoutes.revokeGlass, { id: entry?.id ?? "", reason: "it was not she" });
    await expect(ward.describeSession(second.seat)).rejects.toEqual(refusal("session-unknown"));
    expect(last("break-glass-revoked")).toMatchObject({ by: physician, holder: nurse, detail: "it was not she" });
    const third = await ward.signInByGlass(name, vital);
    house.aheadMs += 30 * 60_000;
    await expect(ward.describeSession(third.seat)).rejects.toEqual(refusal("session-unknown"));
    await house.restart();
    expect(JSON.parse(last("break-glass-ended")?.detail ?? "")).toMatchObject({ end: "time" });
  });

  test("opens no console, whoever is named", async () => {
    await ward.end((await signIn(ward, house.keysOf("physician"))).seat);
    const session = await ward.signInByGlass("Aubert Camille", vital);
    expect(session.applications.map(({ id }) => id)).not.toContain("wardkey-console");
  });
});

describe("the review", () => {
  async function broken(): Promise<string> {
    const session = await signIn(ward, house.keysOf("nurse"));
    await raise(session);
    await ward.launch(session.seat, "prescriptions");
    return last("break-glass-opened")?.breakGlass ?? "";
  }
  const close = { finding: "justified", words: "seen with the ward" } as const;

  test("is closed by somebody else, when it is over, once", async () => {
    const id = await broken();
    const desk = await openDesk("cps3");
    const [seen] = (await desk.ask(consoleRoutes.breakGlass, {})).glasses;
    expect(seen).toMatchObject({
      ...{ id, state: "open", identity: "proved", placeName: "Ward", workstationName: "WARD-1" },
      holder: { id: nurse },
      launches: [{ application: "prescriptions" }],
      may: { revoke: false, review: false },
    });
    expect((await desk.ask(consoleRoutes.openGlasses, {})).open).toMatchObject([{ id, holder: { id: nurse } }]);
    await expect(desk.ask(consoleRoutes.reviewGlass, { id, ...close })).rejects.toEqual(refusal("break-glass-open"));
    const session = await ward.describeSession((await signIn(ward, house.keysOf("nurse"))).seat);
    await ward.endGlass(session.seat);
    expect((await desk.ask(consoleRoutes.openGlasses, {})).open).toEqual([]);
    expect((await desk.ask(consoleRoutes.breakGlass, {})).glasses[0]).toMatchObject({
      state: "over",
      end: "person",
      may: { review: true },
    });
    await expect(desk.ask(consoleRoutes.reviewGlass, { id, ...close, words: " " })).rejects.toEqual(
      refusal("request-malformed"),
    );
    await desk.ask(consoleRoutes.reviewGlass, { id, ...close });
    await expect(desk.ask(consoleRoutes.reviewGlass, { id, ...close })).rejects.toEqual(
      refusal("break-glass-reviewed"),
    );
    expect((await desk.ask(consoleRoutes.breakGlass, {})).glasses[0]).toMatchObject({
      state: "reviewed",
      review: { ...close, by: { id: surgeon } },
      may: { review: false },
    });
    expect(last("break-glass-reviewed")).toMatchObject({ holder: nurse, by: surgeon, breakGlass: id });
  });

  test("is refused to whoever broke it, whatever his page offers", async () => {
    const id = await broken();
    const session = await ward.describeSession((await signIn(ward, house.keysOf("nurse"))).seat);
    await ward.end(session.seat);
    await house.restart({ administrators: [{ holder: nurse, roles: ["auditor"] }] });
    const own = await openDesk("nurse");
    expect((await own.ask(consoleRoutes.breakGlass, {})).glasses[0]).toMatchObject({ may: { review: false } });
    await expect(own.ask(consoleRoutes.reviewGlass, { id, ...close })).rejects.toEqual(
      refusal("break-glass-second-person"),
    );
    expect(records("break-glass-reviewed")).toEqual([]);
  });

  test("is for auditors, and ending it for the helpdesk", async () => {
    const id = await broken();
    const auditor = await openDesk("cps3");
    await expect(auditor.ask(consoleRoutes.revokeGlass, { id, reason: "enough" })).rejects.toEqual(
      refusal("console-role-missing"),
    );
    const both = await openDesk("physician");
    const changed = heard(ward, "session-changed");
    await both.ask(consoleRoutes.revokeGlass, { id, reason: "it is over" });
    await changed;
    expect((await both.ask(consoleRoutes.breakGlass, {})).glasses[0]).toMatchObject({ end: "revoked" });
  });

  test("that nobody makes is an alarm, once", async () => {
    await broken();
    house.aheadMs += 3 * 24 * 3_600_000 + 31 * 60_000;
    await house.restart();
    await house.restart();
    // Ended by the first of these starts; a further three days later it is overdue.
    house.aheadMs += 3 * 24 * 3_600_000;
    await house.restart();
    await house.restart();
    expect(records("break-glass-alarm").map(({ detail }) => detail)).toEqual(['{"alarm":"not-reviewed","days":3}']);
  });
});

test("a notice is queued with the glass, and none with a refusal", async () => {
  await ward.end((await signIn(ward, house.keysOf("nurse"))).seat);
  const [port = 0] = await freePorts(1);
  // Nobody listens there: what is queued waits.
  const server = { host: "127.0.0.1", port, security: "clear" } as const;
  const rules = { "break-glass-used": { holder: false, addresses: ["security@hospital.example"] } };
  await house.restart({ notices: noticeConfiguration.parse({ server, from: "wardkey@hospital.example", rules }) });
  await expect(ward.signInByGlass("nobody", vital)).rejects.toEqual(refusal("break-glass-refused"));
  const queued = () => {
    const database = new DatabaseSync(house.configuration.store, { readOnly: true });
    const rows = database.prepare("select kind, address, text from notice").all();
    database.close();
    return rows;
  };
  expect(queued()).toEqual([]);
  await ward.signInByGlass("Morel Ines", vital);
  expect(queued()).toMatchObject([{ kind: "break-glass-used", address: "security@hospital.example" }]);
  expect(String(queued()[0]?.["text"])).toContain("WARD-1");
  expect(String(queued()[0]?.["text"])).not.toContain(vital.words);
});

test("without configuration there is none", async () => {
  await house.restart({ breakGlass: undefined });
  const session = await signIn(ward, house.keysOf("nurse"));
  expect(tiles(session)).toEqual({ record: "opens" });
  expect((await ward.describe()).breakGlass).toBeUndefined();
  await expect(ward.raiseGlass(session.seat, "prescriptions", vital)).rejects.toEqual(refusal("request-malformed"));
  await expect(ward.signInByGlass(nurse, vital)).rejects.toEqual(refusal("request-malformed"));
});
