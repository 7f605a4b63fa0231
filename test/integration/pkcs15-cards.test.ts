import { spawnSync } from "node:child_process";
import { verify, X509Certificate } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { CardHouse, describedCard } from "./support/card-house.ts";
import { cardIsSeen } from "./support/pcscd.ts";

// Cards that describe themselves, on the real pcscd, through our own card host.

const message = new TextEncoder().encode("what the card signs");
const digits = (text: string) => new TextEncoder().encode(text);

let house: CardHouse;

beforeAll(() => {
  house = new CardHouse();
});

beforeEach(() => house.startPcscd());

afterEach(() => house.clear());

afterAll(() => house.removeFiles());

async function look(id: string) {
  await house.insert(id);
  return { ...(await house.look()), described: describedCard(id), certificate: house.certificateOf(id) };
}

describe.each([
  { id: "cps4", family: "cps4", algorithm: "RS256", minimumLength: 4, maximumLength: 4, other: "1414" },
  { id: "hba", family: "hba", algorithm: "ES256", minimumLength: 6, maximumLength: 8, other: "141421" },
  { id: "cns", family: "cns", algorithm: "RS256", minimumLength: 5, maximumLength: 8, other: "141421" },
  { id: "pkcs15", family: "pkcs15", algorithm: "ES256", minimumLength: 5, maximumLength: 8, other: "141421" },
])("$id", ({ id, family, algorithm, minimumLength, maximumLength, other }) => {
  test("is read by its own directory, and signs by PIN", async () => {
    const { client, insertion, described, certificate } = await look(id);
    const identified = await client.identify(insertion);
    expect(identified).toMatchObject({ family, algorithm });
    expect(identified.cardId).toContain(described.chip.slice(-8).replace(/^0+/, ""));
    expect(Buffer.from(identified.certificate).equals(certificate.raw)).toBe(true);
    expect(await client.presence(insertion)).toBeUndefined();
    const pin = { triesLeft: 3, minimumLength, maximumLength, canUnblock: true };
    expect(await client.pinState(insertion)).toMatchObject(pin);
    const signature = await client.signWithPin(insertion, digits(described.pin), message);
    const key = { key: certificate.publicKey, dsaEncoding: "ieee-p1363" } as const;
    expect(verify("sha256", message, key, signature)).toBe(true);
    expect(verify("sha256", digits("something else"), key, signature)).toBe(false);
  });

  test("counts a wrong PIN, changes it, blocks and unblocks it", async () => {
    const { client, insertion, described } = await look(id);
    await client.identify(insertion);
    const wrong = client.signWithPin(insertion, digits("0".repeat(minimumLength)), message);
    await expect(wrong).rejects.toMatchObject({ code: "pin-wrong", triesLeft: 2 });
    await client.renewPin(insertion, "change", digits(described.pin), digits(other));
    for (const triesLeft of [2, 1, 0]) {
      const old = client.signWithPin(insertion, digits(described.pin), message);
      await expect(old).rejects.toMatchObject({ triesLeft });
    }
    expect(await client.pinState(insertion)).toMatchObject({ triesLeft: 0 });
    const noCode = client.renewPin(insertion, "unblock", digits("00000000"), digits(other));
    await expect(noCode).rejects.toMatchObject({ code: "unblocking-code-wrong", triesLeft: 2 });
    await client.renewPin(insertion, "unblock", digits(described.unblockingCode), digits(described.pin));
    expect((await client.signWithPin(insertion, digits(described.pin), message)).length).toBeGreaterThan(0);
  });
});

test("OpenSC takes the Italian card for one, and lists its certificate, its key and its PIN", async () => {
  const { described, certificate, readers } = await look("cns");
  await readers.close();
  await cardIsSeen();
  const run = (program: string, ...words: string[]) => spawnSync(program, words, { encoding: "utf8" }).stdout;
  expect(run("opensc-tool", "-n")).toContain("CNS card");
  const dump = run("pkcs15-tool", "--dump");
  expect(dump).toContain(described.chip.slice(-10));
  expect(dump).toMatch(/Key ref\s+: 1 /);
  expect(dump).toMatch(/Reference\s+: 16 /);
  expect(new X509Certificate(run("pkcs15-tool", "--read-certificate", "45")).fingerprint256).toBe(
    certificate.fingerprint256,
  );
});
