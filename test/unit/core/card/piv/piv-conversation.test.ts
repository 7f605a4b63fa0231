import { createHash, sign, verify } from "node:crypto";
import { describe, expect, test } from "vitest";
import { toHex } from "../../../../../core/bytes/hex.ts";
import { PivDriver } from "../../../../../core/card/piv/piv-driver.ts";
import { pkcs1SignatureBlock } from "../../../../../core/card/pkcs1-padding.ts";
import { defaultAtr } from "../../../../../native-bindings/simulator/card/default-atr.ts";
import { noMemory } from "../../../../fakes/no-memory.ts";
import { ScriptedCard, type ScriptedExchange } from "../../../../fakes/scripted-card.ts";
import { cardKeys } from "../../../../fixtures/card-content.ts";

// The whole conversation of a sign-in, byte for byte (NIST SP 800-73-4 part 2), on paper: no simulator takes part.

const message = Buffer.from("a challenge of the broker");
const digest = createHash("sha256").update(message).digest();
const pin = () => new TextEncoder().encode("314159");
const ok = "9000";

const select: ScriptedExchange = {
  what: "SELECT the PIV application by its AID",
  command: "00 a4 04 00  09  a0 00 00 03 08 00 00 10 00  00",
  answer: `61 11  4f 06 00 00 10 00 01 00  79 07 4f 05 a0 00 00 03 08  ${ok}`,
};
const askTries: ScriptedExchange = {
  what: "VERIFY without a body asks for the tries left",
  command: "00 20 00 80",
  answer: "63 c3",
};
const presentPin: ScriptedExchange = {
  what: "VERIFY with the PIN, filled up to eight bytes with FF",
  command: "00 20 00 80  08  33 31 34 31 35 39 ff ff",
  answer: ok,
};

describe("short APDUs, P-256", () => {
  const signature = sign("sha256", message, cardKeys.ec);
  const inner = toHex(Uint8Array.of(0x82, signature.length)) + toHex(signature);
  const conversation: ScriptedExchange[] = [
    select,
    {
      what: "GET DATA of the card holder unique identifier: the GUID (34) is the card's number",
      command: "00 cb 3f ff  05  5c 03 5f c1 02  60",
      answer: `53 16  30 00  34 10 000102030405060708090a0b0c0d0e0f  3e 00  ${ok}`,
    },
    {
      what: "GET DATA of the certificate of key 9A; the rest waits",
      command: "00 cb 3f ff  05  5c 03 5f c1 05  00",
      answer: "53 0a 70 03 aa 61 08",
    },
    { what: "GET RESPONSE", command: "00 c0 00 00 08", answer: `bb cc 71 01 00 fe 00 ${ok}` },
    {
      what: "GET DATA of the discovery object: the card's own PIN is the one to use",
      command: "00 cb 3f ff  03  5c 01 7e  00",
      answer: `7e 12  4f 0b a0 00 00 03 08 00 00 10 00 01 00  5f 2f 02 40 00  ${ok}`,
    },
    askTries,
    presentPin,
    {
      what: "GENERAL AUTHENTICATE: algorithm 11 (P-256), key 9A, the digest in 81, the answer asked for by 82",
      command: `00 87 11 9a  26  7c 24  82 00  81 20 ${toHex(digest)}  00`,
      answer: `7c ${toHex(Uint8Array.of(inner.length / 2))} ${inner} ${ok}`,
    },
  ];

  test("ends in a signature that node:crypto verifies", async () => {
    const card = new ScriptedCard(conversation);
    const driver = await PivDriver.select(card, noMemory);
    expect(await driver?.readCardId()).toBe("piv:000102030405060708090a0b0c0d0e0f");
    expect(await driver?.readCertificate("authentication")).toEqual(Uint8Array.of(0xaa, 0xbb, 0xcc));
    expect(await driver?.readPinState()).toEqual({
      triesLeft: 3,
      minimumLength: 6,
      maximumLength: 8,
      canUnblock: true,
    });
    await driver?.verifyPin(pin());
    const made = await driver?.sign("authentication", "p-256", digest);
    const key = { key: cardKeys.ec, dsaEncoding: "ieee-p1363" } as const;
    expect(verify("sha256", message, key, made ?? new Uint8Array())).toBe(true);
    expect(verify("sha256", Buffer.from("another challenge"), key, made ?? new Uint8Array())).toBe(false);
    expect(card.isOver).toBe(true);
  });
});

describe("extended APDUs, RSA 2048", () => {
  const signature = sign("sha256", message, cardKeys.rsa);
  const conversation: ScriptedExchange[] = [
    select,
    {
      what: "GET DATA of the certificate of key 9A, as much as the card has",
      command: "00 cb 3f ff  00 00 05  5c 03 5f c1 05  00 00",
      answer: `53 0a  70 03 aa bb cc  71 01 00  fe 00  ${ok}`,
    },
    presentPin,
    {
      what: "GENERAL AUTHENTICATE: algorithm 07 (RSA 2048), the padded block in 81",
      command: `00 87 07 9a  00 01 0a  7c 82 01 06  82 00  81 82 01 00 ${toHex(pkcs1SignatureBlock(digest, 256))}  00 00`,
      answer: `7c 82 01 04  82 82 01 00 ${toHex(signature)} ${ok}`,
    },
  ];

  test("ends in a signature that node:crypto verifies", async () => {
    const card = new ScriptedCard(conversation, toHex(defaultAtr));
    const driver = await PivDriver.select(card, noMemory);
    expect(await driver?.readCertificate("authentication")).toEqual(Uint8Array.of(0xaa, 0xbb, 0xcc));
    await driver?.verifyPin(pin());
    const made = (await driver?.sign("authentication", "rsa-2048", digest)) ?? new Uint8Array();
    expect(verify("sha256", message, cardKeys.rsa, made)).toBe(true);
    expect(verify("sha256", Buffer.from("another challenge"), cardKeys.rsa, made)).toBe(false);
    expect(card.isOver).toBe(true);
  });

  test("on T=0 it is spoken to in short APDUs, and fetches what answers a command with data", async () => {
    const card = new ScriptedCard(
      [
        { what: "SELECT, no Le", command: "00 a4 04 00  09  a0 00 00 03 08 00 00 10 00", answer: "61 13" },
        {
          what: "GET RESPONSE",
          command: "00 c0 00 00 13",
          answer: `61 11  4f 06 00 00 10 00 01 00  79 07 4f 05 a0 00 00 03 08  ${ok}`,
        },
        { what: "GET DATA, no Le", command: "00 cb 3f ff  05  5c 03 5f c1 05", answer: "61 0c" },
        {
          what: "GET RESPONSE",
          command: "00 c0 00 00 0c",
          answer: `53 0a  70 03 aa bb cc  71 01 00  fe 00  ${ok}`,
        },
      ],
      toHex(defaultAtr),
      "T=0",
    );
    const driver = await PivDriver.select(card, noMemory);
    expect(await driver?.readCertificate("authentication")).toEqual(Uint8Array.of(0xaa, 0xbb, 0xcc));
  });
});
