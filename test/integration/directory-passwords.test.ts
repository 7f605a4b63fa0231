import { writeFileSync } from "node:fs";
import { type AddressInfo, createServer, type Server } from "node:net";
import { join } from "node:path";
import { Attribute, Change } from "ldapts";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ldapSource } from "../../broker/directory/ldap/ldap-configuration.ts";
import { fallbackConfiguration } from "../../broker/fallback/fallback-configuration.ts";
import { type BrokerConfiguration, brokerConfiguration } from "../../broker/main/configuration.ts";
import type { FailureCode } from "../../core/errors/catalogue.ts";
import type { BrokerEvent, SeatedSession } from "../../core/ports/broker-connection.ts";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import { consoleRoutes } from "../../protocol/broker/console/routes.ts";
import { ConsoleDesk } from "./support/console-desk.ts";
import { DirectorySlapd, slapdManager, slapdPassword, slapdSuffix } from "./support/directory-slapd.ts";
import { signIn, TestBroker } from "./support/test-broker.ts";

const nurse = "899700218896";
const physician = "899700075064";
const people = `ou=people,${slapdSuffix}`;
const ines = `uid=i.morel,${people}`;
const password = "Pâté & {croûte} 42";

const person = (account: string, name: string, holder: string, more: readonly string[] = []) =>
  [
    `dn: uid=${account},${people}\nobjectClass: inetOrgPerson\nuid: ${account}\ncn: ${name}\nsn: ${name}`,
    `employeeNumber: ${holder}\nuserPassword:: ${Buffer.from(password).toString("base64")}`,
    ...more,
    "\n",
  ].join("\n");
const content = [
  `dn: ${people}\nobjectClass: organizationalUnit\nou: people\n\n`,
  person("i.morel", "Ines MOREL", nurse, ["mail: ines.morel@hopital.test"]),
  person("twin", "One TWIN", "899700000001", ["mail: twins@hopital.test"]),
  person("other", "Other TWIN", "899700000002", ["mail: twins@hopital.test"]),
  person("c.aubert", "Camille AUBERT", physician),
  // What the directory asks of passwords: locked after three wrong ones; to be changed after an administrator has set one.
  `dn: cn=policy,${slapdSuffix}\nobjectClass: organizationalRole\nobjectClass: pwdPolicy\ncn: policy\npwdAttribute: userPassword\n`,
  "pwdLockout: TRUE\npwdMaxFailure: 3\npwdMustChange: TRUE\n\n",
].join("");

let slapd: DirectorySlapd;
let house: TestBroker;
let ward: BrokerClient;
const open: { close(): Promise<void> }[] = [];

function changeOf(
  directory: TestBroker["directory"],
  servers: string[],
  more: object = {},
): Partial<BrokerConfiguration> {
  const bindPasswordFile = join(directory, "ldap-password");
  writeFileSync(bindPasswordFile, slapdPassword);
  const source = ldapSource.parse({
    ...{ id: "hospital", kind: "ldap", servers, bindName: slapdManager, bindPasswordFile },
    ...{ schema: "inet-org-person", people: { base: people }, authorities: slapd.tls.certificate },
    ...{ intervalSeconds: 0.2, answerSeconds: 2, ...more },
  });
  return {
    directory: { required: false, sources: [source] },
    fallback: fallbackConfiguration.parse({
      profiles: [{ id: "shift", name: "One shift", minutes: 600, signIns: 5, secondPerson: false }],
      directoryPasswords: [{ source: "hospital", places: ["ward"], minutes: 45 }],
    }),
  };
}

beforeEach(async () => {
  slapd = await DirectorySlapd.start({ content, policy: `cn=policy,${slapdSuffix}` });
  house = await TestBroker.start({
    places: [
      { id: "ward", name: "Ward", helpdeskPhone: "1234", graceSeconds: 300 },
      { id: "elsewhere", name: "Elsewhere", helpdeskPhone: "1234", graceSeconds: 0 },
    ],
    administrators: [{ holder: physician, roles: ["helpdesk"] }],
  });
  await house.restart(changeOf(house.directory, [slapd.secureAddress]));
  await expect.poll(() => records("directory-synced").length, { timeout: 10_000 }).toBeGreaterThan(0);
  ward = await workstation("WARD-1");
});

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  await house.close();
  await slapd.stop();
});

async function workstation(name: string, place = "ward"): Promise<BrokerClient> {
  const client = new BrokerClient(await house.enrol(name, place));
  open.push(client);
  return client;
}

function by(typed: string, { who = "i.morel", at = ward } = {}): Promise<SeatedSession> {
  return at.signInWithPassword(who, new TextEncoder().encode(typed));
}

