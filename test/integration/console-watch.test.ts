import { X509Certificate } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { breakGlassConfiguration } from "../../broker/break-glass/break-glass-configuration.ts";
import { fallbackConfiguration } from "../../broker/fallback/fallback-configuration.ts";
import { noticeConfiguration } from "../../broker/notices/notice-configuration.ts";
import type { FailureCode } from "../../core/errors/catalogue.ts";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import { version } from "../../core/version.ts";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import { complianceIds } from "../../protocol/broker/console/compliance.ts";
import { consoleRoutes } from "../../protocol/broker/console/routes.ts";
import { ConsoleDesk } from "./support/console-desk.ts";
import { proofOf, signIn, TestBroker } from "./support/test-broker.ts";

const nurse = "899700218896";
const physician = "899700075064";
const surgeon = "899700411253";

let house: TestBroker;
let ward: BrokerClient;
/** Helpdesk and auditor; and who is neither. */
let desk: ConsoleDesk;
let other: ConsoleDesk;
const open: { close(): Promise<void> }[] = [];

async function workstation(name: string, place = "ward", host?: string): Promise<BrokerClient> {
  const client = new BrokerClient(await house.enrol(name, place), host);
  open.push(client);
  return client;
}

async function openDesk(card: string): Promise<ConsoleDesk> {
  const opened = await ConsoleDesk.open(house, card);
  open.push(opened);
  return opened;
}

beforeEach(async () => {
  house = await TestBroker.start({
    timeZone: "Europe/Paris",
    places: [
      { id: "site", name: "Site", helpdeskPhone: "1234", graceSeconds: 300 },
      { id: "ward", within: "site", name: "Ward", helpdeskPhone: "1234", graceSeconds: 300 },
      { id: "theatre", within: "site", name: "Theatre", helpdeskPhone: "1234", graceSeconds: 0 },
    ],
    administrators: [
      { holder: physician, roles: ["helpdesk", "auditor"] },
      { holder: surgeon, roles: ["trust"] },
    ],
    fallback: {
      profiles: [{ id: "shift", name: "One shift", minutes: 600, signIns: 9, secondPerson: false }],
      throttling: { freeTries: 2, firstPauseSeconds: 60 },
      alarms: { perHundred: 20, perPerson: 1, fewest: 4 },
    },
  });
  ward = await workstation("WARD-1");
  desk = await openDesk("physician");
  other = await openDesk("cps3");
});

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  await house.close();
});

const refusal = (code: FailureCode) => expect.objectContaining({ name: "Failure", code });
const records = (act: TrailRecord["act"]) => house.records().filter(record => record.act === act);

