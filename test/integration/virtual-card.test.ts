import { spawnSync } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { sha256DigestInfo } from "../../core/card/pkcs1-padding.ts";
import { WardCard } from "../../demo/ward/ward-card.ts";
import {
  type DemonstrationAuthority,
  openDemonstrationAuthority,
} from "../../native-bindings/simulator/authority/demonstration-authority.ts";
import { demonstrationCards } from "../../native-bindings/simulator/authority/demonstration-cards.ts";
import { cardIsSeen, Pcscd, readerPorts } from "./support/pcscd.ts";

// The virtual card on the real pcscd, asked by software that knows nothing of Wardkey: OpenSC and OpenSSL.

let directory: string;
let authority: DemonstrationAuthority;
let pcscd: Pcscd;
let card: WardCard | undefined;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "wardkey-virtual-card-"));
  authority = openDemonstrationAuthority(join(directory, "pki"), Date.now());
});

// OpenSC remembers nothing between programs, and a pcscd of its own keeps each test apart from the one before.
beforeEach(async () => {
  pcscd = await Pcscd.start();
});

afterEach(async () => {
  await card?.stop();
  card = undefined;
  await pcscd.stop();
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function insert(id: string): Promise<WardCard> {
  card = await WardCard.start(id, join(directory, "pki"));
  await card.insert(readerPorts[0]);
  await cardIsSeen();
  return card;
}

function run(program: string, ...words: string[]) {
  const { status, stdout, stderr } = spawnSync(program, words, { encoding: "utf8" });
  return { ok: status === 0, said: stdout + stderr };
}

function description(id: string) {
  const found = demonstrationCards.find(one => one.id === id);
  if (found === undefined) throw new Error(id);
  return found;
}

const message = Buffer.from("what the card signs");
const file = (name: string) => join(directory, name);

/** Has pkcs11-tool sign with the authentication key; answers the file with the signature. */
function sign(pin: string, input: Uint8Array, ...words: string[]) {
  writeFileSync(file("input"), input);
  rmSync(file("signature"), { force: true });
  const paths = ["--input-file", file("input"), "--output-file", file("signature")];
  return run("pkcs11-tool", "--login", "--pin", pin, "--id", "01", "--sign", ...words, ...paths);
}

function opensslVerifies(id: string, signed: Uint8Array): boolean {
  const { certificate } = authority.keysOf(description(id)).authentication;
  writeFileSync(
    file("public.pem"),
    new X509Certificate(certificate).publicKey.export({ type: "spki", format: "pem" }).toString(),
  );
  writeFileSync(file("message"), signed);
  const words = ["-sha256", "-verify", file("public.pem"), "-signature", file("signature"), file("message")];
  return run("openssl", "dgst", ...words).ok;
}

describe("OpenSC finds a PIV card", () => {
  test("by its name", async () => {
    await insert("physician");
    expect(run("opensc-tool", "-n").said).toContain("Personal Identity Verification Card");
  });

  test("and none in an empty reader", async () => {
    expect(run("opensc-tool", "-n").said).not.toContain("Personal Identity Verification Card");
  });

  test("with the certificate that the authority gave it", async () => {
    await insert("nurse");
    run("pkcs11-tool", "--read-object", "--type", "cert", "--id", "01", "--output-file", file("read.der"));
    const { certificate } = authority.keysOf(description("nurse")).authentication;
    const read = run("openssl", "x509", "-inform", "der", "-in", file("read.der"), "-noout", "-fingerprint", "-sha256");
    const wanted = new X509Certificate(certificate).fingerprint256;
    expect(read.said).toContain(wanted);
    const other = new X509Certificate(authority.keysOf(description("physician")).authentication.certificate);
    expect(read.said).not.toContain(other.fingerprint256);
  });
});

describe("OpenSC has the card sign", () => {
  test("RSA: openssl verifies the message, and no other", async () => {
    await insert("physician");
    const digestInfo = sha256DigestInfo(createHash("sha256").update(message).digest());
    const signed = sign(description("physician").pin, digestInfo, "-m", "RSA-PKCS");
    expect(signed.said).not.toContain("error");
    expect(opensslVerifies("physician", message)).toBe(true);
    expect(opensslVerifies("physician", Buffer.from("something else"))).toBe(false);
    expect(opensslVerifies("copied", message)).toBe(false);
  });

  test("ECDSA: openssl verifies the message, and no other", async () => {
    await insert("nurse");
    const digest = createHash("sha256").update(message).digest();
    const signed = sign(description("nurse").pin, digest, "-m", "ECDSA", "--signature-format", "openssl");
    expect(signed.said).not.toContain("error");
    expect(opensslVerifies("nurse", message)).toBe(true);
    expect(opensslVerifies("nurse", Buffer.from("something else"))).toBe(false);
  });

  test("a copied card signs, but not by the key of its certificate", async () => {
    await insert("copied");
    const digestInfo = sha256DigestInfo(createHash("sha256").update(message).digest());
    expect(sign(description("copied").pin, digestInfo, "-m", "RSA-PKCS").ok).toBe(true);
    expect(opensslVerifies("copied", message)).toBe(false);
  });
});

describe("the PIN's counter", () => {
  test("a wrong PIN costs one try and opens nothing; the right one gives the tries back", async () => {
    const inserted = await insert("physician");
    const { pin } = description("physician");
    const wrong = run("pkcs11-tool", "--login", "--pin", "000000", "--list-objects", "--type", "privkey");
    expect(wrong.ok).toBe(false);
    expect(wrong.said).toContain("CKR_PIN_INCORRECT");
    expect((await inserted.status()).triesLeft).toBe(2);
    const right = run("pkcs11-tool", "--login", "--pin", pin, "--list-objects", "--type", "privkey");
    expect(right.ok).toBe(true);
    expect((await inserted.status()).triesLeft).toBe(3);
  });

  test("three wrong ones block the card, for the right PIN too", async () => {
    const inserted = await insert("nurse");
    for (let tries = 0; tries < 3; tries += 1) run("pkcs11-tool", "--login", "--pin", "000000", "--list-objects");
    expect((await inserted.status()).triesLeft).toBe(0);
    const digest = createHash("sha256").update(message).digest();
    const refused = sign(description("nurse").pin, digest, "-m", "ECDSA");
    expect(refused.ok).toBe(false);
    expect(refused.said).toContain("CKR_PIN_LOCKED");
    expect((await inserted.status()).triesLeft).toBe(0);
  });

  test("what was verified is kept between programs, and lost by a reset", async () => {
    await insert("physician");
    const select = "00A4040009A0000003080000100000";
    const verify = `0020008008${Buffer.from(description("physician").pin).toString("hex")}FFFF`;
    const counter = "00200080";
    // The default driver of OpenSC sends nothing by itself: no SELECT that would clear the state.
    const send = (...commands: string[]) =>
      run("opensc-tool", "-c", "default", ...commands.flatMap(command => ["-s", command])).said;
    expect(send(select, verify)).toMatch(/SW1=0x90, SW2=0x00.*SW1=0x90, SW2=0x00/s);
    expect(send(counter)).toContain("SW1=0x90, SW2=0x00");
    run("opensc-tool", "--reset");
    expect(send(counter)).not.toContain("SW1=0x90, SW2=0x00");
    expect(send(select, counter)).toContain("SW1=0x63, SW2=0xC3");
  });
});