const replaceAt = (name: string, type: string, values: string[]) =>
  slapd.managing(manager =>
    manager.modify(name, [new Change({ operation: "replace", modification: new Attribute({ type, values }) })]),
  );
const refusal = (code: FailureCode) => expect.objectContaining({ name: "Failure", code });
const records = (act: TrailRecord["act"]) => house.records().filter(record => record.act === act);
const why = () => JSON.parse(records("directory-password-denied").at(-1)?.detail ?? "{}").why;

async function issueAccess(): Promise<string> {
  const desk = await ConsoleDesk.open(house, "physician");
  open.push(desk);
  const order = { holder: nurse, profile: "shift", reason: "card at home", checked: [], cardLost: false };
  const answer = await desk.ask(consoleRoutes.requestFallback, order);
  return answer.state === "issued" ? answer.password : expect.fail(answer.state);
}

describe("a password that the directory knows", () => {
  test("opens a session of its own, at low assurance and for as long as the profile says", async () => {
    expect(await ward.describe()).toMatchObject({ temporaryAccess: true, directoryPassword: true });
    const session = await by(password);
    expect(session).toMatchObject({ means: "directory-password", holder: { id: nurse, displayName: "Ines MOREL" } });
    expect(session.temporaryAccess).toBeUndefined();
    expect(Math.round((session.expiresAt - session.openedAt) / 60_000)).toBe(45);
    // No application names this means, so none opens.
    expect(session.applications.map(({ unavailable }) => unavailable?.reason)).toEqual(["means"]);
    await expect(ward.launch(session.seat, "record")).rejects.toEqual(refusal("application-not-entitled"));
    const about = { holder: nurse, means: "directory-password", assurance: "low", place: "ward" };
    expect(records("session-opened").at(-1)).toMatchObject(about);
    expect(JSON.stringify(house.records())).not.toContain(password);
  });

  test.for(["I.Morel", "ines.morel@HOPITAL.test", nurse, nurse.slice(1)])("knows its holder as %s", async who => {
    expect(await by(password, { who })).toMatchObject({ holder: { id: nurse } });
  });

  test("comes back to the session that it opened; the card ends that one, and never the other way round", async () => {
    const opened = await by(password);
    await ward.cover(opened.seat, "locked-by-holder", 0);
    expect(await by(password)).toMatchObject({ session: opened.session, resumed: true });
    const lost = new Promise<BrokerEvent>(resolve =>
      ward.subscribe(event => event.type === "seat-lost" && resolve(event)),
    );
    const other = await workstation("WARD-2");
    const byCard = await signIn(other, house.keysOf("nurse"));
    expect(byCard).toMatchObject({ means: "card-pin", resumed: false });
    expect(await lost).toMatchObject({ seat: opened.seat, reason: "replaced" });
    // It does not get at what the card has opened.
    expect(await by(password)).toMatchObject({ means: "directory-password", resumed: false });
  });

  test("is not the one that counts while a temporary access is there, and counts again after it", async () => {
    const temporary = await issueAccess();
    await expect(by(password)).rejects.toEqual(refusal("password-refused"));
    expect(records("fallback-denied").at(-1)).toMatchObject({ holder: nurse });
    // Nor by a name that the access does not go by.
    await replaceAt(ines, "mail", ["new.name@hopital.test"]);
    await expect
      .poll(() => by(password, { who: "new.name@hopital.test" }).catch(() => why()))
      .toContain("temporary access");
    expect(await by(temporary)).toMatchObject({ means: "temporary-password" });
    await signIn(await workstation("WARD-2"), house.keysOf("nurse"));
    house.aheadMs += 60_000;
    expect(await by(password)).toMatchObject({ means: "directory-password" });
  });
});

