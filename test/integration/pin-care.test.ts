import { verify, X509Certificate } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { WardCard } from "../../demo/ward/ward-card.ts";
import { CardHouse, describedCard } from "./support/card-house.ts";
import { readerPorts } from "./support/pcscd.ts";
import { PinPadReader } from "./support/pin-pad-reader.ts";

// A card's PIN from its first look to a new one, on the real pcscd and the virtual card.

const input = new TextEncoder().encode("what is to be signed");
const digits = (text: string) => new TextEncoder().encode(text);
const nurse = describedCard("nurse");

let house: CardHouse;
let card: WardCard;

beforeAll(() => {
  house = new CardHouse();
});

beforeEach(async () => {
  card = await house.makeCard("nurse");
});

afterEach(() => house.clear());

afterAll(() => house.removeFiles());

describe("a new PIN", () => {
  beforeEach(async () => {
    await house.startPcscd();
    await card.insert(readerPorts[0]);
  });

  test("by the old one: the new one signs, the old one does not", async () => {
    const { client, insertion } = await house.look();
    await client.identify(insertion);
    const secrets = [digits(nurse.pin), digits("161803")] as const;
    await client.renewPin(insertion, "change", ...secrets);
    expect(secrets.flatMap(secret => [...secret]).every(byte => byte === 0)).toBe(true);
    await expect(client.signWithPin(insertion, digits(nurse.pin), input)).rejects.toMatchObject({ code: "pin-wrong" });
    expect(await client.signWithPin(insertion, digits("161803"), input)).toHaveLength(64);
  });

  test("by a wrong one: a try is gone, the PIN is as it was", async () => {
    const { client, insertion } = await house.look();
    await client.identify(insertion);
    const wrong = client.renewPin(insertion, "change", digits("000000"), digits("161803"));
    await expect(wrong).rejects.toMatchObject({ code: "pin-wrong", triesLeft: 2 });
    const short = client.renewPin(insertion, "change", digits(nurse.pin), digits("12"));
    await expect(short).rejects.toMatchObject({ code: "pin-malformed" });
    expect(await client.pinState(insertion)).toMatchObject({ triesLeft: 2 });
    expect(await client.signWithPin(insertion, digits(nurse.pin), input)).toHaveLength(64);
  });

  test("of a blocked card, by its unblocking code and not by another; after three wrong ones never", async () => {
    const { client, insertion } = await house.look();
    await client.identify(insertion);
    for (const left of [2, 1, 0])
      await expect(client.signWithPin(insertion, digits("000000"), input)).rejects.toMatchObject({ triesLeft: left });
    expect(await client.pinState(insertion)).toMatchObject({ triesLeft: 0, canUnblock: true });
    const unblock = (code: string) => client.renewPin(insertion, "unblock", digits(code), digits("161803"));
    await expect(unblock("00000000")).rejects.toMatchObject({ code: "unblocking-code-wrong", triesLeft: 2 });
    await unblock(nurse.unblockingCode);
    expect(await client.signWithPin(insertion, digits("161803"), input)).toHaveLength(64);
    for (const left of [2, 1]) await expect(unblock("00000000")).rejects.toMatchObject({ triesLeft: left });
    await expect(unblock("00000000")).rejects.toMatchObject({ code: "unblocking-code-blocked" });
    await expect(unblock(nurse.unblockingCode)).rejects.toMatchObject({ code: "unblocking-code-blocked" });
  });
});

describe("a reader with keys of its own", () => {
  let reader: PinPadReader;
  beforeEach(async () => {
    reader = await PinPadReader.start(house.directory);
    await card.insert(readerPorts[0]);
  });
  afterEach(() => reader.pcscd.stop());

  async function look(settings = {}) {
    const { client, insertion } = await house.look(settings);
    const { certificate } = await client.identify(insertion);
    return { client, insertion, certificate };
  }

  test("takes the PIN, and the card signs; no digit of it has been in this computer", async () => {
    const { client, insertion, certificate } = await look();
    expect(await client.pinState(insertion)).toMatchObject({ triesLeft: 3, onReader: true });
    reader.type(nurse.pin);
    const signature = await client.signWithPin(insertion, "on-reader", input);
    const { publicKey } = new X509Certificate(certificate);
    expect(verify("sha256", input, { key: publicKey, dsaEncoding: "ieee-p1363" }, signature)).toBe(true);
    expect(reader.seen.includes(nurse.pin)).toBe(false);
    // The template that the reader filled: VERIFY of reference 80 with eight filling bytes.
    expect(reader.seen.subarray(-13).toString("hex")).toBe("0020008008ffffffffffffffff");
  });

  test.each([
    ["000000", { code: "pin-wrong", triesLeft: 2 }],
    ["12", { code: "pin-malformed" }],
    ["cancel", { code: "pin-entry-cancelled" }],
    ["timeout", { code: "pin-entry-timed-out" }],
  ])("%s: nothing is signed, and it says so", async (typed, failure) => {
    const { client, insertion } = await look();
    await client.pinState(insertion);
    reader.type(typed);
    await expect(client.signWithPin(insertion, "on-reader", input)).rejects.toMatchObject(failure);
    expect(await client.pinState(insertion)).toMatchObject({ triesLeft: typed === "000000" ? 2 : 3 });
  });

  test("is not used where the workstation's settings say so", async () => {
    const { client, insertion } = await look({ ignorePinPad: true });
    expect(await client.pinState(insertion)).toMatchObject({ onReader: false });
    expect(await client.signWithPin(insertion, digits(nurse.pin), input)).toHaveLength(64);
    await expect(client.signWithPin(insertion, "on-reader", input)).rejects.toMatchObject({
      code: "reader-without-pin-pad",
    });
    expect(reader.wasAsked).toBe(false);
  });
});
