import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { BrokerEvent } from "../../core/ports/broker-connection.ts";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import { signIn, TestBroker } from "./support/test-broker.ts";

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

function trail(): { act: string; code?: string; detail?: string; [member: string]: unknown }[] {
  const database = new DatabaseSync(house.configuration.store, { readOnly: true });
  try {
    const rows = database.prepare("select text from trail_record order by sequence").all() as unknown as {
      text: string;
    }[];
    return rows.map(row => JSON.parse(row.text));
  } finally {
    database.close();
  }
}

const details = (act: string) => trail().flatMap(record => (record.act === act ? [record.detail] : []));
const recorded = (act: string, count: number) => expect.poll(() => details(act).length, { timeout: 5_000 }).toBe(count);

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
    await recorded("directory-synced", 1);
    await expect(signIn(await workstation("A"), house.keysOf("physician"))).resolves.toMatchObject({ resumed: false });
  });

  test("a disabled one is refused before any PIN, with the source's name in the trail", async () => {
    bring(header + line("no"));
    await withSource();
    await recorded("directory-synced", 1);
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
    await recorded("directory-synced", 1);
    const client = await workstation("A");
    await expect(signIn(client, house.keysOf("physician"))).rejects.toMatchObject({ code: "holder-not-in-directory" });
    await withSource();
    await expect(signIn(client, house.keysOf("physician"))).resolves.toMatchObject({ resumed: false });
  });
});

describe("an open session", () => {
  test("ends when a change of the file disables its holder: workstation told, recorded", async () => {
    bring(header + line("yes"));
    await withSource();
    await recorded("directory-synced", 1);
    const client = await workstation("A");
    const session = await signIn(client, house.keysOf("physician"));
    client.believeSeat(session.seat);
    const told = next(client, "seat-lost");
    bring(header + line("no"));
    await expect(told).resolves.toMatchObject({ seat: session.seat, reason: "withdrawn" });
    expect(trail().at(-1)).toMatchObject({
      act: "session-ended",
      holder: physician,
      detail: "withdrawn: disabled by staff",
    });
  });
});