describe("the stopwatch", () => {
  test("tells a slow place from a fast one, and its slowest workstation", async () => {
    const theatre = await workstation("THEATRE-7", "theatre");
    for (let count = 0; count < 25; count += 1) {
      await ward.measured({ "pin-to-portal": 400, "insertion-to-portal": 4_000 });
      await theatre.measured({ "insertion-to-portal": count < 3 ? 9_000 : 14_000 });
    }
    const { byPlace, slowest, stages, limitMs } = await desk.ask(consoleRoutes.stopwatch, { days: "1" });
    expect(limitMs).toBe(10_000);
    expect(byPlace).toMatchObject([
      { place: "theatre", name: "Theatre", count: 25, alarm: true },
      { place: "ward", count: 25, alarm: false },
    ]);
    expect(byPlace[0]?.p95).toBeGreaterThan(12_500);
    expect(byPlace[1]?.p50).toBeLessThanOrEqual(4_000);
    expect(slowest).toMatchObject([
      { name: "THEATRE-7", alarm: true },
      { name: "WARD-1", alarm: false },
    ]);
    expect(stages.find(({ stage }) => stage === "pin-to-portal")).toMatchObject({ count: 25 });
    const narrowed = await desk.ask(consoleRoutes.stopwatch, { place: "ward" });
    expect(narrowed.byPlace.map(({ place }) => place)).toEqual(["ward"]);
    expect((await desk.ask(consoleRoutes.stopwatch, { place: "site" })).byPlace).toHaveLength(2);
  });

  test("counts what comes with a proof, by the hospital's hour; what is no stage is left out", async () => {
    const keys = house.keysOf("nurse");
    const offered = await ward.challenge(keys.authentication.certificate, true);
    const stages = { identifying: 310, "entering-pin": 4_000, "a name of my own": 1 };
    await ward.prove(offered.challenge.nonce, proofOf(offered, keys[offered.challenge.key]), stages);
    const view = await desk.ask(consoleRoutes.stopwatch, { stage: "identifying" });
    expect(view.stages.map(({ stage, count }) => [stage, count])).toEqual([
      ["entering-pin", 1],
      ["identifying", 1],
    ]);
    const hour = Number(
      new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Paris", hour: "2-digit", hourCycle: "h23" }).format(),
    );
    // The nurse's, and those of the two who have opened the console.
    expect(view.byHour.reduce((sum, count) => sum + count, 0)).toBe(3);
    expect((view.byHour[hour] ?? 0) + (view.byHour[(hour + 23) % 24] ?? 0)).toBe(3);
  });

  test("keeps its counts over a restart", async () => {
    await ward.measured({ "insertion-to-portal": 700 });
    await house.restart();
    const reopened = await openDeskAgain();
    expect((await reopened.ask(consoleRoutes.stopwatch, { days: "1" })).stages).toMatchObject([
      { stage: "insertion-to-portal", count: 1 },
    ]);
  });

  test("is not for everybody", async () => {
    await expect(other.ask(consoleRoutes.stopwatch, {})).rejects.toEqual(refusal("console-role-missing"));
  });
});

describe("cards", () => {
  test("are known from their sign-ins, as their certificates say", async () => {
    const keys = house.keysOf("nurse");
    await signIn(ward, keys);
    const judged = new X509Certificate(Buffer.from(keys.authentication.certificate));
    const { cards, counts } = await desk.ask(consoleRoutes.cards, { search: nurse });
    expect(cards).toMatchObject([
      {
        holder: { id: nurse },
        serial: judged.serialNumber.toLowerCase(),
        expiresAt: judged.validToDate.getTime(),
        standing: "good",
      },
    ]);
    expect(counts.good).toBe(3);
    await signIn(ward, keys);
    expect((await desk.ask(consoleRoutes.cards, { search: nurse })).count).toBe(1);
    expect((await desk.ask(consoleRoutes.cards, { standing: "expired" })).cards).toEqual([]);
  });

  test("are lost and found from here: refused at once, let in again by who may", async () => {
    const { seat } = await signIn(ward, house.keysOf("nurse"));
    await desk.ask(consoleRoutes.reportLoss, { holder: nurse, reason: "bag stolen" });
    await expect(ward.describeSession(seat)).rejects.toEqual(refusal("session-unknown"));
    await expect(signIn(ward, house.keysOf("nurse"))).rejects.toEqual(refusal("card-reported-lost"));
    const lost = await desk.ask(consoleRoutes.cards, { standing: "lost" });
    expect(lost).toMatchObject({ count: 1, cards: [{ holder: { id: nurse } }], counts: { lost: 1, good: 2 } });
    expect(await desk.ask(consoleRoutes.holder, { holder: nurse })).toMatchObject({
      cards: [{ standing: "lost" }],
      lostSince: expect.any(Number),
    });
    expect(records("card-reported-lost")).toMatchObject([{ by: physician, holder: nurse, detail: "bag stolen" }]);
    await expect(desk.ask(consoleRoutes.withdrawLoss, { holder: nurse, reason: "was found" })).rejects.toEqual(
      refusal("console-role-missing"),
    );
    await other.ask(consoleRoutes.withdrawLoss, { holder: nurse, reason: "was found" });
    expect(await signIn(ward, house.keysOf("nurse"))).toMatchObject({ means: "card-pin" });
  });
});

