import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { BrokerEvent } from "../../core/ports/broker-connection.ts";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import { ScimClient } from "./support/scim-client.ts";
import { ScimHouse } from "./support/scim-house.ts";
import { signIn, type TestBroker } from "./support/test-broker.ts";

const core = "urn:ietf:params:scim:schemas:core:2.0:User";
const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const professional = "urn:wardkey:scim:schemas:1.0:HealthProfessional";
const physician = "899700075064";

const policies = `
@id("record-for-cardiology") permit(principal in Group::"Cardiology", action, resource == Application::"record");
@id("prescriptions-for-pharmacy") permit(principal in Group::"Pharmacy", action, resource == Application::"prescriptions");`;

let hospital: ScimHouse;
let house: TestBroker;
let scim: ScimClient;
let workstation: BrokerClient;

beforeEach(async () => {
  hospital = await ScimHouse.start();
  ({ house, client: scim } = hospital);
  const folder = join(house.directory, "policies");
  mkdirSync(folder);
  writeFileSync(join(folder, "groups.cedar"), policies);
  const applications = house.configuration.applications.map(({ professions: _all, ...application }) => application);
  Object.assign(house.configuration, { policyFolder: folder, applications });
  await house.restart();
  workstation = new BrokerClient(await house.enrol("A"));
  await next("connected");
});

afterEach(async () => {
  await workstation.close();
  await hospital.close();
});

/** With another directory configuration; the workstation is back when this ends: a line in the making outlives its client. */
async function restart(directory: Partial<(typeof house)["configuration"]["directory"]>): Promise<void> {
  Object.assign(house.configuration, { directory: { ...house.configuration.directory, ...directory } });
  const lost = next("disconnected");
  await house.restart();
  await lost;
  await next("connected");
}

const camille = {
  schemas: [core, professional],
  externalId: "hr-4711",
  userName: "caubert",
  displayName: "Camille AUBERT",
  active: true,
  [professional]: { holder: physician },
};

async function joined(group: string): Promise<{ readonly user: string; readonly group: string }> {
  const user = (await scim.post("/Users", camille)).body.id;
  const made = await scim.post("/Groups", { displayName: group, members: [{ value: user }] });
  return { user, group: made.body.id };
}

const enter = () => signIn(workstation, house.keysOf("physician"));
const tiles = async () => (await enter()).applications.map(({ id }) => id);

function next<Type extends BrokerEvent["type"]>(type: Type): Promise<Extract<BrokerEvent, { type: Type }>> {
  return new Promise(resolve => {
    const stop = workstation.subscribe(event => {
      if (event.type !== type) return;
      queueMicrotask(() => stop());
      resolve(event as Extract<BrokerEvent, { type: Type }>);
    });
  });
}

const lastRecord = () => house.records().at(-1);

describe("who joins", () => {
  test("signs in by card, and his groups decide which applications he has", async () => {
    expect(await tiles()).toEqual([]);
    await joined("Cardiology");
    expect(await tiles()).toEqual(["record"]);
  });

  test("has what a group within a group gives", async () => {
    const { group } = await joined("Heart failure team");
    await scim.post("/Groups", { displayName: "Cardiology", members: [{ value: group }] });
    expect(await tiles()).toEqual(["record"]);
  });

  test("is let in at all only when he has come, where the directory is demanded", async () => {
    await restart({ required: true });
    await expect(enter()).rejects.toMatchObject({ code: "holder-not-in-directory" });
    await joined("Cardiology");
    expect(await tiles()).toEqual(["record"]);
  });

  test("is known by another attribute where the hospital keeps the identifier there, and only by that", async () => {
    const sources = [
      {
        id: "hr",
        kind: "scim" as const,
        tokenFile: hospital.tokenFile,
        holderAttribute: `${enterprise}:employeeNumber`,
      },
    ];
    await restart({ required: true, sources });
    await scim.post("/Users", { ...camille, userName: "by-extension" });
    await expect(enter()).rejects.toMatchObject({ code: "holder-not-in-directory" });
    await scim.post("/Users", { userName: "caubert", [enterprise]: { employeeNumber: physician } });
    await expect(enter()).resolves.toMatchObject({ resumed: false });
  });

  test("is not who a stranger without a good token says", async () => {
    await restart({ required: true });
    const stranger = new ScimClient(house.configuration.web.origin);
    expect((await stranger.post("/Users", camille)).status).toBe(401);
    await expect(enter()).rejects.toMatchObject({ code: "holder-not-in-directory" });
  });
});

