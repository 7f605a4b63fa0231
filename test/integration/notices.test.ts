import { rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type NoticeConfiguration, noticeConfiguration } from "../../broker/notices/notice-configuration.ts";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import { commandLine } from "../../demo/ward/command-line.ts";
import { ForkedProgram } from "../../demo/ward/forked-program.ts";
import { freePorts } from "../../demo/ward/free-ports.ts";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import { consoleRoutes } from "../../protocol/broker/console/routes.ts";
import { ConsoleDesk } from "./support/console-desk.ts";
import { eventually } from "./support/eventually.ts";
import { MailServer, mailUser, unknownAddress, whyNoMailServer } from "./support/mail-server.ts";
import { serverCertificate } from "./support/server-certificate.ts";
import { signIn, TestBroker } from "./support/test-broker.ts";

const nurse = "899700218896";
const physician = "899700075064";
const reason = whyNoMailServer();
if (reason !== undefined) console.warn(`notices are not tried: ${reason}`);

let mail: MailServer;
let house: TestBroker;
let desk: ConsoleDesk;
let ward: BrokerClient;

const staff = (manager: string, nursesMail: string) => `id,holder,displayName,active,mail,manager,language
1,${nurse},Inès MOREL,yes,${nursesMail},${manager},fr-FR
2,,Claude BERNARD,yes,claude.bernard@hopital.test,,en
3,,Paul GONE,no,paul.gone@hopital.test,,fr
`;

type Server = Partial<NoticeConfiguration["server"]>;

function notices(server: Server = {}, rules: object = {}, giveUpHours = 24): NoticeConfiguration {
  const { passwordFile, tls, ports } = mail;
  return noticeConfiguration.parse({
    server: {
      host: "localhost",
      port: ports.startTls,
      authorities: tls.certificate,
      account: { user: mailUser, passwordFile },
      ...server,
    },
    from: "wardkey@hopital.test",
    giveUpHours,
    rules: {
      "fallback-issued": { manager: true },
      "fallback-alarm": { addresses: ["security@hopital.test"] },
      ...rules,
    },
  });
}

/** Starts the house with these notices, the nurse in its directory and the helpdesk at work. */
async function open(told: NoticeConfiguration | undefined, manager = "2", nursesMail = "ines.morel@hopital.test") {
  const file = join(mail.folder, "staff.csv");
  writeFileSync(file, staff(manager, nursesMail));
  const [metrics = 0] = await freePorts(1);
  house = await TestBroker.start({
    ...(told === undefined ? {} : { notices: told }),
    metrics: { host: "127.0.0.1", port: metrics },
    timeZone: "Europe/Paris",
    directory: { required: false, sources: [{ id: "hr", kind: "csv", file, intervalSeconds: 2 }] },
    administrators: [{ holder: physician, roles: ["helpdesk"] }],
    fallback: {
      profiles: [{ id: "shift", name: "One shift", minutes: 600, signIns: 2, secondPerson: false }],
      checklist: [],
    },
  });
  await eventually(() => records("directory-synced").length > 0);
  ward = new BrokerClient(await house.enrol("WARD-1"));
  desk = await ConsoleDesk.open(house, "physician");
}

async function issue(): Promise<string> {
  const order = { holder: nurse, profile: "shift", reason: "card at home", checked: [], cardLost: false };
  const answer = await desk.ask(consoleRoutes.requestFallback, order);
  return answer.state === "issued" ? answer.password : expect.fail(answer.state);
}

const records = (act: TrailRecord["act"]) => house.records().filter(record => record.act === act);
const told = (act: "notice-sent" | "notice-not-sent") => records(act).map(({ detail = "" }) => JSON.parse(detail));
const to = (address: string) => mail.received().filter(one => one.to === address);

function rows(): readonly Record<string, unknown>[] {
  const database = new DatabaseSync(house.configuration.store, { readOnly: true });
  const found = database.prepare("select * from notice order by address").all();
  database.close();
  return found;
}

async function metric(name: string): Promise<string | undefined> {
  const text = await (await fetch(`http://127.0.0.1:${house.configuration.metrics?.port}/metrics`)).text();
  return text
    .split("\n")
    .find(line => line.startsWith(`${name}{`))
    ?.split(" ")
    .at(-1);
}

