import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { sha256DigestInfo } from "../../core/card/pkcs1-padding.ts";
import type { WardCard } from "../../demo/ward/ward-card.ts";
import { CardHouse, describedCard } from "./support/card-house.ts";
import { cardIsSeen } from "./support/pcscd.ts";

// The virtual card on the real pcscd, asked by software that knows nothing of Wardkey: OpenSC and OpenSSL.

let house: CardHouse;

beforeAll(() => {
  house = new CardHouse();
});

// OpenSC remembers nothing between programs, and a pcscd of its own keeps each test apart from the one before.
beforeEach(() => house.startPcscd());

afterEach(() => house.clear());

afterAll(() => house.removeFiles());

async function insert(id: string): Promise<WardCard> {
  const card = await house.insert(id);
  await cardIsSeen();
  return card;
}

function run(program: string, ...words: string[]) {
  const { status, stdout, stderr } = spawnSync(program, words, { encoding: "utf8" });
  return { ok: status === 0, said: stdout + stderr };
}

const message = Buffer.from("what the card signs");
const file = (name: string) => join(house.directory, name);

/** Has pkcs11-tool sign with the authentication key; answers the file with the signature. */
function sign(pin: string, input: Uint8Array, ...words: string[]) {
  writeFileSync(file("input"), input);
  rmSync(file("signature"), { force: true });
  const paths = ["--input-file", file("input"), "--output-file", file("signature")];
  return run("pkcs11-tool", "--login", "--pin", pin, "--id", "01", "--sign", ...words, ...paths);
}

function opensslVerifies(id: string, signed: Uint8Array): boolean {
  writeFileSync(file("public.pem"), house.certificateOf(id).publicKey.export({ type: "spki", format: "pem" }));
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
    const read = run("openssl", "x509", "-inform", "der", "-in", file("read.der"), "-noout", "-fingerprint", "-sha256");
    expect(read.said).toContain(house.certificateOf("nurse").fingerprint256);
    expect(read.said).not.toContain(house.certificateOf("physician").fingerprint256);
  });
});

describe("OpenSC has the card sign", () => {
  test("RSA: openssl verifies the message, and no other", async () => {
    await insert("physician");
    const digestInfo = sha256DigestInfo(createHash("sha256").update(message).digest());
    const signed = sign(describedCard("physician").pin, digestInfo, "-m", "RSA-PKCS");
    expect(signed.said).not.toContain("error");
    expect(opensslVerifies("physician", message)).toBe(true);
    expect(opensslVerifies("physician", Buffer.from("something else"))).toBe(false);
    expect(opensslVerifies("copied", message)).toBe(false);
  });

  test("ECDSA: openssl verifies the message, and no other", async () => {
    await insert("nurse");
    const digest = createHash("sha256").update(message).digest();
    const signed = sign(describedCard("nurse").pin, digest, "-m", "ECDSA", "--signature-format", "openssl");
    expect(signed.said).not.toContain("error");
    expect(opensslVerifies("nurse", message)).toBe(true);
    expect(opensslVerifies("nurse", Buffer.from("something else"))).toBe(false);
  });

  test("a copied card signs, but not by the key of its certificate", async () => {
    await insert("copied");
    const digestInfo = sha256DigestInfo(createHash("sha256").update(message).digest());
    expect(sign(describedCard("copied").pin, digestInfo, "-m", "RSA-PKCS").ok).toBe(true);
    expect(opensslVerifies("copied", message)).toBe(false);
  });
});

describe("the PIN's counter", () => {
  test("a wrong PIN costs one try and opens nothing; the right one gives the tries back", async () => {
    const inserted = await insert("physician");
    const { pin } = describedCard("physician");
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
    const refused = sign(describedCard("nurse").pin, digest, "-m", "ECDSA");
    expect(refused.ok).toBe(false);
    expect(refused.said).toContain("CKR_PIN_LOCKED");
    expect((await inserted.status()).triesLeft).toBe(0);
  });

  test("what was verified is kept between programs, and lost by a reset", async () => {
    await insert("physician");
    const select = "00A4040009A0000003080000100000";
    const verify = `0020008008${Buffer.from(describedCard("physician").pin).toString("hex")}FFFF`;
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
