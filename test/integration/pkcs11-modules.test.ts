import { execFileSync } from "node:child_process";
import { verify } from "node:crypto";
import { chmodSync, copyFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, test as everyTest, expect } from "vitest";
import { VirtualReader } from "../../native-bindings/simulator/virtual-reader.ts";
import type { CardHostSettings } from "../../protocol/card-host/settings.ts";
import { CardHouse, describedCard } from "./support/card-house.ts";
import { readerPorts } from "./support/pcscd.ts";
import { brokenModule, copyOfOpensc, filesAreNobodys, openscModule, withModules } from "./support/pkcs11-modules.ts";

/** Skipped where root's files are nobody's: see `filesAreNobodys`. */
const test = everyTest.skipIf(filesAreNobodys);

// Makers' modules on the real pcscd: OpenSC's, which knows nothing of Wardkey, and some that are broken.

const input = new TextEncoder().encode("what is to be signed");
const digits = (text: string) => new TextEncoder().encode(text);
const everyCard = { readers: ["Virtual PCD"] };

let house: CardHouse;
/** A card that refuses everything: no driver knows it. */
const unknown = new VirtualReader({
  atr: Uint8Array.of(0x3b, 0x02, 0x57, 0x4b),
  reset() {},
  answer: () => Uint8Array.of(0x6a, 0x82),
});

beforeAll(() => {
  house = new CardHouse();
});

beforeEach(() => house.startPcscd());

afterEach(async () => {
  await unknown.remove();
  await house.clear();
});

afterAll(() => house.removeFiles());

/** A card in the first reader, seen by way of these settings. */
async function look(id: string, settings: CardHostSettings) {
  if (id === "unknown") await unknown.insert(readerPorts[0], "127.0.0.1");
  else await house.insert(id);
  return house.look(settings);
}

/** Whether another program can use the card's key (P-256) as it finds the card, or with the PIN of this holder. */
function anotherSigns(id?: string): boolean {
  const pin = Buffer.from(id === undefined ? "" : pinOf(id)).toString("hex");
  const commands = [
    "00a4040009a00000030800001000",
    ...(id === undefined ? [] : [`0020008008${pin.padEnd(16, "f")}`]),
    `0087119a267c2482008120${"11".repeat(32)}00`,
  ];
  const words = ["-r", "0", "-c", "default", ...commands.flatMap(command => ["-s", command])];
  const said = execFileSync("opensc-tool", words, { encoding: "utf8" });
  return said.trimEnd().split("Received").at(-1)?.includes("SW1=0x90, SW2=0x00") === true;
}

/** OpenSC's module in a file with these rights. */
function openTo(mode: number): string {
  const file = join(house.directory, "open.so");
  copyFileSync(openscModule(), file);
  chmodSync(file, mode);
  return file;
}

function pinOf(id: string): Uint8Array {
  return digits(describedCard(id).pin);
}

function verifies(id: string, signature: Uint8Array): boolean {
  const { publicKey } = house.certificateOf(id);
  return verify("sha256", input, { key: publicKey, dsaEncoding: "ieee-p1363" }, signature);
}