describe("workstations", () => {
  const listed = async (question = {}) => (await desk.ask(consoleRoutes.workstations, question)).workstations;

  test("say what they are, again whenever it changes, and who sits there", async () => {
    const told = await workstation("WARD-2", "ward", "kiosk");
    let condition = { readers: ["Reader 00"], waiting: 2 };
    told.describeCondition(() => condition);
    const here = async () => (await listed({ search: "WARD-2" }))[0];
    await expect.poll(here).toMatchObject({
      ...{ version, host: "kiosk", readers: ["Reader 00"], waiting: 2 },
      ...{ connected: true, placeName: "Ward" },
    });
    condition = { readers: [], waiting: 0 };
    told.conditionChanged();
    await expect.poll(here).toMatchObject({ readers: [], waiting: 0 });
    await signIn(told, house.keysOf("nurse"));
    expect(await here()).toMatchObject({ session: { state: "open" } });
    expect((await listed({ search: "WARD-1" }))[0]).not.toHaveProperty("session");
  });

  test("are known when they are away, also after the broker's restart", async () => {
    const gone = await workstation("WARD-3", "theatre");
    await expect.poll(async () => (await listed({ search: "WARD-3" }))[0]?.connected).toBe(true);
    await gone.close();
    await expect.poll(async () => (await listed({ presence: "away" })).map(({ name }) => name)).toEqual(["WARD-3"]);
    expect((await listed({ place: "theatre" })).map(({ name }) => name)).toEqual(["WARD-3"]);
    expect((await listed({ presence: "connected" })).map(({ name }) => name)).not.toContain("WARD-3");
    await house.restart();
    desk = await openDeskAgain();
    expect((await listed({ search: "WARD-3" }))[0]).toMatchObject({ connected: false, seenAt: expect.any(Number) });
  });
});

describe("the helpdesk", () => {
  const byPassword = (password: string) => ward.signInWithPassword(nurse, new TextEncoder().encode(password));

  async function issue(): Promise<string> {
    const { seat } = await signIn(ward, house.keysOf("nurse"));
    await ward.end(seat);
    const order = { holder: nurse, profile: "shift", reason: "card at home", checked: [], cardLost: false };
    const answer = await desk.ask(consoleRoutes.requestFallback, order);
    return answer.state === "issued" ? answer.password : expect.fail(answer.state);
  }

  test("ends the wait of a name that was tried too often; until then the right password waits, too", async () => {
    const password = await issue();
    for (let tries = 0; tries < 2; tries += 1)
      await expect(byPassword("WRONG")).rejects.toEqual(refusal("password-refused"));
    await expect(byPassword(password)).rejects.toEqual(refusal("sign-in-throttled"));
    const { holders, otherNames } = await desk.ask(consoleRoutes.pauses, {});
    expect(holders).toMatchObject([{ id: nurse, until: expect.any(Number) }]);
    expect(otherNames).toBe(0);
    expect(await desk.ask(consoleRoutes.holder, { holder: nurse })).toMatchObject({ pausedUntil: holders[0]?.until });
    await expect(
      other.ask(consoleRoutes.endPause, { kind: "holder", id: nurse, reason: "called back" }),
    ).rejects.toEqual(refusal("console-role-missing"));
    await desk.ask(consoleRoutes.endPause, { kind: "holder", id: nurse, reason: "called back" });
    expect(await byPassword(password)).toMatchObject({ means: "temporary-password" });
    expect(records("sign-in-pause-ended")).toMatchObject([{ by: physician, holder: nurse, detail: "called back" }]);
    expect((await desk.ask(consoleRoutes.pauses, {})).holders).toEqual([]);
  });

  test("does not read what else was typed as a name", async () => {
    for (let tries = 0; tries < 3; tries += 1)
      await ward.signInWithPassword("MyOwnPassword!", new Uint8Array()).catch(() => {});
    const view = await desk.ask(consoleRoutes.pauses, {});
    expect(view).toMatchObject({ holders: [], otherNames: 1 });
    expect(JSON.stringify(view)).not.toContain("MyOwnPassword");
  });

  test("sees how often people come without card: each ward and person against the limits", async () => {
    const before = await desk.ask(consoleRoutes.fallbackRates, {});
    expect(before).toMatchObject({ places: [{ signIns: 2, rate: 0, alarm: false }], persons: [], sprayed: [] });
    await byPassword(await issue());
    const { places, persons } = await desk.ask(consoleRoutes.fallbackRates, { days: "7" });
    expect(places).toMatchObject([{ place: "ward", signIns: 4, byPassword: 1, rate: 25, alarm: true }]);
    expect(persons).toMatchObject([{ holder: { id: nurse }, issued: 1, alarm: true }]);
  });

  test("ends a session for a reason, once", async () => {
    const { seat } = await signIn(ward, house.keysOf("nurse"));
    const order = { holder: nurse, reason: "left the ward" };
    await expect(other.ask(consoleRoutes.endSession, order)).rejects.toEqual(refusal("console-role-missing"));
    await desk.ask(consoleRoutes.endSession, order);
    await expect(ward.describeSession(seat)).rejects.toEqual(refusal("session-unknown"));
    expect(records("session-ended").at(-1)).toMatchObject({
      by: physician,
      holder: nurse,
      detail: "ended by the helpdesk: left the ward",
    });
    await expect(desk.ask(consoleRoutes.endSession, order)).rejects.toEqual(refusal("session-unknown"));
  });
});

