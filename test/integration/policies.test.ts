import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { commandLine } from "../../demo/ward/command-line.ts";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import { signIn, TestBroker } from "./support/test-broker.ts";

let house: TestBroker;
let client: BrokerClient;

const policies = {
  care: '@id("care") permit(principal in Profession::"10", action, resource) when { resource in [Application::"record", Application::"prescriptions"] };',
  nurses: '@id("nurses") permit(principal in Profession::"60", action, resource == Application::"record");',
  pin: `@id("prescribe-by-pin") forbid(principal, action, resource == Application::"prescriptions")
unless { context.means == Means::"card-pin" };`,
  closed: `@id("not-on-the-ward") @why_fr("À la pharmacie seulement.") @why_en("At the pharmacy only.")
forbid(principal, action, resource == Application::"prescriptions") when { context.place in Place::"ward" };`,
} as const;

beforeEach(async () => {
  house = await TestBroker.start({ timeZone: "Europe/Paris" });
  const folder = join(house.directory, "policies");
  mkdirSync(folder);
  write({ "care.cedar": `${policies.care}\n${policies.nurses}`, "means.cedar": policies.pin });
  const applications = house.configuration.applications.map(({ professions: _all, ...application }) => application);
  Object.assign(house.configuration, { policyFolder: folder, applications });
  await house.restart();
  client = new BrokerClient(await house.enrol("A"));
});

afterEach(async () => {
  await client.close();
  await house.close();
});