describe("whatever is wrong with it", () => {
  test.for([
    ["another password", "i.morel", "wrong", /invalidCredentials/],
    ["none at all", "i.morel", "", /no password/],
    ["somebody who is not there", "nobody", password, /nobody/],
    ["a name of two holders", "twins@hopital.test", password, /several/],
    ["a filter in place of a name", "*)(uid=*", password, /nobody/],
    ["the name of an entry", ines, password, /nobody/],
  ] as const)("%s: one answer, after one time", async ([, who, typed, expected]) => {
    const started = performance.now();
    await expect(by(typed, { who })).rejects.toEqual(refusal("password-refused"));
    expect(performance.now() - started).toBeGreaterThan(990);
    expect(why()).toMatch(expected);
    expect(records("session-opened").some(({ means }) => means === "directory-password")).toBe(false);
  });

  test("an account that the directory has locked, or wants to be changed: the trail says so", async () => {
    for (let time = 0; time < 3; time += 1) await expect(by("wrong")).rejects.toEqual(refusal("password-refused"));
    await expect(by(password)).rejects.toEqual(refusal("password-refused"));
    expect(why()).toBe("the account is locked after too many wrong passwords");
    await replaceAt(`uid=c.aubert,${people}`, "pwdReset", ["TRUE"]);
    await expect(by(password, { who: "c.aubert" })).rejects.toEqual(refusal("password-refused"));
    expect(why()).toBe("the password has to be changed first");
  });

  test("a holder whom our directory does not let in, though the server would", async () => {
    const file = join(house.directory, "staff.csv");
    writeFileSync(file, `id,holder,displayName,active\n1,${nurse},Ines MOREL,no\n`);
    const { directory } = house.configuration;
    const hr = { id: "hr", kind: "csv", file, intervalSeconds: 2 } as const;
    await house.restart({ directory: { ...directory, sources: [...directory.sources, hr] } });
    await expect
      .poll(() => records("directory-synced").some(({ detail }) => detail?.includes("hr")), { timeout: 10_000 })
      .toBe(true);
    await expect(by(password)).rejects.toEqual(refusal("password-refused"));
    expect(why()).toMatch(/^holder-disabled: disabled by hr/);
  });

  test("a place that does not offer it", async () => {
    const elsewhere = await workstation("ELSEWHERE-1", "elsewhere");
    expect((await elsewhere.describe()).directoryPassword).toBe(false);
    await expect(by(password, { at: elsewhere })).rejects.toEqual(refusal("password-refused"));
    expect(records("fallback-denied")).toHaveLength(1);
  });

  test("tries by several names of one account are tries of that account", async () => {
    const names = ["i.morel", "ines.morel@hopital.test", nurse, nurse.slice(1)];
    for (const who of [...names, "i.morel"])
      await expect(by("wrong", { who })).rejects.toEqual(refusal("password-refused"));
    await expect(by(password)).rejects.toEqual(refusal("sign-in-throttled"));
  });

  test("many names is an alarm", async () => {
    for (let name = 0; name < 6; name += 1)
      await expect(by("wrong", { who: `name${name}` })).rejects.toEqual(refusal("password-refused"));
    expect(records("fallback-sprayed")).toHaveLength(1);
  });
});

describe("the servers", () => {
  test.for(["i.morel", "nobody"])(
    "away: %s is told so, alike, and whoever has a temporary access gets in",
    async who => {
      const temporary = await issueAccess();
      await house.restart(changeOf(house.directory, [slapd.secureAddress], { intervalSeconds: 3600 }));
      await slapd.pause();
      if (who === "i.morel") {
        expect(await by(temporary)).toMatchObject({ means: "temporary-password" });
        who = "c.aubert";
      }
      await expect(by(password, { who })).rejects.toEqual(refusal("directory-password-unavailable"));
      expect(why()).toMatch(/^directory-source-unreachable: /);
      await slapd.resume();
      house.aheadMs += 60_000;
      if (who !== "nobody") expect(await by(password, { who })).toMatchObject({ means: "directory-password" });
    },
  );

  test("silent: within the time that a workstation waits, and the next server is asked", async () => {
    const silent: Server = createServer(() => {});
    await new Promise<void>(resolve => silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as AddressInfo;
    const dead = `ldaps://localhost:${port}`;
    await house.restart(changeOf(house.directory, [dead], { answerSeconds: 60 }));
    await expect(by(password)).rejects.toEqual(refusal("directory-password-unavailable"));
    await house.restart(changeOf(house.directory, [dead, slapd.secureAddress], { answerSeconds: 60 }));
    expect(await by(password)).toMatchObject({ means: "directory-password" });
    silent.close();
  });

  test("with another certificate are told no password", async () => {
    await house.restart(changeOf(house.directory, [slapd.secureAddress.replace("localhost", "127.0.0.2")]));
    await expect(by(password)).rejects.toEqual(refusal("directory-password-unavailable"));
  });

  test("are asked by StartTLS too, and never in clear", async () => {
    await house.restart(changeOf(house.directory, [slapd.address], { startTls: true }));
    expect(await by(password)).toMatchObject({ means: "directory-password" });
    const clear = { ...house.configuration, ...changeOf(house.directory, [slapd.address]) };
    expect(brokerConfiguration.safeParse(clear).error?.issues).toMatchObject([
      { path: ["fallback", "directoryPasswords", 0, "source"], message: expect.stringContaining("startTls") },
    ]);
  });

  test("that do not know our own account are the house's trouble, not the person's", async () => {
    const change = changeOf(house.directory, [slapd.secureAddress]);
    writeFileSync(join(house.directory, "ldap-password"), "another");
    await house.restart(change);
    await expect(by(password)).rejects.toEqual(refusal("directory-password-unavailable"));
    expect(why()).toContain("directory-request-refused");
  });
});