describe("reports", () => {
  const times = { from: 0, to: 1_000_000 };
  const lately = () => ({ from: Date.now() - 3_600_000, to: Date.now() + 3_600_000 });

  test("say what the trail has of a person, and stand in it with their reason", async () => {
    const { seat } = await signIn(ward, house.keysOf("nurse"));
    await ward.launch(seat, "record");
    const order = { kind: "person" as const, subject: nurse, reason: "asked by the head of nursing", ...lately() };
    const report = await desk.ask(consoleRoutes.report, order);
    expect(report).toMatchObject({ more: false, applications: [{ key: "record", count: 1 }] });
    expect(report.acts).toContainEqual({ key: "session-opened", count: 1 });
    expect(report.workstations).toEqual([{ key: "WARD-1", count: 2 }]);
    expect(report.records.every(({ holder, by }) => holder === nurse || by === nurse)).toBe(true);
    expect(report.csv.trim().split("\n")).toHaveLength(report.records.length + 1);
    const [recorded] = records("report-made");
    expect(recorded).toMatchObject({ by: physician, holder: nurse });
    expect(JSON.parse(recorded?.detail ?? "")).toMatchObject({ report: "person", reason: order.reason });
    expect(house.records()[report.recordedAs - 1]).toEqual(recorded);
    const empty = await desk.ask(consoleRoutes.report, { ...order, ...times });
    expect(empty.records).toEqual([]);
  });

  test("of a workstation go by its name; one that nobody knows is refused, and nothing is recorded", async () => {
    await signIn(ward, house.keysOf("nurse"));
    const order = { kind: "workstation" as const, subject: "WARD-1", reason: "found unlocked", ...lately() };
    const report = await desk.ask(consoleRoutes.report, order);
    expect(report.records.map(({ act }) => act)).toContain("session-opened");
    expect(new Set(report.records.map(({ workstationName }) => workstationName))).toEqual(new Set(["WARD-1"]));
    await expect(desk.ask(consoleRoutes.report, { ...order, subject: "WARD-9" })).rejects.toEqual(
      refusal("workstation-unknown"),
    );
    expect(records("report-made")).toHaveLength(1);
  });

  test("of a month have the temporary accesses and lost cards alone", async () => {
    await signIn(ward, house.keysOf("nurse"));
    const order = { holder: nurse, profile: "shift", reason: "bag stolen", checked: [], cardLost: true };
    await desk.ask(consoleRoutes.requestFallback, order);
    const month = { reason: "monthly review", ...lately() };
    const { acts } = await desk.ask(consoleRoutes.report, { kind: "fallback", ...month });
    expect(acts.map(({ key }) => key).toSorted()).toEqual([
      "card-reported-lost",
      "fallback-issued",
      "fallback-requested",
    ]);
    expect((await desk.ask(consoleRoutes.report, { kind: "break-glass", ...month })).records).toEqual([]);
  });

  test("are for auditors, and about one thing", async () => {
    const order = { kind: "fallback" as const, reason: "monthly review", ...lately() };
    await expect(other.ask(consoleRoutes.report, order)).rejects.toEqual(refusal("console-role-missing"));
    await expect(desk.ask(consoleRoutes.report, { ...order, subject: nurse })).rejects.toEqual(
      refusal("request-malformed"),
    );
    await expect(desk.ask(consoleRoutes.report, { ...order, kind: "person" })).rejects.toEqual(
      refusal("request-malformed"),
    );
    expect(records("report-made")).toEqual([]);
  });
});

