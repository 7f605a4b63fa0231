import { execFileSync } from "node:child_process";
import { createHash, verify, X509Certificate } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test as everyTest, expect } from "vitest";
import { sha256DigestInfo } from "../../core/card/pkcs1-padding.ts";
import { ModuleDriver } from "../../electron/card-host/pkcs11/module-driver.ts";
import { ModuleProcess } from "../../electron/card-host/pkcs11/module-process.ts";
import { filesAreNobodys } from "./support/pkcs11-modules.ts";

/** Skipped where root's files are nobody's: see `filesAreNobodys`. */
const test = everyTest.skipIf(filesAreNobodys);

// A module of another maker, alone with its process: SoftHSM, whose token is a folder. It can do what OpenSC's cannot.

const library = "/usr/lib/softhsm/libsofthsm2.so";
const digits = (text: string) => new TextEncoder().encode(text);
const input = digits("what is to be signed");
const digest = createHash("sha256").update(input).digest();

let directory: string;
let module: ModuleProcess;
let reader: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "wardkey-softhsm-"));
  mkdirSync(join(directory, "tokens"));
  const configuration = join(directory, "softhsm2.conf");
  writeFileSync(configuration, `directories.tokendir = ${join(directory, "tokens")}\n`);
  process.env["SOFTHSM2_CONF"] = configuration;
  const initialised = run(
    "softhsm2-util",
    "--init-token",
    "--free",
    "--label",
    "card",
    "--so-pin",
    "87654321",
    "--pin",
    "4071",
  );
  const slot = /slot (\d+)/.exec(initialised)?.[1];
  if (slot === undefined) throw new Error(initialised);
  reader = `SoftHSM slot ID 0x${Number(slot).toString(16)}`;
  const key = join(directory, "key.pem");
  const certificate = join(directory, "certificate.pem");
  const words = ["-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-subj", "/CN=Holder"];
  run(
    "openssl",
    "req",
    ...words,
    "-addext",
    "basicConstraints=critical,CA:FALSE",
    "-addext",
    "keyUsage=digitalSignature",
  );
  run("openssl", "x509", "-in", certificate, "-outform", "der", "-out", `${certificate}.der`);
  run("openssl", "rsa", "-in", key, "-outform", "der", "-out", `${key}.der`);
  const token = [
    "--module",
    library,
    "--token-label",
    "card",
    "--login",
    "--pin",
    "4071",
    "--id",
    "01",
    "--label",
    "auth",
  ];
  run("pkcs11-tool", ...token, "--write-object", `${key}.der`, "--type", "privkey", "--usage-sign", "--always-auth");
  run("pkcs11-tool", ...token, "--write-object", `${certificate}.der`, "--type", "cert");
  module = new ModuleProcess(library);
});

afterEach(async () => {
  await module.end();
  delete process.env["SOFTHSM2_CONF"];
  rmSync(directory, { recursive: true, force: true });
});

function run(program: string, ...words: string[]): string {
  return execFileSync(program, words, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

function driver(unblocks = true): Promise<ModuleDriver> {
  return ModuleDriver.select("pkcs11-softhsm", command => module.ask(command, 5_000), reader, unblocks);
}

async function signs(card: ModuleDriver, pin: string): Promise<boolean> {
  await card.verifyPin(digits(pin));
  const signature = await card.sign("authentication", "rsa-2048", digest);
  const { publicKey } = new X509Certificate((await card.readCertificate("authentication")) ?? new Uint8Array());
  return verify("sha256", input, publicKey, signature);
}

test("a key that asks for the PIN before each signature signs; after the logout it does not", async () => {
  const card = await driver();
  expect(await signs(card, "4071")).toBe(true);
  expect(await card.forgetPin()).toBe(false);
  await expect(card.sign("authentication", "rsa-2048", digest)).rejects.toMatchObject({
    code: "card-without-certificate",
  });
});

test("a private key is not there before its PIN, nor after a wrong one", async () => {
  const card = await driver();
  expect(await card.readCertificate("presence")).toBeUndefined();
  await expect(card.verifyPin(digits("0000"))).rejects.toMatchObject({ code: "pin-wrong", triesLeft: 2 });
  const key = Uint8Array.of(1);
  const [token] = await module
    .ask({ type: "list-tokens", reader }, 5_000)
    .then(answer => (answer.type === "tokens" ? answer.tokens : []));
  const data = sha256DigestInfo(digest);
  const signed = module.ask({ type: "sign", slot: token?.slot ?? "", key, mechanism: "rsa-pkcs1", data }, 5_000);
  await expect(signed).rejects.toMatchObject({ code: "card-without-certificate" });
});

test("a new PIN by the security officer's, where the settings allow it, and not by a wrong one", async () => {
  const card = await driver();
  expect(await card.readPinState()).toMatchObject({ canUnblock: true });
  await expect(card.unblockPin(digits("00000000"), digits("2718"))).rejects.toMatchObject({
    code: "unblocking-code-wrong",
  });
  await card.unblockPin(digits("87654321"), digits("2718"));
  await expect(card.verifyPin(digits("4071"))).rejects.toMatchObject({ code: "pin-wrong" });
  expect(await signs(card, "2718")).toBe(true);
  await card.forgetPin();
  const forbidden = await driver(false);
  expect(await forbidden.readPinState()).toMatchObject({ canUnblock: false });
  await expect(forbidden.unblockPin(digits("87654321"), digits("4071"))).rejects.toMatchObject({
    code: "card-refused-command",
  });
});

test("a reader that the module does not name has no card of it", async () => {
  reader = "Virtual PCD 00 00";
  await expect(driver()).rejects.toMatchObject({ code: "card-unknown" });
});