function write(files: Readonly<Record<string, string>>, folder = "policies"): void {
  mkdirSync(join(house.directory, folder), { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(house.directory, folder, file), text);
}

const lastRecord = () => house.records().at(-1);

const tiles = (session: { applications: readonly { id: string; unavailable?: unknown }[] }) =>
  session.applications.map(({ id, unavailable }) => [id, unavailable]);

describe("a broker with a folder of policies", () => {
  test("shows what is permitted, and records by which policy it was opened", async () => {
    const session = await signIn(client, house.keysOf("physician"));
    expect(tiles(session)).toEqual([
      ["record", undefined],
      ["prescriptions", undefined],
    ]);
    await client.launch(session.seat, "prescriptions");
    expect(lastRecord()).toMatchObject({ act: "application-launched", application: "prescriptions", policy: "care" });
  });

  test("does not show or open what no policy permits, and says so in the trail", async () => {
    const session = await signIn(client, house.keysOf("nurse"));
    expect(tiles(session)).toEqual([["record", undefined]]);
    const denied = { code: "application-not-entitled" };
    await expect(client.launch(session.seat, "prescriptions")).rejects.toMatchObject(denied);
    expect(lastRecord()).toMatchObject({ act: "launch-denied", policy: "no policy permits" });
  });

  test("shows as closed what this means does not open, and names the policy where it is tried nevertheless", async () => {
    const first = await signIn(client, house.keysOf("physician"));
    await client.cover(first.seat, "card-removed", 0);
    const back = await signIn(client, house.keysOf("physician"));
    expect(back.means).toBe("card-presence");
    expect(tiles(back)).toEqual([
      ["record", undefined],
      ["prescriptions", { reason: "means" }],
    ]);
    await expect(client.launch(back.seat, "prescriptions")).rejects.toThrow();
    expect(lastRecord()).toMatchObject({ act: "launch-denied", means: "card-presence", policy: "prescribe-by-pin" });
  });

  test("decides again at the launch: a policy that came after the portal was shown counts", async () => {
    const session = await signIn(client, house.keysOf("physician"));
    write({ "places.cedar": policies.closed });
    await house.restart();
    client.believeSeat(session.seat);
    await expect(client.launch(session.seat, "prescriptions")).rejects.toThrow();
    expect(lastRecord()).toMatchObject({ act: "launch-denied", policy: "not-on-the-ward" });
    expect(tiles(await signIn(client, house.keysOf("physician"))).at(1)).toEqual([
      "prescriptions",
      {
        reason: "policy",
        policy: "not-on-the-ward",
        words: { en: "At the pharmacy only.", fr: "À la pharmacie seulement." },
      },
    ]);
  });

  test("starts what the place is for, where the holder may open it", async () => {
    const [ward] = house.configuration.places;
    Object.assign(house.configuration, { places: [{ ...ward, startApplication: "prescriptions" }] });
    await house.restart();
    const starts = (session: { applications: readonly { id: string; starts?: boolean | undefined }[] }) =>
      session.applications.filter(tile => tile.starts).map(({ id }) => id);
    expect(starts(await signIn(client, house.keysOf("physician")))).toEqual(["prescriptions"]);
    expect(starts(await signIn(client, house.keysOf("nurse")))).toEqual([]);
  });

  test("with a fault in them keeps the previous ones", async () => {
    write({ "care.cedar": "permit(principal, action, resource" });
    await house.restart();
    expect(tiles(await signIn(client, house.keysOf("nurse")))).toEqual([["record", undefined]]);
  });
});

describe("the command line", () => {
  function wardkey(...words: string[]) {
    const file = join(house.directory, "broker.json");
    writeFileSync(file, JSON.stringify(house.configuration));
    const [group = "", name = "", ...rest] = words;
    const run = spawnSync(process.execPath, [commandLine, group, name, "--config", file, "--json", ...rest], {
      encoding: "utf8",
    });
    return { status: run.status, answer: run.stdout === "" ? undefined : JSON.parse(run.stdout), said: run.stderr };
  }

  test("explains which policy decides each application, here, now, by this means", () => {
    const asked = ["--profession", "10", "--place", "ward"];
    expect(wardkey("policy", "explain", ...asked)).toMatchObject({
      status: 0,
      answer: {
        inForce: true,
        applications: [
          { application: "record", permitted: true, policies: [{ id: "care", file: "care.cedar", line: 1 }] },
          { application: "prescriptions", permitted: true, policies: [{ id: "care" }] },
        ],
      },
    });
    const byPresence = [...asked, "--means", "card-presence", "--application", "prescriptions"];
    expect(wardkey("policy", "explain", ...byPresence)).toMatchObject({
      status: 1,
      answer: {
        applications: [{ permitted: false, because: "prescribe-by-pin", unavailable: { reason: "means" } }],
      },
    });
  });

  test("explains with a second factor beside the means, and refuses one that is none", () => {
    const factor = 'forbid(principal, action, resource == Application::"prescriptions")';
    write({
      "outside.cedar": `@id("by-key")\n${factor} unless { context.secondFactor == SecondFactor::"security-key" };`,
    });
    const asked = ["--profession", "10", "--place", "ward", "--application", "prescriptions"];
    const explained = (...words: string[]) => wardkey("policy", "explain", ...asked, ...words);
    expect(explained("--second-factor", "security-key")).toMatchObject({
      status: 0,
      answer: { secondFactor: "security-key", applications: [{ permitted: true }] },
    });
    for (const words of [[], ["--second-factor", "totp"]])
      expect(explained(...words)).toMatchObject({
        status: 1,
        answer: { applications: [{ permitted: false, because: "by-key" }] },
      });
    const unknown = explained("--second-factor", "fingerprint");
    expect(unknown).toMatchObject({ status: 1, answer: undefined });
    expect(unknown.said).toContain("--second-factor takes one of totp, security-key");
  });

  test("explains a card by its certificate, and refuses a place that is none", () => {
    const card = join(house.directory, "card.der");
    writeFileSync(card, house.keysOf("nurse").authentication.certificate);
    expect(wardkey("policy", "explain", "--certificate", card, "--place", "ward")).toMatchObject({
      status: 0,
      answer: {
        holder: { professionCode: 60 },
        applications: [
          { application: "record", permitted: true },
          { application: "prescriptions", permitted: false, because: "no policy permits" },
        ],
      },
    });
    const nowhere = wardkey("policy", "explain", "--certificate", card, "--place", "cellar");
    expect(nowhere).toMatchObject({ status: 1, answer: undefined });
    expect(nowhere.said).toContain("--place takes one of ward");
  });

  test("says of other policies who would gain and who would lose what", async () => {
    const { holder } = await signIn(client, house.keysOf("nurse"));
    await signIn(client, house.keysOf("physician"));
    expect(wardkey("policy", "check")).toMatchObject({ status: 0, answer: { portals: 2, gained: [], lost: [] } });
    const nurses = policies.nurses.replace('"record"', '"prescriptions"');
    write({ "care.cedar": `${policies.care}\n${nurses}` }, "candidate");
    const change = { holder: holder.id, place: "ward", means: "card-pin" };
    expect(wardkey("policy", "check", join(house.directory, "candidate"))).toMatchObject({
      status: 1,
      answer: {
        gained: [{ ...change, application: "prescriptions", decides: "no policy permits", wouldDecide: "nurses" }],
        lost: [{ ...change, application: "record", decides: "nurses", wouldDecide: "no policy permits" }],
      },
    });
  });

  test("refuses policies with a fault by file, line and words", () => {
    write({ "care.cedar": '\n@id("a") permit(principal in Profesion::"10", action, resource);' }, "candidate");
    expect(wardkey("policy", "check", join(house.directory, "candidate"))).toMatchObject({
      status: 1,
      answer: {
        sound: false,
        faults: [{ file: "care.cedar", line: 2, words: expect.stringContaining("did you mean `Profession`?") }],
      },
    });
  });
});
