import { execFileSync } from "node:child_process";
import { appendFileSync, chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Finding } from "../../command-line/doctor/finding.ts";
import { WardCard } from "../../demo/ward/ward-card.ts";
import { demonstrationCards } from "../../native-bindings/simulator/authority/demonstration-cards.ts";
import { cardIsSeen, Pcscd, readerPorts } from "./support/pcscd.ts";
import { TestBroker } from "./support/test-broker.ts";
import { wardkey } from "./support/wardkey.ts";

// `wardkey doctor` as a support engineer runs it, on machines that are well and on machines that are not.

let directory: string;
let pcscd: Pcscd | undefined;
let card: WardCard | undefined;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "wardkey-doctor-"));
});

afterEach(async () => {
  await card?.stop();
  card = undefined;
  await pcscd?.stop();
  pcscd = undefined;
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function insert(id: string, pki = join(directory, "pki")): Promise<WardCard> {
  pcscd ??= await Pcscd.start();
  card = await WardCard.start(id, pki);
  await card.insert(readerPorts[0]);
  await cardIsSeen();
  return card;
}

interface Told {
  readonly status: number;
  readonly findings: readonly (Finding & { readonly number: number })[];
}

async function examine(...words: string[]): Promise<Told> {
  const { status, output } = await wardkey(["doctor", "--json", ...words]);
  return { status, ...(JSON.parse(output) as Omit<Told, "status">) };
}

const codesAt = ({ findings }: Told, level: string) =>
  findings.filter(found => found.level === level).map(({ code }) => code);

describe("the PC/SC service", () => {
  // Only where the machine is the test's own may its pcscd be hidden.
  test.skipIf(process.env["WARDKEY_PRIVATE_MACHINE"] !== "1")("is not installed", async () => {
    execFileSync("mount", ["--bind", "/dev/null", "/usr/sbin/pcscd"]);
    try {
      const told = await examine();
      expect(codesAt(told, "problem")).toEqual(["pcsc-not-installed"]);
      expect(told.findings[0]).toMatchObject({ number: 1, remedy: expect.stringContaining("apt install pcscd") });
      expect(told.status).toBe(1);
    } finally {
      execFileSync("umount", ["/usr/sbin/pcscd"]);
    }
  });

  test("is stopped: without a socket, and with one that it left behind", async () => {
    expect(codesAt(await examine(), "problem")).toEqual(["pcsc-stopped"]);
    const service = await Pcscd.start();
    await service.kill();
    const told = await examine();
    expect(codesAt(told, "problem")).toEqual(["pcsc-stopped"]);
    expect(told.status).toBe(1);
  });

  test("takes connections and answers nothing", async () => {
    pcscd = await Pcscd.start();
    pcscd.hold(true);
    try {
      const told = await examine();
      expect(codesAt(told, "problem")).toEqual(["pcsc-silent"]);
      expect(told.status).toBe(1);
    } finally {
      pcscd.hold(false);
    }
  });
});

describe("readers and cards", () => {
  test("no reader", async () => {
    const readers = mkdtempSync(join(directory, "no-readers-"));
    pcscd = await Pcscd.start({ readers, hasReaders: false });
    const told = await examine();
    expect(told.findings[0]?.code).toBe("pcsc-answers");
    expect(codesAt(told, "problem")).toEqual(["no-reader"]);
    expect(told.status).toBe(1);
  });

  test("readers without a card: nothing is wrong", async () => {
    pcscd = await Pcscd.start();
    const told = await examine();
    expect(told.findings.filter(({ code }) => code === "reader")).toHaveLength(2);
    expect(codesAt(told, "ok")).toContain("no-card");
    expect(codesAt(told, "problem")).toEqual([]);
    expect(told.status).toBe(0);
  });

  test("a good card", async () => {
    await insert("nurse");
    const told = await examine();
    expect(told.findings.find(({ code }) => code === "card-known")?.facts).toMatchObject({
      reader: "Virtual PCD",
      family: "piv",
      interface: "contact",
    });
    expect(told.findings.find(({ code }) => code === "pin-ready")?.facts).toEqual({ triesLeft: 3 });
    expect([codesAt(told, "warning"), codesAt(told, "problem"), told.status]).toEqual([[], [], 0]);
  });

  test("a blocked card", async () => {
    await (await insert("nurse")).block();
    const told = await examine();
    expect([codesAt(told, "problem"), told.status]).toEqual([["pin-blocked"], 1]);
  });

  test("a card that ends in less than 90 days: a warning, and no problem", async () => {
    await insert("expiring");
    const told = await examine();
    expect(codesAt(told, "warning")).toEqual(["certificate-expiring", "certificate-expiring"]);
    expect(told.findings.find(({ code }) => code === "certificate-expiring")?.facts.daysLeft).toBe(29);
    expect([codesAt(told, "problem"), told.status]).toEqual([[], 0]);
  });

  test("an expired card", async () => {
    await insert("expired");
    const told = await examine();
    expect(codesAt(told, "problem")).toEqual(["certificate-expired", "certificate-expired"]);
    expect(told.status).toBe(1);
  });

  test("a chip that no driver knows", async () => {
    pcscd = await Pcscd.start();
    card = await WardCard.start("cps3", join(directory, "pki"), undefined, ["--atr", "3b00"]);
    await card.insert(readerPorts[0]);
    await cardIsSeen();
    const told = await examine();
    expect(told.findings.find(({ code }) => code === "card-failed")?.facts).toMatchObject({
      atr: "3b00",
      failure: "card-unknown",
      step: "select",
    });
    expect(told.status).toBe(1);
  });
});

describe("an enrolled workstation", () => {
  let broker: TestBroker;
  let state: string;

  beforeEach(async () => {
    broker = await TestBroker.start();
    await broker.enrol("WARD-01");
    state = join(broker.directory, "WARD-01");
    pcscd = await Pcscd.start();
  });

  afterEach(() => broker.close());

  test("that is well", async () => {
    const told = await examine("--state", state);
    expect(codesAt(told, "ok")).toEqual(
      expect.arrayContaining(["enrolled", "broker-answers", "clock-agrees", "disk-free"]),
    );
    expect([codesAt(told, "warning"), codesAt(told, "problem"), told.status]).toEqual([[], [], 0]);
  });

  test("whose broker is down", async () => {
    await broker.broker.close();
    const told = await examine("--state", state);
    await broker.restart().catch(() => {});
    expect(told.findings.find(({ level }) => level === "problem")).toMatchObject({
      code: "broker-failed",
      facts: { failure: "broker-unreachable" },
    });
    expect(told.status).toBe(1);
  });

  test("whose broker shows another key than the pinned one", async () => {
    const file = join(state, "enrolment.json");
    const enrolment = JSON.parse(readFileSync(file, "utf8"));
    writeFileSync(file, JSON.stringify({ ...enrolment, brokerKey: "A".repeat(43) }));
    const told = await examine("--state", state);
    expect(told.findings.find(({ level }) => level === "problem")?.facts).toEqual({ failure: "broker-untrusted" });
  });

  test("whose clock is not the broker's", async () => {
    broker.aheadMs = 120_000;
    const told = await examine("--state", state);
    expect(codesAt(told, "warning")).toEqual(["clock-off"]);
    expect(Math.round((told.findings.find(({ code }) => code === "clock-off")?.facts.seconds ?? 0) / 10)).toBe(-12);
    expect(told.status).toBe(0);
  });

  test("that is not enrolled, whose settings are broken, whose key others can read", async () => {
    expect(codesAt(await examine("--state", directory), "problem")).toEqual(["not-enrolled"]);
    writeFileSync(join(state, "settings.json"), "{");
    const { workstation } = JSON.parse(readFileSync(join(state, "enrolment.json"), "utf8"));
    chmodSync(join(state, `workstation-${workstation}.secret`), 0o644);
    expect(codesAt(await examine("--state", state), "problem")).toEqual(["settings-malformed", "key-file-open"]);
  });

  test("the bundle: findings, versions, settings and log; no name, no identifier, no PIN", async () => {
    const nurse = demonstrationCards.find(({ id }) => id === "nurse");
    if (nurse === undefined) throw new Error("no nurse");
    await insert("nurse", join(broker.directory, "pki"));
    const signedIn = await wardkey(["sign-in", "--state", state, "--pin-stdin", "--json"], `${nurse.pin}\n`);
    expect(signedIn).toMatchObject({ status: 0 });
    // A defect that writes what it must not, where it can.
    const careless = { at: new Date().toISOString(), level: "warn", event: "call-failed", code: "pin-wrong" };
    appendFileSync(
      join(state, "agent.log"),
      [
        { ...careless, detail: `${nurse.familyName} typed ${nurse.pin}` },
        { ...careless, code: nurse.nationalId },
        { ...careless, event: `${nurse.givenName} ${nurse.familyName}` },
        { ...careless, [nurse.familyName]: 1 },
      ]
        .map(line => JSON.stringify(line))
        .concat(nurse.pin)
        .join("\n"),
    );
    const bundle = join(directory, "bundle.json");
    await wardkey(["doctor", "--state", state, "--bundle", bundle]);
    const written = readFileSync(bundle);
    const shown = await wardkey(["card", "--json"]);
    const [facts] = (JSON.parse(shown.output) as { cards: { certificates: { content: { serial: string } }[] }[] })
      .cards;
    const serials = facts?.certificates.map(({ content }) => content.serial) ?? [];
    expect(serials).toHaveLength(2);
    const canaries = [
      nurse.givenName,
      nurse.familyName,
      nurse.nationalId,
      nurse.pin,
      nurse.chip,
      nurse.unblockingCode,
      "carte-cps.fr",
      ...serials,
    ];
    expect(canaries.filter(canary => holds(written, canary))).toEqual([]);
    // The search finds what is there.
    const secret = [nurse.pin, nurse.unblockingCode];
    expect(canaries.filter(canary => !holds(Buffer.from(shown.output), canary))).toEqual(secret);

    const read = JSON.parse(written.toString("utf8"));
    expect(read).toMatchObject({
      format: "wardkey-doctor-1",
      versions: { node: process.version },
      configuration: { ignorePinPad: false, broker: broker.configuration.agents.origin },
    });
    expect(read.findings.map(({ code }: Finding) => code)).toEqual(
      expect.arrayContaining(["card-known", "broker-answers", "pin-ready"]),
    );
    const stages = read.log.flatMap(({ stage }: { stage?: string }) => stage ?? []);
    expect(stages).toEqual(["insertion-to-pin-ready", "pin-to-portal"]);
    expect(read.log.filter(({ event }: { event: string }) => event === "call-failed")).toHaveLength(3);
  });
});

/** Whether a text stands in the bytes, as it is or in one of the forms that programs put texts in. */
function holds(bytes: Buffer, text: string): boolean {
  const forms = (["utf8", "latin1", "utf16le"] as const).map(encoding => Buffer.from(text, encoding));
  const escaped = JSON.stringify(text).slice(1, -1);
  const base64 = [0, 1, 2].map(shift =>
    Buffer.from(" ".repeat(shift) + text)
      .toString("base64")
      .slice(shift === 0 ? 0 : 4, -4),
  );
  const words = [escaped, Buffer.from(text).toString("hex"), ...base64.filter(word => word.length > 5)];
  return [...forms, ...words.map(word => Buffer.from(word))].some(form => bytes.includes(form));
}