describe("who moves", () => {
  test("has other applications from the change of groups on", async () => {
    const { user, group } = await joined("Cardiology");
    const pharmacy = (await scim.post("/Groups", { displayName: "Pharmacy" })).body.id;
    expect(await tiles()).toEqual(["record"]);
    await scim.patch(`/Groups/${group}`, { op: "Remove", path: "members", value: [{ value: user }] });
    await scim.patch(`/Groups/${pharmacy}`, { op: "Add", path: "members", value: [{ $ref: null, value: user }] });
    expect(await tiles()).toEqual(["prescriptions"]);
  });

  test("keeps what he has where the change names a version that is no more", async () => {
    const { user, group } = await joined("Cardiology");
    await scim.patch(`/Groups/${group}`, { op: "add", path: "externalId", value: "c" });
    const refused = await scim.ask("PATCH", `/Groups/${group}`, {
      headers: { "if-match": 'W/"1"' },
      body: { Operations: [{ op: "remove", path: `members[value eq "${user}"]` }] },
    });
    expect(refused.status).toBe(412);
    expect(await tiles()).toEqual(["record"]);
  });
});

describe("who leaves", () => {
  async function seated() {
    const known = await joined("Cardiology");
    const session = await enter();
    workstation.believeSeat(session.seat);
    return { ...known, session, told: next("seat-lost") };
  }

  test("by active: false has no session from then on: the workstation is told", async () => {
    const { user, session, told } = await seated();
    const answer = await scim.patch(`/Users/${user}`, { op: "Replace", path: "active", value: "False" });
    expect(answer.body.active).toBe(false);
    await expect(told).resolves.toMatchObject({ seat: session.seat, reason: "withdrawn" });
    await expect(enter()).rejects.toMatchObject({ code: "holder-disabled" });
    expect(lastRecord()).toMatchObject({ act: "sign-in-denied", holder: physician, detail: "disabled by hr" });
  });

  test("by DELETE has none either, and comes back as somebody new", async () => {
    const { user, session, told } = await seated();
    expect((await scim.ask("DELETE", `/Users/${user}`)).status).toBe(204);
    await expect(told).resolves.toMatchObject({ seat: session.seat, reason: "withdrawn" });
    await expect(enter()).rejects.toMatchObject({ code: "holder-disabled" });
    await joined("Pharmacy");
    expect(await tiles()).toEqual(["prescriptions"]);
  });

  test("in a bulk request has none either", async () => {
    const { user, told } = await seated();
    const data = { Operations: [{ op: "replace", value: { active: false } }] };
    await scim.post("/Bulk", { Operations: [{ method: "PATCH", path: `/Users/${user}`, data }] });
    await expect(told).resolves.toMatchObject({ reason: "withdrawn" });
  });

  test("is not everybody: another's leaving, and a change that is refused, end nothing", async () => {
    const { user, session } = await seated();
    const other = (await scim.post("/Users", { userName: "other", active: true })).body.id;
    await scim.patch(`/Users/${other}`, { op: "replace", path: "active", value: false });
    expect((await scim.patch(`/Users/${user}`, { op: "replace", path: "active", value: "perhaps" })).status).toBe(400);
    await expect(workstation.launch(session.seat, "record")).resolves.toBeDefined();
  });

  test("with the source itself: what it brought is gone with it", async () => {
    await joined("Cardiology");
    await restart({ sources: [] });
    expect(await tiles()).toEqual([]);
  });
});