/** The processes that our card host has loaded modules into. */
function moduleProcesses(): number[] {
  const children = (parent: number) =>
    execFileSync("ps", ["-eo", "ppid=,pid=,args="], { encoding: "utf8" })
      .split("\n")
      .map(line => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
      .filter(match => Number(match?.[1]) === parent);
  const hosts = children(process.pid).map(match => Number(match?.[2]));
  return hosts
    .flatMap(children)
    .filter(match => match?.[3]?.includes("pkcs11/module-main.ts"))
    .map(match => Number(match?.[2]));
}

describe("OpenSC's module before our own driver", () => {
  test.each(["nurse", "physician", "cps3"])("%s signs in", async id => {
    const { client, insertion } = await look(id, withModules({ path: openscModule(), name: "opensc", ...everyCard }));
    const identified = await client.identify(insertion);
    expect(identified.family).toBe("pkcs11-opensc");
    expect(await client.pinState(insertion)).toMatchObject({ triesLeft: 2, onReader: false, canUnblock: false });
    expect(verifies(id, await client.signWithPin(insertion, pinOf(id), input))).toBe(true);
    // And once more, by a process of its own.
    expect(verifies(id, await client.signWithPin(insertion, pinOf(id), input))).toBe(true);
  });

  test("after us nobody: another process cannot use the key, and ours that knew the PIN is gone", async () => {
    const path = copyOfOpensc(house.directory);
    const { client, insertion } = await look("nurse", withModules({ path, name: "maker", ...everyCard }));
    await client.identify(insertion);
    const [knewPin] = moduleProcesses();
    expect(knewPin).toBeGreaterThan(0);
    await client.signWithPin(insertion, pinOf("nurse"), input);
    // Our own reset is over when the next work is answered.
    await client.pinState(insertion);
    expect(moduleProcesses()).not.toContain(knewPin);
    expect(anotherSigns()).toBe(false);
    expect(anotherSigns("nurse")).toBe(true);
  });

  test("for its ATR alone: a card of another one stays with our own driver", async () => {
    const settings = withModules({ path: openscModule(), name: "opensc", atrs: ["3b .. 00"] });
    const { client, insertion } = await look("nurse", settings);
    expect((await client.identify(insertion)).family).toBe("piv");
  });

  test("for its ATR: that card is the module's", async () => {
    const atr = "3b ac 00 40 2a 00 12 25 00 64 80 00 03 10 00 90 00";
    const { client, insertion } = await look(
      "cps3",
      withModules({ path: openscModule(), name: "opensc", atrs: [atr] }),
    );
    expect((await client.identify(insertion)).family).toBe("pkcs11-opensc");
  });
});

describe("two modules that show one card", () => {
  test.each([
    ["the maker's before the one for every card", "vendor", "pkcs11-maker"],
    ["of one rank as they are listed", "general", "pkcs11-opensc"],
  ] as const)("are one card: %s", async (_, rank, family) => {
    const settings = withModules(
      { path: openscModule(), name: "opensc", rank: "general", ...everyCard },
      { path: copyOfOpensc(house.directory), name: "maker", rank, ...everyCard },
    );
    const { client, insertion, readers } = await look("nurse", settings);
    expect((await client.identify(insertion)).family).toBe(family);
    expect(moduleProcesses()).toHaveLength(1);
    expect(readers.insertions).toBe(1);
    expect(verifies("nurse", await client.signWithPin(insertion, pinOf("nurse"), input))).toBe(true);
  });

  test("and our own driver's: without a word of the settings for this card, ours keeps it", async () => {
    const { client, insertion } = await look("nurse", withModules({ path: openscModule(), name: "opensc" }));
    expect((await client.identify(insertion)).family).toBe("piv");
    expect(moduleProcesses()).toHaveLength(0);
  });
});

describe("a module that fails", () => {
  test.each(["crashes", "hangs"] as const)("%s: our own driver has the card all the same", async how => {
    const settings = withModules({ path: brokenModule(house.directory, how), name: "broken", ...everyCard });
    const { client, insertion } = await look("nurse", settings);
    expect((await client.identify(insertion)).family).toBe("piv");
    expect(verifies("nurse", await client.signWithPin(insertion, pinOf("nurse"), input))).toBe(true);
    expect(moduleProcesses()).toHaveLength(0);
  });

  test.each(["crashes", "hangs"] as const)(
    "%s: a card that is nobody's else fails for it, the next one works",
    async how => {
      const settings = withModules({ path: brokenModule(house.directory, how), name: "broken" });
      const { client, insertion, readers } = await look("unknown", settings);
      await expect(client.identify(insertion)).rejects.toMatchObject({ code: "module-lost" });
      expect(moduleProcesses()).toHaveLength(0);
      await unknown.remove();
      await house.insert("nurse");
      const next = await readers.insertion();
      await client.identify(next);
      expect(verifies("nurse", await client.signWithPin(next, pinOf("nurse"), input))).toBe(true);
    },
  );

  test.each([
    ["a relative path", () => "opensc-pkcs11.so", "module-refused"],
    ["a file that is not there", () => join(house.directory, "nothing.so"), "module-refused"],
    ["a file that others can change", () => openTo(0o666), "module-refused"],
    ["a file that is no module", () => fileURLToPath(import.meta.url), "module-unusable"],
  ])("%s is not loaded", async (_, path, code) => {
    const { client, insertion } = await look("unknown", withModules({ path: path(), name: "refused" }));
    await expect(client.identify(insertion)).rejects.toMatchObject({ code });
  });

  test("a card that no module and no driver knows is unknown", async () => {
    const { client, insertion } = await look("unknown", withModules({ path: openscModule(), name: "opensc" }));
    await expect(client.identify(insertion)).rejects.toMatchObject({ code: "card-unknown" });
  });
});
