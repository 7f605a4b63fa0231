import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { BrokerEvent } from "../../core/ports/broker-connection.ts";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import { proofOf, signIn, TestBroker } from "./support/test-broker.ts";
import { wardkey } from "./support/wardkey.ts";

const physician = "899700075064";
const header = "id,holder,displayName,active,groups\n";
const line = (active: "yes" | "no") => `1,${physician},Camille AUBERT,${active},cardiology\n`;
const others = (count: number) =>
  Array.from({ length: count }, (_, at) => `o${at},O${at},Other ${at},yes,staff\n`).join("");

let house: TestBroker;
const clients: BrokerClient[] = [];

beforeEach(async () => {
  house = await TestBroker.start();
});

afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
  await house.close();
});

function fileOf(name = "staff"): string {
  return join(house.directory, `${name}.csv`);
}

/** As a program does that knows its trade: written beside, then renamed. */
function bring(text: string, name = "staff"): void {
  writeFileSync(`${fileOf(name)}.new`, text);
  renameSync(`${fileOf(name)}.new`, fileOf(name));
}

async function withSource(change: { required?: boolean; names?: readonly string[] } = {}): Promise<void> {
  const { required = false, names = ["staff"] } = change;
  await house.restart({
    directory: {
      required,
      sources: names.map(id => ({ id, kind: "csv" as const, file: fileOf(id), intervalSeconds: 0.2 })),
    },
  });
}

async function workstation(name: string): Promise<BrokerClient> {
  const client = new BrokerClient(await house.enrol(name));
  clients.push(client);
  await next(client, "connected");
  return client;
}

const trail = () => house.records();
const details = (act: string) => trail().flatMap(record => (record.act === act ? [record.detail] : []));
const recorded = (act: string, count: number) =>
  expect.poll(() => details(act).length, { timeout: 30_000 }).toBe(count);

/** So many looks have been recorded, and what they brought is taken over. */
const synced = (count: number) =>
  expect.poll(() => details("directory-synced").length === count && isTakenOver(), { timeout: 30_000 }).toBe(true);

function isTakenOver(): boolean {
  return house.sql("select 1 from directory_staged limit 1").length === 0;
}

function next<Type extends BrokerEvent["type"]>(
  client: BrokerClient,
  type: Type,
): Promise<Extract<BrokerEvent, { type: Type }>> {
  return new Promise(resolve => {
    const stop = client.subscribe(event => {
      if (event.type !== type) return;
      queueMicrotask(() => stop());
      resolve(event as Extract<BrokerEvent, { type: Type }>);
    });
  });
}

describe("who may sign in", () => {
  test("a holder whom the directory brings as active does", async () => {
    bring(header + line("yes"));
    await withSource({ required: true });
    await synced(1);
    await expect(signIn(await workstation("A"), house.keysOf("physician"))).resolves.toMatchObject({ resumed: false });
  });

  test("a disabled one is refused before any PIN, with the source's name in the trail", async () => {
    bring(header + line("no"));
    await withSource();
    await synced(1);
    const client = await workstation("A");
    const { authentication } = house.keysOf("physician");
    await expect(client.challenge(authentication.certificate, true)).rejects.toMatchObject({ code: "holder-disabled" });
    expect(trail().at(-1)).toMatchObject({
      act: "sign-in-denied",
      code: "holder-disabled",
      holder: physician,
      detail: "disabled by staff",
    });
  });

  test("one whom no source knows is refused where the directory is demanded, and only there", async () => {
    bring(header + others(1));
    await withSource({ required: true });
    await synced(1);
    const client = await workstation("A");
    await expect(signIn(client, house.keysOf("physician"))).rejects.toMatchObject({ code: "holder-not-in-directory" });
    await withSource();
    await expect(signIn(client, house.keysOf("physician"))).resolves.toMatchObject({ resumed: false });
  });
});

