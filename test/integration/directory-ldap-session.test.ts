import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Attribute, Change } from "ldapts";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { generalizedTimeText } from "../../broker/directory/ldap/generalized-time.ts";
import { ldapSource } from "../../broker/directory/ldap/ldap-configuration.ts";
import type { BrokerEvent } from "../../core/ports/broker-connection.ts";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import { DirectorySlapd, slapdManager, slapdPassword, slapdSuffix } from "./support/directory-slapd.ts";
import { signIn, TestBroker } from "./support/test-broker.ts";

const physician = "899700075064";
const people = `ou=people,${slapdSuffix}`;
const camille = `uid=camille,${people}`;
const content = [
  `dn: ${people}\nobjectClass: organizationalUnit\nou: people\n\n`,
  `dn: ${camille}\nobjectClass: inetOrgPerson\ncn: Camille AUBERT\nsn: AUBERT\nemployeeNumber: ${physician}\n\n`,
].join("");

let slapd: DirectorySlapd;
let house: TestBroker;
let client: BrokerClient;

beforeEach(async () => {
  slapd = await DirectorySlapd.start({ content });
  house = await TestBroker.start();
  const bindPasswordFile = join(house.directory, "ldap-password");
  writeFileSync(bindPasswordFile, slapdPassword);
  const source = ldapSource.parse({
    id: "hospital",
    kind: "ldap",
    servers: [slapd.address],
    bindName: slapdManager,
    bindPasswordFile,
    schema: "inet-org-person",
    people: { base: people },
    intervalSeconds: 0.2,
  });
  await house.restart({ directory: { required: true, sources: [source] } });
  await read();
  client = new BrokerClient(await house.enrol("A"));
  await next("connected");
});

afterEach(async () => {
  await client.close();
  await house.close();
  await slapd.stop();
});

/** Comes back when a look at the directory has counted. */
async function read(): Promise<void> {
  await expect.poll(() => trail().some(record => record.act === "directory-synced")).toBe(true);
}

const trail = () => house.records();

function next<Type extends BrokerEvent["type"]>(type: Type): Promise<Extract<BrokerEvent, { type: Type }>> {
  return new Promise(resolve => {
    const stop = client.subscribe(event => {
      if (event.type !== type) return;
      queueMicrotask(() => stop());
      resolve(event as Extract<BrokerEvent, { type: Type }>);
    });
  });
}

function replace(type: string, values: string[]): Promise<void> {
  const change = new Change({ operation: "replace", modification: new Attribute({ type, values }) });
  return slapd.managing(manager => manager.modify(camille, [change]));
}

async function signedIn(): Promise<string> {
  const { seat } = await signIn(client, house.keysOf("physician"));
  client.believeSeat(seat);
  return seat;
}

describe("a session of a holder whom an LDAP directory knows", () => {
  test("ends when he is disabled there, and not before", async () => {
    const seat = await signedIn();
    const told = next("seat-lost");
    await replace("pwdAccountLockedTime", ["000001010000Z"]);
    await expect(told).resolves.toMatchObject({ seat, reason: "withdrawn" });
    expect(trail().at(-1)).toMatchObject({ act: "session-ended", detail: "withdrawn: disabled by hospital" });
    await expect(signIn(client, house.keysOf("physician"))).rejects.toMatchObject({ code: "holder-disabled" });
  });

  test("ends when his account ends, though the directory does not answer then", async () => {
    const minute = 60_000;
    await replace("pwdEndTime", [generalizedTimeText(Date.now() + 2 * minute)]);
    await expect.poll(() => trail().filter(record => record.act === "directory-synced").length).toBe(2);
    const seat = await signedIn();
    await slapd.pause();
    const told = next("seat-lost");
    house.aheadMs = 3 * minute;
    await expect(told).resolves.toMatchObject({ seat, reason: "withdrawn" });
    expect(trail().map(({ act }) => act)).toContain("directory-accounts-ended");
  });

  test("stays while the directory does not answer", async () => {
    await signedIn();
    await slapd.pause();
    await expect.poll(() => trail().some(record => record.act === "directory-source-failed")).toBe(true);
    expect(trail().some(record => record.act === "session-ended")).toBe(false);
  });
});