describe("the compliance page", () => {
  test("reads the settings in force: each requirement once, and what is not met", async () => {
    const { items } = await desk.ask(consoleRoutes.compliance, {});
    expect(items.map(({ id }) => id).toSorted()).toEqual([...complianceIds].toSorted());
    const stateOf = Object.fromEntries(items.map(({ id, state }) => [id, state]));
    expect(stateOf).toMatchObject({
      // No export, plain http, no directory, test cards: as this broker is.
      "asvs-log-apart": "not-met",
      "hipaa-transmission": "not-met",
      "asvs-leavers": "not-met",
      "asvs-defaults": "partly",
      "asvs-log-protected": "partly",
      "asvs-fail-closed": "met",
    });
    const hours = items.find(({ id }) => id === "asvs-lifetime")?.facts.find(({ id }) => id === "session-hours");
    expect(hours?.value).toBe("12 h");
    await expect(other.ask(consoleRoutes.compliance, {})).rejects.toEqual(refusal("console-role-missing"));
  });

  test("sees another setting", async () => {
    await house.restart({
      sessionHours: 8,
      trail: { ...house.configuration.trail, checkpointFile: `${house.directory}/checkpoint` },
    });
    const reopened = await openDeskAgain();
    const { items } = await reopened.ask(consoleRoutes.compliance, {});
    expect(items.find(({ id }) => id === "asvs-log-protected")?.state).toBe("met");
    expect(items.find(({ id }) => id === "asvs-lifetime")?.facts[0]?.value).toBe("8 h");
  });
});

/** What this broker, with this change of its settings, answers: each state, and each fact, by its name. */
async function complianceWith(change: Parameters<TestBroker["restart"]>[0]) {
  await house.restart(change);
  const { items } = await (await openDeskAgain()).ask(consoleRoutes.compliance, {});
  return {
    states: Object.fromEntries(items.map(({ id, state }) => [id, state])),
    facts: Object.fromEntries(items.flatMap(({ facts }) => facts.map(({ id, value }) => [id, value]))),
  };
}

