import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { asFailure } from "../../core/errors/failure.ts";
import { type ApplicationProfile, applicationProfiles } from "../../demo/application/application-profile.ts";
import { startApplication } from "../../demo/application/start-application.ts";
import { freePorts } from "../../demo/ward/free-ports.ts";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import { CookieBrowser } from "./support/cookie-browser.ts";
import { signIn, TestBroker } from "./support/test-broker.ts";

const physician = "899700075064";
const hospital = "hospital|Physician, Hospital|10|SM04|1120|Hospital";
const pharmacy = "pharmacy|Pharmacist, Clinic|21||1140|Clinic";
const research = "research|Physician, Institute|10";

let house: TestBroker;
const clients: BrokerClient[] = [];

beforeEach(async () => {
  house = await TestBroker.start({
    places: ["ward", "clinic"].map(id => ({ id, name: id, helpdeskPhone: "", graceSeconds: 300 })),
  });
});

afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
  await house.close();
});

const records = (act: string) => house.records().filter(record => record.act === act);

/** Writes what the directory knows of the physician. */
function bring(...activities: readonly string[]): void {
  const file = join(house.directory, "staff.csv");
  const text = `id,holder,displayName,active,activities\n1,${physician},Camille AUBERT,yes,"${activities.join(";")}"\n`;
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

async function withActivities(...activities: readonly string[]): Promise<void> {
  bring(...activities);
  const file = join(house.directory, "staff.csv");
  await house.restart({
    directory: { required: false, sources: [{ id: "staff", kind: "csv", file, intervalSeconds: 0.2 }] },
  });
  await synced(1);
}

/** So often: recorded first, and then taken over. */
const synced = (count: number) =>
  expect
    .poll(() => [records("directory-synced").length, house.sql("select * from directory_staged").length], {
      timeout: 5_000,
    })
    .toEqual([count, 0]);

async function workstation(name: string, place = "ward"): Promise<BrokerClient> {
  const client = new BrokerClient(await house.enrol(name, place));
  clients.push(client);
  return client;
}

const signInAt = (client: BrokerClient) => signIn(client, house.keysOf("physician"));
const ids = (session: { applications: readonly { id: string }[] }) => session.applications.map(({ id }) => id);

describe("signing in", () => {
  test("without an activity all is as the card says", async () => {
    await withActivities();
    const session = await signInAt(await workstation("A"));
    expect(session.activities).toEqual([]);
    expect(session.activity).toBeUndefined();
    expect(ids(session)).toEqual(["record", "prescriptions"]);
  });

  test("the only activity is taken unasked, counts in place of the card's profession, and stands in the trail", async () => {
    await withActivities(pharmacy);
    const session = await signInAt(await workstation("A"));
    expect(session).toMatchObject({
      activity: "pharmacy",
      activities: [{ id: "pharmacy", label: "Pharmacist, Clinic", structureName: "Clinic" }],
    });
    expect(ids(session)).toEqual(["record"]);
    expect(records("session-opened")).toMatchObject([{ activity: "pharmacy" }]);
  });

  test("of several none is taken, and nothing is shown or opened before one is chosen", async () => {
    await withActivities(hospital, pharmacy);
    const client = await workstation("A");
    const session = await signInAt(client);
    expect(session.activities.map(({ id }) => id)).toEqual(["hospital", "pharmacy"]);
    expect([session.activity, session.lastActivity, session.applications]).toEqual([undefined, undefined, []]);
    await expect(client.launch(session.seat, "record")).rejects.toMatchObject({ code: "activity-not-chosen" });
    expect(records("launch-denied")).toMatchObject([{ code: "activity-not-chosen", application: "record" }]);
  });
});

describe("choosing", () => {
  test("opens the portal of the activity, is recorded with place and identifier, and launches name it", async () => {
    await withActivities(hospital, pharmacy);
    const client = await workstation("A");
    const { seat } = await signInAt(client);
    expect(ids(await client.chooseActivity(seat, "pharmacy"))).toEqual(["record"]);
    const changed = await client.chooseActivity(seat, "hospital");
    expect([changed.activity, ids(changed)]).toEqual(["hospital", ["record", "prescriptions"]]);
    await client.launch(seat, "prescriptions");
    expect(records("activity-chosen")).toMatchObject([
      { holder: physician, activity: "pharmacy", place: "ward" },
      { holder: physician, activity: "hospital", place: "ward" },
    ]);
    expect(records("application-launched")).toMatchObject([{ application: "prescriptions", activity: "hospital" }]);
  });

  test("twice the same is recorded once, and leaves what is open as it is", async () => {
    await withActivities(hospital, pharmacy);
    const client = await workstation("A");
    const { seat } = await signInAt(client);
    await client.chooseActivity(seat, "hospital");
    await client.launch(seat, "record");
    expect((await client.chooseActivity(seat, "hospital")).applications[0]).toMatchObject({ id: "record", open: true });
    expect(records("activity-chosen")).toHaveLength(1);
  });

  test("what is not one of the holder's is refused, and nothing changes", async () => {
    await withActivities(hospital, pharmacy);
    const client = await workstation("A");
    const { seat } = await signInAt(client);
    await client.chooseActivity(seat, "hospital");
    await expect(client.chooseActivity(seat, "minister")).rejects.toMatchObject({ code: "activity-not-registered" });
    expect(await client.describeSession(seat)).toMatchObject({ activity: "hospital" });
  });

  test("is for the seat's own workstation, while the seat is open", async () => {
    await withActivities(hospital, pharmacy);
    const [client, other] = [await workstation("A"), await workstation("B")];
    const { seat } = await signInAt(client);
    await expect(other.chooseActivity(seat, "hospital")).rejects.toMatchObject({ code: "session-unknown" });
    await client.cover(seat, "card-removed", 0);
    await expect(client.chooseActivity(seat, "hospital")).rejects.toMatchObject({ code: "session-unknown" });
    expect(records("activity-chosen")).toEqual([]);
  });

  test("signs out what was opened under another activity", async () => {
    const [port = 0] = await freePorts(1);
    const base = `http://127.0.0.1:${port}`;
    const [record] = house.configuration.applications;
    if (record?.client === undefined) throw new Error("no application");
    const client = {
      ...record.client,
      redirectUris: [`${base}/callback`],
      backchannelLogoutUri: `${base}/backchannel-logout`,
    };
    house.configuration = {
      ...house.configuration,
      applications: [{ ...record, initiateLoginUri: `${base}/login`, client }],
    };
    await withActivities(hospital, pharmacy);
    const application = await startApplication({
      profile: applicationProfiles[0] as ApplicationProfile,
      port,
      issuer: house.broker.webOrigin,
      clientId: "record",
      clientSecret: record.client.clientSecret ?? "",
    });
    try {
      const agent = await workstation("A");
      const { seat } = await signInAt(agent);
      await agent.chooseActivity(seat, "hospital");
      const browser = new CookieBrowser();
      const status = async () => (await browser.open(`${base}/`)).status;
      await browser.open((await agent.launch(seat, "record")).url);
      expect(await status()).toBe(200);
      const changed = await agent.chooseActivity(seat, "pharmacy");
      expect(changed.applications).toMatchObject([{ id: "record", open: false }]);
      await expect.poll(status).toBe(401);
    } finally {
      await application.close();
    }
  });
});

describe("a place", () => {
  test("remembers what was chosen there: the next session stands under it unasked", async () => {
    await withActivities(hospital, pharmacy);
    const client = await workstation("A");
    const { seat } = await signInAt(client);
    await client.chooseActivity(seat, "pharmacy");
    await client.end(seat);
    expect(await signInAt(client)).toMatchObject({ activity: "pharmacy", resumed: false });
  });

  test("that remembers nothing asks, and is told what was chosen last elsewhere", async () => {
    await withActivities(hospital, pharmacy);
    const client = await workstation("A");
    const { seat } = await signInAt(client);
    await client.chooseActivity(seat, "pharmacy");
    await client.end(seat);
    const elsewhere = await signInAt(await workstation("B", "clinic"));
    expect([elsewhere.activity, elsewhere.lastActivity]).toEqual([undefined, "pharmacy"]);
  });

  test("that a session moves to keeps its activity, unless it remembers another", async () => {
    await withActivities(hospital, pharmacy);
    const [ward, clinic] = [await workstation("A"), await workstation("B", "clinic")];
    const first = await signInAt(ward);
    await ward.chooseActivity(first.seat, "hospital");
    const moved = await signInAt(clinic);
    expect(moved).toMatchObject({ session: first.session, activity: "hospital" });
    await clinic.chooseActivity(moved.seat, "pharmacy");
    expect(await signInAt(ward)).toMatchObject({ session: first.session, activity: "hospital" });
    expect(await signInAt(clinic)).toMatchObject({ session: first.session, activity: "pharmacy" });
    expect(records("session-moved").map(({ activity }) => activity)).toEqual(["hospital", "hospital", "pharmacy"]);
  });
});

describe("an activity that leaves the directory", () => {
  test("ends its use at the next decision: recorded, and another one has to be chosen", async () => {
    await withActivities(hospital, pharmacy, research);
    const client = await workstation("A");
    const { seat } = await signInAt(client);
    await client.chooseActivity(seat, "hospital");
    await client.launch(seat, "record");
    bring(pharmacy, research);
    await synced(2);
    const launches = ["record", "prescriptions"].map(id => client.launch(seat, id).catch(asFailure));
    expect(await Promise.all(launches)).toMatchObject([
      { code: "activity-not-chosen" },
      { code: "activity-not-chosen" },
    ]);
    expect(records("activity-ended")).toMatchObject([{ holder: physician, activity: "hospital" }]);
    const left = await client.describeSession(seat);
    expect([left.activity, left.lastActivity, left.activities.map(({ id }) => id)]).toEqual([
      undefined,
      undefined,
      ["pharmacy", "research"],
    ]);
    expect((await client.chooseActivity(seat, "research")).applications[0]).toMatchObject({
      id: "record",
      open: false,
    });
  });

  test("is not taken again where it was remembered; the only one left is", async () => {
    await withActivities(hospital, pharmacy);
    const client = await workstation("A");
    const { seat } = await signInAt(client);
    await client.chooseActivity(seat, "hospital");
    await client.end(seat);
    bring(pharmacy);
    await synced(2);
    expect(await signInAt(client)).toMatchObject({ activity: "pharmacy" });
  });

  test("leaves the card's own rights where it was the last one", async () => {
    await withActivities(pharmacy);
    const client = await workstation("A");
    const { seat } = await signInAt(client);
    bring();
    await synced(2);
    const { activity, ...session } = await client.describeSession(seat);
    expect([activity, ids(session)]).toEqual([undefined, ["record", "prescriptions"]]);
  });
});
