import { spawnSync } from "node:child_process";
import { createHash, verify, X509Certificate } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { sha256DigestInfo } from "../../core/card/pkcs1-padding.ts";
import { CardHouse, describedCard } from "./support/card-house.ts";
import { cardIsSeen } from "./support/pcscd.ts";

// The French card of the third generation on the real pcscd: asked by OpenSC, which knows nothing of Wardkey, and by our own
// card host.

const { pin, unblockingCode, chip } = describedCard("cps3");
const message = Buffer.from("what the card signs");
const digits = (text: string) => new TextEncoder().encode(text);

let house: CardHouse;

beforeAll(() => {
  house = new CardHouse();
});

beforeEach(() => house.startPcscd());

afterEach(() => house.clear());

afterAll(() => house.removeFiles());

const file = (name: string) => join(house.directory, name);

function run(program: string, ...words: string[]) {
  const { status, stdout, stderr } = spawnSync(program, words, { encoding: "utf8" });
  return { ok: status === 0, said: stdout + stderr };
}

const certificateOf = (use: "authentication" | "presence") => house.certificateOf("cps3", use);

describe("OpenSC", () => {
  beforeEach(async () => {
    await house.insert("cps3");
    await cardIsSeen();
  });

  test("takes it for an IAS ECC card, and lists its key, its PIN and its certificate", () => {
    expect(run("opensc-tool", "-n").said).toContain("IAS-ECC");
    const { said } = run("pkcs15-tool", "--dump");
    expect(said).toContain("CPS_PRIV_AUT");
    expect(said).toContain("Certificat d'Authentification CPS");
    run("pkcs15-tool", "--read-certificate", "e828bd080f8025000001ff001002", "--output", file("read.pem"));
    expect(new X509Certificate(readFileSync(file("read.pem"))).fingerprint256).toBe(
      certificateOf("authentication").fingerprint256,
    );
  });

  test("verifies its PIN, and not another", () => {
    expect(run("pkcs15-tool", "--verify-pin", "--pin", pin).ok).toBe(true);
    expect(run("pkcs15-tool", "--verify-pin", "--pin", "0000").ok).toBe(false);
  });

  test("has it sign; openssl verifies the message, and no other", () => {
    writeFileSync(file("input"), sha256DigestInfo(createHash("sha256").update(message).digest()));
    writeFileSync(
      file("public.pem"),
      certificateOf("authentication").publicKey.export({ type: "spki", format: "pem" }),
    );
    const paths = ["--input-file", file("input"), "--output-file", file("signature")];
    const signed = run("pkcs11-tool", "--login", "--pin", pin, "--sign", "-m", "RSA-PKCS", ...paths);
    expect(signed.said).not.toContain("error");
    const judge = (text: Uint8Array) => {
      writeFileSync(file("message"), text);
      const words = ["-sha256", "-verify", file("public.pem"), "-signature", file("signature"), file("message")];
      return run("openssl", "dgst", ...words).ok;
    };
    expect(judge(message)).toBe(true);
    expect(judge(Buffer.from("something else"))).toBe(false);
  });
});

describe("our card host", () => {
  test("reads, counts and signs by PIN; there is no key without one", async () => {
    const card = await house.insert("cps3");
    const { client, insertion } = await house.look();
    const identified = await client.identify(insertion);
    expect(identified).toMatchObject({ family: "cps3", algorithm: "RS256" });
    expect(identified.cardId).toContain(chip.slice(-8));
    expect(Buffer.from(identified.certificate).equals(certificateOf("authentication").raw)).toBe(true);
    expect(await client.presence(insertion)).toBeUndefined();
    expect(await client.pinState(insertion)).toMatchObject({ triesLeft: 3, minimumLength: 4, maximumLength: 4 });
    const signature = await client.signWithPin(insertion, digits(pin), message);
    expect(verify("sha256", message, certificateOf("authentication").publicKey, signature)).toBe(true);
    expect((await card.status()).commands).toBeGreaterThan(0);
  });

  test("a wrong PIN costs one try, which is counted; three block it, and the unblocking code gives it back", async () => {
    await house.insert("cps3");
    const { client, insertion } = await house.look();
    await client.identify(insertion);
    for (const triesLeft of [2, 1, 0]) {
      await expect(client.signWithPin(insertion, digits("0000"), message)).rejects.toMatchObject({ triesLeft });
      expect(await client.pinState(insertion)).toMatchObject({ triesLeft });
    }
    await expect(client.signWithPin(insertion, digits(pin), message)).rejects.toMatchObject({ code: "pin-blocked" });
    const unblock = (code: string) => client.renewPin(insertion, "unblock", digits(code), digits("1357"));
    await expect(unblock("00000000")).rejects.toMatchObject({ code: "unblocking-code-wrong", triesLeft: 2 });
    await unblock(unblockingCode);
    await client.renewPin(insertion, "change", digits("1357"), digits("2468"));
    expect(await client.signWithPin(insertion, digits("2468"), message)).toHaveLength(256);
  });

  test("after us, nobody: another program finds the PIN forgotten", async () => {
    await house.insert("cps3");
    const { client, insertion } = await house.look();
    await client.identify(insertion);
    await client.signWithPin(insertion, digits(pin), message);
    const environment = "002241A406840182800102";
    const sign = `0088000033${sha256DigestInfo(createHash("sha256").update(message).digest()).reduce((hex, byte) => hex + byte.toString(16).padStart(2, "0"), "")}00`;
    const application = "00A404040DE828BD080F8025000001FF0010";
    const send = (...commands: string[]) =>
      run("opensc-tool", "-c", "default", ...commands.flatMap(command => ["-s", command])).said;
    expect(send(application, environment, sign)).toContain("SW1=0x69, SW2=0x82");
    // The same program with a PIN of its own: so it could have.
    const present = `0020000104${Buffer.from(pin).toString("hex")}`;
    expect(send(application, present, environment, sign)).not.toContain("SW1=0x69, SW2=0x82");
  });

  test("by its antenna it is the same chip, signs without PIN and asks for none", async () => {
    await house.insert("cps3-contactless");
    const { client, insertion } = await house.look();
    const key = await client.presence(insertion);
    expect(key && new X509Certificate(key.certificate).fingerprint256).toBe(certificateOf("presence").fingerprint256);
    const signature = await client.signPresence(insertion, message);
    expect(verify("sha256", message, certificateOf("presence").publicKey, signature)).toBe(true);
    await expect(client.pinState(insertion)).rejects.toMatchObject({ code: "card-without-pin" });
    await expect(client.signWithPin(insertion, digits(pin), message)).rejects.toMatchObject({
      code: "card-without-certificate",
    });
  });
});
