import { generateKeyPairSync } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import { signIn, TestBroker } from "./support/test-broker.ts";
import { type Ran, wardkey } from "./support/wardkey.ts";

const day = 86_400_000;
const physician = "899700075064";
let house: TestBroker;
const clients: BrokerClient[] = [];

beforeEach(async () => {
  house = await TestBroker.start();
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
  await house.close();
});

async function workstation(name: string): Promise<BrokerClient> {
  const client = new BrokerClient(await house.enrol(name));
  clients.push(client);
  return client;
}

const trail = () => house.records();

const file = (name: string, content?: string): string => {
  const path = join(house.directory, name);
  if (content !== undefined) writeFileSync(path, content);
  return path;
};

/** A command about the broker as it runs. */
const command = (name: string, ...words: string[]): Promise<Ran> =>
  wardkey(["trust", name, "--config", file("broker.json", JSON.stringify(house.configuration)), ...words]);

describe("trust bundles, by command", () => {
  function newKey(name: string): string {
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    file(`${name}.key`, privateKey.export({ type: "pkcs8", format: "pem" }).toString());
    return file(`${name}.pub`, publicKey.export({ type: "spki", format: "pem" }).toString());
  }

  async function signed(version: number, key = "ours", change: object = {}): Promise<string> {
    const { anchors, intermediates, crls } = house.authority;
    const document = {
      version,
      domains: [
        {
          id: "house",
          anchors: anchors.map(path => ({ certificate: `file:${path}` })),
          intermediates: intermediates.map(path => `file:${path}`),
          revocation: { sources: crls.map(path => pathToFileURL(path).href), sourcesOfCertificates: false },
          ...change,
        },
      ],
    };
    const written = file(`document-${version}.json`, JSON.stringify(document));
    const { status, output, complaint } = await wardkey(["trust", "sign", "--key", file(`${key}.key`), written]);
    if (status !== 0) throw new Error(complaint);
    return file(`bundle-${version}-${key}.jws`, output);
  }

  beforeEach(async () => {
    newKey("others");
    await house.restart({ trust: { ...house.configuration.trust, bundleKeys: [newKey("ours")] } });
  });

  test("are signed, checked, applied and shown, and a broker that runs follows with the next card", async () => {
    const client = await workstation("A");
    await signIn(client, house.keysOf("physician"));
    const first = await signed(1);
    expect(await command("check", first)).toMatchObject({
      status: 0,
      output: expect.stringContaining("none of them would be refused"),
    });
    expect(await command("apply", first)).toMatchObject({ status: 0, output: "version 1 is in force\n" });
    await signIn(client, house.keysOf("nurse"));

    const second = await signed(2, "ours", { families: ["CPE"] });
    const checked = await command("check", "--json", second);
    expect(checked.status).toBe(1);
    expect(JSON.parse(checked.output)).toMatchObject({ inForce: 1, version: 2, cards: 2, withoutData: [] });
    expect(
      JSON.parse(checked.output).refused.map((one: { holder: string; code: string }) => [one.holder, one.code]),
    ).toContainEqual([physician, "card-family-not-allowed"]);
    await signIn(client, house.keysOf("physician"));
    expect((await command("apply", second)).status).toBe(0);
    await expect(signIn(client, house.keysOf("physician"))).rejects.toMatchObject({ code: "card-family-not-allowed" });

    const shown = await command("status", "--json");
    expect(shown.status).toBe(0);
    const { version, domains, sources } = JSON.parse(shown.output);
    expect({ version, domains }).toEqual({ version: 2, domains: ["house"] });
    expect(sources.map((one: { health: string; domains: string[] }) => [one.health, one.domains])).toEqual([
      ["good", ["house"]],
      ["good", ["house"]],
    ]);
    expect(trail().filter(({ act }) => act === "trust-changed")).toHaveLength(2);
    expect(await house.restart()).toBeUndefined();
  });

  test("are refused where another key signed them, where they are older, cut, or no bundle; what is in force stays", async () => {
    const fourth = await signed(4);
    await command("apply", fourth);
    const half = file("half.jws", readFileSync(await signed(9), "utf8").slice(0, 400));
    for (const bundle of [await signed(5, "others"), await signed(3), fourth, half, file("document-9.json")]) {
      const { status, complaint } = await command("apply", bundle);
      expect([status, complaint]).toEqual([1, expect.stringContaining("trust-bundle-refused")]);
    }
    expect((await command("status")).output).toContain("trust version 4: house");
    expect(trail().filter(({ act }) => act === "trust-changed")).toHaveLength(1);
  });

  test("are not signed of what is no trust document", async () => {
    await expect(signed(0)).rejects.toThrow("begins at 1");
    await expect(signed(1, "ours", { anchors: [] })).rejects.toThrow("anchors");
    await expect(signed(1, "ours", { anchors: [{ certificate: "file:none.pem" }] })).rejects.toThrow("none.pem");
  });

  test("that were applied leave no broker without their key", async () => {
    await command("apply", await signed(1));
    const { bundleKeys: _, ...trust } = house.configuration.trust;
    await expect(house.restart({ trust: { ...trust, bundleKeys: [file("others.pub")] } })).rejects.toMatchObject({
      code: "trust-bundle-refused",
    });
    await house.restart({ trust: { ...trust, bundleKeys: [file("ours.pub")] } });
  });
});

