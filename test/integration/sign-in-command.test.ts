import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { commandLine } from "../../demo/ward/command-line.ts";
import { WardCard } from "../../demo/ward/ward-card.ts";
import { demonstrationCards } from "../../native-bindings/simulator/authority/demonstration-cards.ts";
import { Pcscd, readerPorts } from "./support/pcscd.ts";
import { TestBroker } from "./support/test-broker.ts";
import { type Ran, wardkey } from "./support/wardkey.ts";

// `wardkey sign-in` on the real pcscd and a real broker: what the window does, without one.

let broker: TestBroker;
let pcscd: Pcscd;
let card: WardCard | undefined;
let state: string;

beforeEach(async () => {
  broker = await TestBroker.start();
  await broker.enrol("WARD-01");
  state = join(broker.directory, "WARD-01");
  pcscd = await Pcscd.start();
});

afterEach(async () => {
  await card?.stop();
  card = undefined;
  await pcscd.stop();
  await broker.close();
});

async function insert(id: string): Promise<WardCard> {
  card = await WardCard.start(id, join(broker.directory, "pki"));
  await card.insert(readerPorts[0]);
  return card;
}

const pinOf = (id: string) => demonstrationCards.find(known => known.id === id)?.pin ?? "";
const signIn = (pin: string, ...words: string[]): Promise<Ran> =>
  wardkey(["sign-in", "--state", state, "--json", ...words], `${pin}\n`);

/** Acts and codes of the broker's trail about sessions. */
function trail(): string[] {
  return broker
    .records()
    .filter(({ act }) => act.startsWith("session-") || act.startsWith("sign-in-"))
    .map(({ act, code }) => (code === undefined ? act : `${act} ${code}`));
}

test("signs in, tells who, what and how long, and ends the session", async () => {
  await insert("nurse");
  const { status, output, complaint } = await signIn(pinOf("nurse"), "--pin-stdin");
  expect(JSON.parse(output)).toMatchObject({
    holder: { displayName: "Inès MOREL", profession: "Infirmier" },
    means: "card-pin",
    applications: [{ id: "record" }],
    demonstration: true,
    ended: true,
    stages: { "insertion-to-pin-ready": expect.any(Number), "pin-to-portal": expect.any(Number) },
    phases: { identifying: expect.any(Number), challenging: expect.any(Number), signing: expect.any(Number) },
  });
  expect(status).toBe(0);
  expect(trail()).toEqual(["session-opened", "session-ended"]);
  expect(output + complaint + readFileSync(join(state, "agent.log"), "utf8")).not.toContain(pinOf("nurse"));
});

test("waits for a card that comes later", async () => {
  card = await WardCard.start("nurse", join(broker.directory, "pki"));
  const running = signIn(pinOf("nurse"));
  await card.insert(readerPorts[0]);
  expect((await running).status).toBe(0);
});

test("a wrong PIN is sent once: code, meaning, remedy, tries left", async () => {
  const nurse = await insert("nurse");
  const { status, output, complaint } = await signIn("000000");
  expect(JSON.parse(output)).toMatchObject({
    code: "pin-wrong",
    triesLeft: 2,
    remedy: expect.stringContaining("again"),
  });
  expect(complaint).toContain("(pin-wrong)");
  expect(status).toBe(1);
  expect((await nurse.status()).triesLeft).toBe(2);
  expect(trail()).toEqual(["sign-in-denied pin-wrong", "sign-in-denied sign-in-abandoned"]);
});

test("the last try is spent only where that was said", async () => {
  const nurse = await insert("nurse");
  for (const _ of [2, 1]) await signIn("000000");
  expect((await signIn(pinOf("nurse"))).status).toBe(1);
  expect((await nurse.status()).triesLeft).toBe(1);
  expect((await signIn(pinOf("nurse"), "--last-try")).status).toBe(0);
  expect((await nurse.status()).triesLeft).toBe(3);
});

test("of several activities one is chosen by --activity; without it nothing stays open", async () => {
  const holder = demonstrationCards.find(({ id }) => id === "nurse")?.nationalId ?? "";
  const file = join(broker.directory, "staff.csv");
  writeFileSync(
    file,
    `id,holder,displayName,active,activities\nn,${holder},Inès MOREL,yes,"day|Ward;home|Home care"\n`,
  );
  await broker.restart({
    directory: { required: false, sources: [{ id: "staff", kind: "csv", file, intervalSeconds: 0.2 }] },
  });
  await expect
    .poll(() => broker.records().some(({ act }) => act === "directory-synced"), { timeout: 5_000 })
    .toBe(true);
  await insert("nurse");
  const asked = await signIn(pinOf("nurse"));
  expect([asked.status, JSON.parse(asked.output).code]).toEqual([1, "activity-not-chosen"]);
  expect(asked.complaint).toContain("day (Ward), home (Home care)");
  expect((await signIn(pinOf("nurse"), "--activity", "elsewhere")).status).toBe(1);
  const { status, output } = await signIn(pinOf("nurse"), "--activity", "home");
  expect([status, JSON.parse(output).applications]).toEqual([0, [expect.objectContaining({ id: "record" })]]);
  expect(broker.records().filter(({ act }) => act === "activity-chosen")).toMatchObject([{ activity: "home" }]);
  expect(trail().filter(act => act === "session-ended")).toHaveLength(3);
});

test.each([
  ["revoked", "certificate-revoked"],
  ["expired", "certificate-expired"],
  ["copied", "card-signature-wrong"],
])("a card that is %s: %s", async (id, code) => {
  await insert(id);
  const { status, output } = await signIn(pinOf(id));
  expect([status, JSON.parse(output).code]).toEqual([1, code]);
});

test("no broker, no PC/SC service, no enrolment, no PIN: each says so", async () => {
  const nurse = await insert("nurse");
  expect(JSON.parse((await wardkey(["sign-in", "--state", state, "--json"])).output).code).toBe("sign-in-abandoned");
  await broker.broker.close();
  expect(JSON.parse((await signIn(pinOf("nurse"))).output).code).toBe("broker-unreachable");
  expect((await nurse.status()).triesLeft).toBe(3);
  await broker.restart().catch(() => {});
  await pcscd.stop();
  expect(JSON.parse((await signIn(pinOf("nurse"))).output).code).toBe("reader-service-stopped");
  const unknown = await wardkey(["sign-in", "--state", join(state, "nowhere")]);
  expect([unknown.status, unknown.complaint]).toEqual([1, expect.stringContaining("(workstation-unknown)")]);
});

test("at a terminal the PIN is asked for and not shown", async () => {
  await insert("nurse");
  const command = `'${process.execPath}' '${commandLine}' sign-in --state '${state}'`;
  const terminal = spawn("script", ["--quiet", "--return", "--command", command, "/dev/null"], { stdio: "pipe" });
  let shown = "";
  const asked = new Promise<void>(resolve => {
    terminal.stdout.setEncoding("utf8").on("data", (text: string) => {
      shown += text;
      if (shown.includes("3 tries left: ")) resolve();
    });
  });
  await asked;
  // A digit too many, taken back.
  terminal.stdin.write(`${pinOf("nurse")}9\x7f\r`);
  const status = await new Promise(resolve => terminal.once("close", resolve));
  expect(shown).toContain("Inès MOREL, Infirmier: signed in by card-pin");
  expect(shown).not.toContain(pinOf("nurse"));
  expect(status).toBe(0);
});