describe("an open session", () => {
  beforeEach(async () => {
    bring(header + line("yes") + others(4));
    await withSource();
    await synced(1);
  });

  test.each<[string, () => string, string]>([
    ["disabled", () => header + line("no") + others(4), "withdrawn: disabled by staff"],
    ["gone", () => header + others(4), "withdrawn: gone from staff"],
  ])("ends when a change of the file has its holder %s: workstation told, recorded", async (_how, text, detail) => {
    const client = await workstation("A");
    const session = await signIn(client, house.keysOf("physician"));
    client.believeSeat(session.seat);
    const told = next(client, "seat-lost");
    bring(text());
    await expect(told).resolves.toMatchObject({ seat: session.seat, reason: "withdrawn" });
    expect(trail().at(-1)).toMatchObject({ act: "session-ended", holder: physician, detail });
    await expect(signIn(client, house.keysOf("physician"))).rejects.toMatchObject({ code: "holder-disabled" });
  });

  test("stays when somebody else is disabled", async () => {
    const client = await workstation("A");
    await signIn(client, house.keysOf("physician"));
    bring((header + line("yes") + others(4)).replace("O1,Other 1,yes", "O1,Other 1,no"));
    await synced(2);
    await expect(signIn(client, house.keysOf("physician"))).resolves.toMatchObject({ resumed: true });
    expect(details("session-ended")).toEqual([]);
  });

  test("that a broker finds at its start, of a holder disabled meanwhile, is ended before anybody is let in", async () => {
    const client = await workstation("A");
    const session = await signIn(client, house.keysOf("physician"));
    client.believeSeat(session.seat);
    house.sql("update directory_entry set standing = 'disabled' where holder is not null");
    const told = next(client, "seat-lost");
    await house.restart();
    await expect(told).resolves.toMatchObject({ seat: session.seat, reason: "withdrawn" });
  });

  test("is not there for a challenge that was given before its holder was disabled", async () => {
    const client = await workstation("A");
    const keys = house.keysOf("physician");
    const offered = await client.challenge(keys.authentication.certificate, true);
    bring(header + line("no") + others(4));
    await synced(2);
    await expect(
      client.prove(offered.challenge.nonce, proofOf(offered, keys.authentication), {}),
    ).rejects.toMatchObject({ code: "holder-disabled" });
    expect(details("session-opened")).toEqual([]);
  });
});

describe("a source that cannot be read", () => {
  test.each<[string, string, string]>([
    ["half a line", `${header}1,${physician},Camille AUB`, "directory-data-unreadable"],
    ["nothing at all", "", "directory-data-unreadable"],
    ["too few persons", header + others(20), "directory-shrunk"],
  ])("%s keeps what was known, recorded once, and its end too", async (_what, text, code) => {
    bring(header + line("yes") + others(39));
    await withSource();
    await synced(1);
    const client = await workstation("A");
    await signIn(client, house.keysOf("physician"));
    bring(text);
    await recorded("directory-source-failed", 1);
    expect(trail().find(({ act }) => act === "directory-source-failed")).toMatchObject({ code });
    await expect(signIn(client, house.keysOf("physician"))).resolves.toMatchObject({ resumed: true });
    bring(header + line("no") + others(39));
    await recorded("directory-source-recovered", 1);
    await recorded("session-ended", 1);
    expect(details("directory-source-failed")).toHaveLength(1);
  });

  test("a file that is not there yet fails, and counts when it comes", async () => {
    await withSource({ required: true });
    await recorded("directory-source-failed", 1);
    const client = await workstation("A");
    await expect(signIn(client, house.keysOf("physician"))).rejects.toMatchObject({ code: "holder-not-in-directory" });
    bring(header + line("yes"));
    await recorded("directory-source-recovered", 1);
    await expect(signIn(client, house.keysOf("physician"))).resolves.toMatchObject({ resumed: false });
  });
});

describe("several sources", () => {
  test("one that is taken out of the configuration counts no more, recorded", async () => {
    bring(header + line("yes"));
    bring(header + line("no"), "other");
    await withSource({ names: ["staff", "other"] });
    await synced(2);
    const client = await workstation("A");
    await expect(signIn(client, house.keysOf("physician"))).rejects.toMatchObject({ code: "holder-disabled" });
    await withSource();
    await expect(signIn(client, house.keysOf("physician"))).resolves.toMatchObject({ resumed: false });
    expect(details("directory-source-removed")).toEqual(["other"]);
  });
});