describe("aliases, by command", () => {
  test("make two cards one holder's, until they are taken away", async () => {
    const [a, b] = [await workstation("A"), await workstation("B")];
    const nurse = await signIn(a, house.keysOf("nurse"));
    expect((await command("alias", "--add", `${physician}=${nurse.holder.id}`)).output).toBe(
      `${physician} is ${nurse.holder.id}\n`,
    );
    const moved = await signIn(b, house.keysOf("physician"));
    expect(moved).toMatchObject({ resumed: true, holder: { id: nurse.holder.id } });
    expect(trail().at(-1)).toMatchObject({ act: "session-moved", holder: nurse.holder.id, shownAs: physician });
    expect((await command("alias", "--add", `${nurse.holder.id}=${physician}`)).status).toBe(1);
    expect(await command("alias", "--remove", physician)).toMatchObject({ status: 0, output: "" });
    expect((await command("alias", "--remove", physician)).status).toBe(1);
    expect(await signIn(a, house.keysOf("physician"))).toMatchObject({ resumed: false, holder: { id: physician } });
    expect(
      trail()
        .filter(({ act }) => String(act).startsWith("holder-alias"))
        .map(({ act }) => act),
    ).toEqual(["holder-alias-added", "holder-alias-removed"]);
  });
});

describe("lists past their nextUpdate, at a whole broker", () => {
  test.each([
    ["deny", { rule: "deny" }],
    ["allow", { rule: "allow", hours: 48 }],
  ] as const)("by the rule %s", async (rule, whenOld) => {
    const { trust } = house.configuration;
    await house.restart({ trust: { ...trust, revocation: { ...trust.revocation, whenOld } } });
    const client = await workstation("A");
    house.aheadMs = 8 * day;
    if (rule === "deny") {
      await expect(signIn(client, house.keysOf("physician"))).rejects.toMatchObject({ code: "revocation-unknown" });
      return;
    }
    await signIn(client, house.keysOf("physician"));
    expect(trail().at(-1)).toMatchObject({ act: "session-opened", revocation: "aged" });
    house.aheadMs = 10 * day;
    await expect(signIn(client, house.keysOf("nurse"))).rejects.toMatchObject({ code: "revocation-unknown" });
  });

  test("are told by the status, whose exit is for a monitor", async () => {
    expect((await command("status")).status).toBe(0);
    const [list] = house.authority.crls;
    if (list === undefined) throw new Error("no list");
    const whole = readFileSync(list);
    writeFileSync(list, "garbage");
    await expect(signIn(await workstation("A"), house.keysOf("revoked"))).rejects.toMatchObject({
      code: "certificate-revoked",
    });
    expect(await command("status")).toMatchObject({ status: 1, output: expect.stringContaining("late") });
    writeFileSync(list, whole);
  });
});