describe("the compliance page of newer ways in", () => {
  const emergency = (ways: ("with-card" | "without-card")[]) =>
    breakGlassConfiguration.parse({
      places: [{ place: "site", ways }],
      reasons: [{ id: "vital", text: { en: "Vital" } }],
    });
  const opened = (breakGlass: "proved" | undefined) =>
    house.configuration.applications.map(one => ({ ...one, ...(breakGlass === undefined ? {} : { breakGlass }) }));

  test("emergency access: met where policies open something by it, and a name that nobody proves costs elsewhere", async () => {
    const without = await complianceWith({});
    expect(without.states).toMatchObject({
      "hipaa-emergency": "partly",
      "hipaa-person": "met",
      "asvs-enumeration": "met",
    });
    expect(without.facts).toMatchObject({ "break-glass-places": "0 / 3", "break-glass-length": "–" });
    const closed = await complianceWith({ breakGlass: emergency(["with-card"]) });
    expect(closed.states).toMatchObject({ "hipaa-emergency": "partly", "hipaa-person": "met" });
    const proved = await complianceWith({ applications: opened("proved") });
    expect(proved.states).toMatchObject({ "hipaa-emergency": "met", "hipaa-person": "met" });
    expect(proved.facts).toMatchObject({
      "break-glass-places": "3 / 3",
      "without-card": "0 / 3",
      "break-glass-permits": "2",
    });
    const claimed = await complianceWith({ breakGlass: emergency(["without-card"]) });
    expect(claimed.states).toMatchObject({ "hipaa-person": "partly", "asvs-enumeration": "partly" });
    expect(claimed.facts["means"]).toContain("break-glass");
  });

  test("one proof: passwords of the directory, places outside", async () => {
    const { fallback, places } = house.configuration;
    expect((await complianceWith({})).states).toMatchObject({ "asvs-mfa": "partly", "cnil-passwords": "met" });
    const alone = { ...house.configuration };
    delete alone.fallback;
    house.configuration = alone;
    const card = await complianceWith({ places: places.map(one => ({ ...one, external: one.id === "theatre" })) });
    expect(card.states).toMatchObject({ "asvs-mfa": "met", "hipaa-emergency": "not-met" });
    expect(card.facts).toMatchObject({ "places-outside": "1 / 3", means: "card-pin, card-presence" });
    const passwords = [{ source: "ad", minutes: 60 }];
    const { states, facts } = await complianceWith({
      fallback: {
        ...fallbackConfiguration.parse({ directoryPasswords: passwords }),
        alarms: fallback?.alarms ?? expect.fail(),
      },
    });
    expect(states).toMatchObject({ "asvs-mfa": "partly", "cnil-passwords": "partly" });
    expect(facts).toMatchObject({ "directory-passwords": "ad (60 min)", "longest-access": "–" });
    expect(facts["means"]).toBe("card-pin, card-presence, directory-password");
  });

  test("the trail's months, and whose they are", async () => {
    const archive = `${house.directory}/archive`;
    const { trail } = house.configuration;
    const stateOf = async (change: Partial<typeof trail>) => {
      const { states, facts } = await complianceWith({ trail: { ...trail, ...change } });
      return [states["cnil-log-retention"], facts["retention"], facts["nameless-after"]];
    };
    expect(await stateOf({})).toEqual(["not-met", "∞", "∞"]);
    expect(await stateOf({ retention: { archive } })).toEqual(["not-met", "∞", "∞"]);
    expect(await stateOf({ retention: { archive, months: 12 } })).toEqual(["partly", "12", "∞"]);
    const identifiers = { keyMonths: 6, destroyAfterMonths: 6 };
    expect(await stateOf({ retention: { archive, months: 12 }, identifiers })).toEqual(["met", "12", "12"]);
    expect(await stateOf({ retention: { archive, months: 36 }, identifiers })).toEqual(["partly", "36", "12"]);
  });

  test("who is told by mail", async () => {
    expect((await complianceWith({})).facts).toMatchObject({ "notices-to-person": "0 / 2", "notices-of-alarms": "0" });
    const server = { host: "localhost", port: 1 };
    const rules = { "fallback-alarm": { addresses: ["security@hopital.test"] } };
    const notices = noticeConfiguration.parse({ server, from: "wardkey@hopital.test", rules });
    expect((await complianceWith({ notices })).facts).toMatchObject({
      "notices-to-person": "2 / 2",
      "notices-of-alarms": "1",
    });
  });
});

/** The console's browser does not outlive its broker's restart: from another workstation it is opened anew. */
async function openDeskAgain(): Promise<ConsoleDesk> {
  const reopened = await ConsoleDesk.open(house, "physician", `DESK-${open.length}`);
  open.push(reopened);
  return reopened;
}