describe("groups", () => {
  test("of the directory open what policies give them, beside those that administrators list", async () => {
    const policyFolder = join(house.directory, "policies");
    mkdirSync(policyFolder);
    const permit = (group: string, application: string) =>
      `@id("${group}")\npermit (principal in Group::"${group}", action == Action::"launch", resource == Application::"${application}");\n`;
    writeFileSync(join(policyFolder, "a.cedar"), permit("cardiology", "record") + permit("listed", "prescriptions"));
    bring(header + line("yes"));
    await house.restart({ policyFolder, groups: [{ id: "listed", holders: [physician] }] });
    const client = await workstation("A");
    const before = await signIn(client, house.keysOf("physician"));
    expect(before.applications.map(({ id }) => id)).toEqual(["prescriptions"]);
    await withSource();
    await synced(1);
    const after = await signIn(client, house.keysOf("physician"));
    expect(after.applications.map(({ id }) => id)).toEqual(["record", "prescriptions"]);
  });
});

describe("by command", () => {
  const command = async (...words: string[]) => {
    const config = join(house.directory, "broker.json");
    writeFileSync(config, JSON.stringify(house.configuration));
    const [name = "", ...rest] = words;
    return wardkey(["directory", name, "--config", config, ...rest]);
  };
  const asked = async (...words: string[]) => {
    const { status, output } = await command(...words, "--json");
    return { status, ...JSON.parse(output) };
  };

  beforeEach(async () => {
    bring(header + line("yes") + others(39));
    bring(`${header}7,${physician},Somebody Else,yes,\n`, "other");
    await withSource({ names: ["staff", "other"] });
    await synced(2);
  });

  test("status shows sources and conflicts, for a monitor too", async () => {
    expect(await asked("status")).toMatchObject({
      status: 0,
      sources: [
        { id: "staff", kind: "csv", health: "good", persons: 40, ageSeconds: expect.any(Number) },
        { id: "other", health: "good", persons: 1 },
      ],
      conflicts: [{ holder: physician, kinds: ["different-names"] }],
    });
    bring("nonsense\n");
    await recorded("directory-source-failed", 1);
    expect(await asked("status")).toMatchObject({
      status: 1,
      sources: [{ health: "late", persons: 40, trouble: { code: "directory-data-unreadable" } }, {}],
    });
    expect((await command("status")).output).toContain("conflict 899700075064, different-names");
  });

  test("holder shows what each source says, and whether he may sign in", async () => {
    expect(await asked("holder", physician)).toMatchObject({
      status: 0,
      standing: "active",
      conflicts: ["different-names"],
      entries: [
        { source: "other", displayName: "Somebody Else", gives: true },
        { source: "staff", displayName: "Camille AUBERT", groups: ["cardiology"] },
      ],
      groups: ["cardiology"],
    });
    bring(header + line("no") + others(39));
    await synced(3);
    expect(await asked("holder", physician)).toMatchObject({
      status: 1,
      standing: "disabled",
      refusal: { code: "holder-disabled", detail: "disabled by staff" },
      groups: [],
    });
    expect(await asked("holder", "nobody")).toMatchObject({ status: 0, standing: "unknown", entries: [] });
  });

  test("check says what a look would change and writes nothing; a loss that is accepted is taken over at once", async () => {
    const before = trail().length;
    await house.broker.close();
    bring(header + line("yes") + others(20));
    bring(`${header}7,${physician},Camille AUBERT,yes,\n`, "other");
    expect(await asked("check")).toMatchObject({
      status: 1,
      sources: [
        { source: "staff", outcome: "refused", code: "directory-shrunk" },
        { source: "other", outcome: "taken", change: { added: 0, changed: 1, gone: 0 } },
      ],
      conflicts: [],
    });
    expect(trail()).toHaveLength(before);
    expect(await asked("holder", physician)).toMatchObject({ conflicts: ["different-names"] });
    expect(await command("accept", "staff")).toMatchObject({ status: 1 });
    await house.restart();
    await recorded("directory-source-failed", 1);
    expect(await command("accept", "staff", "--reason", "a ward has closed")).toMatchObject({
      status: 0,
      output: "the next look at staff may take away 19 persons\n",
    });
    await recorded("directory-source-recovered", 1);
    expect(details("directory-loss-accepted")).toEqual(["staff: 19 persons; a ward has closed"]);
    expect(await asked("status")).toMatchObject({ status: 0, sources: [{ persons: 21 }, {}] });
  });

  test("without its words each shows its help", async () => {
    for (const name of ["status", "check", "accept", "holder"])
      expect(await wardkey(["directory", name])).toMatchObject({
        status: 2,
        complaint: expect.stringContaining(`wardkey directory ${name} --config FILE`),
      });
  });
});