describe.skipIf(reason !== undefined)("a notice by mail", () => {
  beforeEach(async () => {
    mail = await MailServer.make();
    await mail.start();
  });
  afterEach(async () => {
    await ward?.close();
    await desk?.close();
    await house?.close();
    await mail.remove();
  });

  test.for([
    ["STARTTLS", "starttls"],
    ["TLS", "tls"],
  ] as const)("reaches the holder and the manager, each in his language, by %s", async ([, security]) => {
    await open(notices({ security, port: security === "tls" ? mail.ports.tls : mail.ports.startTls }));
    const password = await issue();
    await eventually(() => mail.received().length === 2, 20);
    const [own, ...twice] = to("ines.morel@hopital.test");
    const [above] = to("claude.bernard@hopital.test");
    expect(twice).toEqual([]);
    expect(own?.text).toContain("Bonjour Inès MOREL,");
    expect(own?.text).toContain("Vous n’avez rien demandé ? Appelez l’assistance : 1234.");
    expect(above?.text).toContain("Dear Claude BERNARD,");
    expect(above?.text).toContain("opened a temporary access for Inès MOREL");
    expect(above?.headers).toMatchObject({ "auto-submitted": "auto-generated", subject: "Temporary access opened" });
    // Exim says in what it adds whether it was encrypted, and who signed in.
    expect(own?.headers["received"]).toMatch(/with esmtpsa/);
    await eventually(() => told("notice-sent").length === 2);
    const about = { kind: "fallback-issued", notice: expect.any(String) };
    expect(told("notice-sent")).toEqual(
      expect.arrayContaining([
        { ...about, to: "holder" },
        { ...about, to: "manager" },
      ]),
    );
    expect(records("notice-sent")[0]).toMatchObject({ holder: nurse });
    expect(rows()).toEqual([]);
    expect(await metric("wardkey_notices_waiting")).toBe("0");
    // What nobody but the holder may know, and why he has no card, is in no mail.
    const everything = JSON.stringify(mail.received());
    expect(everything).not.toContain(password);
    expect(everything).not.toContain("card at home");
  });

  test("is sent to nobody where none are configured", async () => {
    await open(undefined);
    await issue();
    expect(rows()).toEqual([]);
    expect(records("fallback-issued")).toHaveLength(1);
    expect(await metric("wardkey_notices_waiting")).toBeUndefined();
  });

  test("of names tried out goes to the security desk", async () => {
    await open(notices());
    for (let name = 0; name < 6; name += 1)
      await expect(
        ward.signInWithPassword(`name ${name}`, new TextEncoder().encode("23456789ABCDEFG")),
      ).rejects.toMatchObject({ code: "password-refused" });
    await eventually(() => to("security@hopital.test").length === 1, 20);
    expect(to("security@hopital.test")[0]?.text).toContain("6 noms avaient été refusés en dix minutes");
  });

  test("waits while the server is away, through the death of the broker, and is delivered once", async () => {
    await mail.stop();
    await open(notices());
    await issue();
    await desk.close();
    await ward.close();
    await house.broker.close();
    const waiting = rows();
    expect(waiting.map(({ address }) => address)).toEqual(["claude.bernard@hopital.test", "ines.morel@hopital.test"]);
    // In a process of its own, which can be killed.
    const file = join(house.directory, "broker.json");
    writeFileSync(file, JSON.stringify(house.configuration));
    const start = async () => {
      const words = ["broker", "--config", file];
      const program = new ForkedProgram<{ type: "listening" }>({ name: "broker", entry: commandLine, words });
      await program.next("start", message => message.type === "listening" || undefined, 60_000);
      return program;
    };
    const tries = () => rows().map(row => Number(row["tries"]));
    const [before = 0] = tries();
    let broker = await start();
    await eventually(() => tries().some(count => count > before), 30);
    broker.kill("SIGKILL");
    await broker.ended;
    expect(rows()).toHaveLength(2);
    await mail.start();
    broker = await start();
    // It waits for the pause after the last try.
    await eventually(() => rows().length === 0, 40);
    await eventually(() => mail.received().length === 2);
    broker.kill("SIGTERM");
    await broker.ended;
    expect(
      mail
        .received()
        .map(({ headers }) => headers["message-id"])
        .sort(),
    ).toEqual(waiting.map(({ id }) => `<${id}@hopital.test>`).sort());
    await house.restartStopped();
  }, 120_000);

  test("that was taken and could not be recorded comes again, known by its Message-ID", async () => {
    await open(notices({}, { "fallback-issued": { holder: true } }));
    const other = new DatabaseSync(house.configuration.store);
    other.exec(
      `create trigger full before insert on trail_record when new.text like '%notice-sent%' begin select raise(abort, 'full'); end`,
    );
    await issue();
    await eventually(() => mail.received().length === 1, 20);
    house.aheadMs += 10_000;
    // That it comes once more is the sign that the first could not be recorded.
    await eventually(() => mail.received().length === 2, 20);
    expect(told("notice-sent")).toEqual([]);
    other.exec("drop trigger full");
    other.close();
    house.aheadMs += 60_000;
    await eventually(() => told("notice-sent").length === 1, 20);
    expect(rows()).toEqual([]);
    expect(new Set(mail.received().map(({ headers }) => headers["message-id"])).size).toBe(1);
  });

  test.for([
    ["has a certificate of another authority", "authority"],
    ["has another name than its certificate", "name"],
    ["knows no STARTTLS", "no-tls"],
    ["does not know our password", "password"],
    ["says nothing", "silent"],
  ] as const)("is not sent to a server that %s, and nobody waits for it", async ([, wrong]) => {
    const silent = createServer(() => {});
    const server: Server = {};
    if (wrong === "authority")
      server.authorities = serverCertificate(mail.folder, ["DNS:localhost"], "other").certificate;
    if (wrong === "name") server.host = "127.0.0.1";
    if (wrong === "password") server.account = { user: "somebody else", passwordFile: mail.passwordFile };
    if (wrong === "silent") {
      await new Promise<void>(resolve => silent.listen(0, "127.0.0.1", resolve));
      server.port = (silent.address() as AddressInfo).port;
    }
    if (wrong === "no-tls") {
      await mail.stop();
      await mail.start({ offersTls: false });
    }
    await open(notices(server));
    const password = await issue();
    await eventually(() => rows().some(({ tries }) => Number(tries) > 0), 20);
    expect(await ward.signInWithPassword(nurse, new TextEncoder().encode(password))).toMatchObject({
      means: "temporary-password",
    });
    expect(mail.received()).toEqual([]);
    expect(rows()).toHaveLength(2);
    expect(await metric("wardkey_notices_waiting")).toBe("2");
    expect([...told("notice-sent"), ...told("notice-not-sent")]).toEqual([]);
    silent.close();
  });

  test("to a mailbox that is not there is given up at once; the others get theirs", async () => {
    await open(notices(), "2", unknownAddress);
    await issue();
    await eventually(() => rows().length === 0, 20);
    const why = expect.stringContaining("(address) no such mailbox <(address)>");
    expect(told("notice-not-sent")).toMatchObject([{ to: "holder", why }]);
    expect(JSON.stringify(house.records())).not.toContain(unknownAddress);
    // The server has taken it, and brings it to its mailbox by and by.
    await eventually(() => mail.received().length > 0, 20);
    expect(mail.received().map(one => one.to)).toEqual(["claude.bernard@hopital.test"]);
    expect(await metric("wardkey_notices_total")).toBe("1");
  });

  test("that could not be sent for long enough is given up, and stands in the trail", async () => {
    await mail.stop();
    await open(notices({}, {}, 1));
    await issue();
    await eventually(() => rows().every(({ tries }) => Number(tries) > 0), 20);
    house.aheadMs += 3_600_000;
    await eventually(() => rows().length === 0, 20);
    expect(
      told("notice-not-sent")
        .map(one => one.to)
        .sort(),
    ).toEqual(["holder", "manager"]);
    await mail.start();
    expect(mail.received()).toEqual([]);
  });

  test.for([
    ["has no mail address", "2", "", { to: "holder", why: "the directory brings no mail address" }],
    [
      "has what is no address",
      "2",
      "a@hopital.test\u2028b",
      { to: "holder", why: "the directory brings no mail address" },
    ],
    ["has nobody above", "", "ines.morel@hopital.test", { to: "manager", why: "the directory names no manager" }],
    [
      "has somebody above who has left",
      "3",
      "ines.morel@hopital.test",
      { to: "manager", why: "the directory brings no mail address" },
    ],
  ] as const)(
    "that cannot be addressed, since the holder %s, stands in the trail",
    async ([, manager, address, missing]) => {
      await open(notices(), manager, address);
      await issue();
      expect(told("notice-not-sent")).toEqual([{ kind: "fallback-issued", ...missing }]);
      expect(rows().length + mail.received().length).toBe(1);
    },
  );
});

test("after the end of a temporary access its holder is told of it with his next sign-in by card", async () => {
  mail = await MailServer.make();
  await open(undefined);
  await issue();
  const [{ id } = expect.fail("none")] = (await desk.ask(consoleRoutes.fallback, {})).fallbacks;
  await desk.ask(consoleRoutes.revokeFallback, { id, reason: "found her card" });
  const byCard = await signIn(ward, house.keysOf("nurse"));
  expect(byCard.temporaryAccessIssued?.by).toMatch(/AUBERT/u);
  await ward.end(byCard.seat);
  expect((await signIn(ward, house.keysOf("nurse"))).temporaryAccessIssued).toBeUndefined();
  await ward.close();
  await desk.close();
  await house.close();
  rmSync(mail.folder, { recursive: true });
});
