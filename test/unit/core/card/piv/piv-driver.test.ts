import { createHash, type KeyObject, verify } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { concatBytes } from "../../../../../core/bytes/bytes.ts";
import { fromHex, toHex } from "../../../../../core/bytes/hex.ts";
import { writeDataObject } from "../../../../../core/card/ber-tlv.ts";
import { PivDriver } from "../../../../../core/card/piv/piv-driver.ts";
import { selectDriver } from "../../../../../core/card/select-driver.ts";
import { defaultAtr } from "../../../../../native-bindings/simulator/card/default-atr.ts";
import { noMemory } from "../../../../fakes/no-memory.ts";
import { RecordingCard, ScriptedCard } from "../../../../fakes/scripted-card.ts";
import {
  cardCertificate,
  cardGuid,
  cardKeys,
  cardPin,
  cardUnblockingCode,
  makePivCard,
  presenceCertificate,
} from "../../../../fixtures/card-content.ts";

const hex = (text: string) => fromHex(text) ?? new Uint8Array();
const digits = (text: string) => new TextEncoder().encode(text);
const message = Buffer.from("a challenge");
const digest = createHash("sha256").update(message).digest();
const withoutExtended = hex("3b00");
const selected = "6111 4f06000010000100 7907 4f05a000000308 9000";

async function insert(atr = defaultAtr, card = makePivCard()) {
  const transport = new RecordingCard(command => card.answer(command), atr);
  const driver = await PivDriver.select(transport, noMemory);
  if (driver === undefined) throw new Error("not selected");
  return { card, transport, driver };
}

/** A driver whose card answers SELECT properly and then only this. */
async function answering(...answers: string[]) {
  const transport = new RecordingCard((_, index) => hex(index === 0 ? selected : (answers[index - 1] ?? "6f00")));
  const driver = await PivDriver.select(transport, noMemory);
  if (driver === undefined) throw new Error("not selected");
  return { transport, driver };
}

const p1363 = (key: KeyObject) => ({ key, dsaEncoding: "ieee-p1363" }) as const;
const verifies = (commands: readonly Uint8Array[]) =>
  commands.filter(command => command[1] === 0x20 && command.length > 5).length;

describe.each([
  ["extended", defaultAtr],
  ["short", withoutExtended],
] as const)("a whole sign-in, %s", (mode, atr) => {
  test("reads, verifies once, signs with both keys", async () => {
    const { driver, transport } = await insert(atr);
    expect(await driver.readCardId()).toBe(`piv:${toHex(cardGuid)}`);
    expect(await driver.readCertificate("authentication")).toEqual(cardCertificate);
    expect(await driver.readPinState()).toMatchObject({ triesLeft: 3 });
    await driver.verifyPin(digits(cardPin));
    const signature = await driver.sign("authentication", "rsa-2048", digest);
    expect(verify("sha256", message, cardKeys.rsa, signature)).toBe(true);
    expect(verify("sha256", Buffer.from("else"), cardKeys.rsa, signature)).toBe(false);
    expect(verifies(transport.commands)).toBe(1);

    expect(await driver.readCertificate("presence")).toEqual(presenceCertificate);
    const shown = await driver.sign("presence", "p-256", digest);
    expect(verify("sha256", message, p1363(cardKeys.ec), shown)).toBe(true);
    expect(verify("sha256", Buffer.from("else"), p1363(cardKeys.ec), shown)).toBe(false);
  });

  test("without the PIN there is no signature by the authentication key", async () => {
    const { driver } = await insert(atr);
    await expect(driver.sign("authentication", "rsa-2048", digest)).rejects.toMatchObject({
      code: "card-refused-command",
      detail: "GENERAL AUTHENTICATE: status 6982",
    });
  });

  test("every command is in its mode", async () => {
    const { driver, transport } = await insert(atr);
    await driver.readCertificate("authentication");
    const isExtended = transport.commands.some(command => command.length > 7 && command[4] === 0);
    expect(isExtended).toBe(mode === "extended");
  });
});

describe("APDU counts in extended mode", () => {
  test("a first sign-in takes seven", async () => {
    const { driver, transport } = await insert();
    await driver.readCardId();
    await driver.readCertificate("authentication");
    await driver.readPinState();
    await driver.verifyPin(digits(cardPin));
    await driver.sign("authentication", "rsa-2048", digest);
    expect(transport.commands.length).toBe(7);
  });

  test("a return takes three: the certificates are known by the card's number", async () => {
    const { driver, transport } = await insert();
    await driver.readCardId();
    await driver.sign("presence", "p-256", digest);
    expect(transport.commands.length).toBe(3);
  });
});

describe("the PIN", () => {
  test("a wrong one is sent once and tells the tries left; the third blocks", async () => {
    const { driver, transport, card } = await insert();
    const wrong = () => driver.verifyPin(digits("000000"));
    await expect(wrong()).rejects.toMatchObject({ code: "pin-wrong", triesLeft: 2 });
    expect(verifies(transport.commands)).toBe(1);
    expect(await driver.readPinState()).toMatchObject({ triesLeft: 2 });
    await expect(wrong()).rejects.toMatchObject({ code: "pin-wrong", triesLeft: 1 });
    await expect(wrong()).rejects.toMatchObject({ code: "pin-blocked", triesLeft: 0 });
    await expect(driver.verifyPin(digits(cardPin))).rejects.toMatchObject({ code: "pin-blocked" });
    expect(await driver.readPinState()).toMatchObject({ triesLeft: 0 });
    expect(card.triesLeft).toBe(0);
    expect(verifies(transport.commands)).toBe(4);
  });

  test.each(["12345", "123456789", "12ab56", "", "31415 ", "٣١٤١٥٩"])("%j is never sent", async text => {
    const { driver, transport, card } = await insert();
    await expect(driver.verifyPin(digits(text))).rejects.toMatchObject({ code: "pin-malformed" });
    expect(verifies(transport.commands)).toBe(0);
    expect(card.triesLeft).toBe(3);
  });

  test.each(["6f00", "6c08", "6108", "6982", "6a88", ""])("after %j it is not sent a second time", async answer => {
    const { driver, transport } = await answering(answer, "9000", "9000");
    await driver.verifyPin(digits(cardPin)).catch(() => {});
    expect(verifies(transport.commands)).toBe(1);
  });

  test("no command keeps it: the driver's own copy is wiped", async () => {
    const card = makePivCard();
    const kept: Uint8Array[] = [];
    const driver = await PivDriver.select(
      {
        atr: defaultAtr,
        protocol: "T=1",
        transmit: async command => {
          kept.push(command);
          return card.answer(command);
        },
      },
      noMemory,
    );
    const pin = digits(cardPin);
    await driver?.verifyPin(pin);
    // The caller's bytes are the caller's to wipe; the command's are gone.
    expect(new TextDecoder().decode(pin)).toBe(cardPin);
    const left = kept.filter(command => Buffer.from(command).includes(Buffer.from(cardPin)));
    expect(left).toEqual([]);
  });

  test("a card that was verified already says one try: what is certain", async () => {
    const { driver } = await insert();
    await driver.verifyPin(digits(cardPin));
    expect(await driver.readPinState()).toMatchObject({ triesLeft: 1 });
  });

  test("a counter that cannot be read is a refusal", async () => {
    const { driver } = await answering("6a88");
    await expect(driver.readPinState()).rejects.toMatchObject({ code: "card-refused-command" });
  });

  test("can be taken back: the key needs it again, and no try is spent", async () => {
    const { driver, card } = await insert();
    await driver.verifyPin(digits(cardPin));
    expect(await driver.forgetPin()).toBe(true);
    expect(await driver.readPinState()).toMatchObject({ triesLeft: 3 });
    await expect(driver.sign("authentication", "p-256", new Uint8Array(32))).rejects.toMatchObject({
      code: "card-refused-command",
    });
    expect(card.triesLeft).toBe(3);
  });

  test("cannot be taken back from a card that does not know how, and that is said", async () => {
    const selected = "61114f0600001000010079074f05a0000003089000";
    const card = new ScriptedCard([
      { what: "SELECT", command: "00a4040009a0000003080000100000", answer: selected },
      { what: "VERIFY, P1 = FF", command: "0020ff80", answer: "6a86" },
    ]);
    const driver = await PivDriver.select(card, noMemory);
    expect(await driver?.forgetPin()).toBe(false);
    expect(card.isOver).toBe(true);
  });

  test("can be changed by the old one, and not by a wrong one", async () => {
    const { driver } = await insert();
    await expect(driver.changePin(digits("000000"), digits("271828"))).rejects.toMatchObject({ code: "pin-wrong" });
    await driver.changePin(digits(cardPin), digits("271828"));
    await driver.verifyPin(digits("271828"));
    await expect(driver.verifyPin(digits(cardPin))).rejects.toMatchObject({ code: "pin-wrong" });
  });

  test("can be unblocked by the unblocking code, and not by a wrong one", async () => {
    const { driver, card } = await insert();
    card.block();
    await expect(driver.unblockPin(digits("00000000"), digits("271828"))).rejects.toMatchObject({
      code: "unblocking-code-wrong",
    });
    expect(card.triesLeft).toBe(0);
    await driver.unblockPin(digits(cardUnblockingCode), digits("271828"));
    await driver.verifyPin(digits("271828"));
  });
});

describe("what is no PIV card", () => {
  test.each([
    ["has no such application", "6a82"],
    ["says yes to everything", "9000"],
    ["answers another template", "6f00 9000"],
  ])("one that %s is not selected", async (_, answer) => {
    const card = new RecordingCard(() => hex(answer));
    expect(await PivDriver.select(card, noMemory)).toBeUndefined();
    await expect(selectDriver(card, noMemory)).rejects.toMatchObject({ code: "card-unknown" });
  });

  test("a PIV card is known by its family", async () => {
    const card = makePivCard();
    expect((await selectDriver(new RecordingCard(command => card.answer(command)), noMemory)).family).toBe("piv");
  });
});

describe("which PIN", () => {
  const discovery = (policy: string) => `7e12 4f0ba000000308000010000100 5f2f02${policy} 9000`;

  test.each([
    ["the card's own alone", discovery("4000"), 0x80],
    ["both, its own preferred", discovery("6010"), 0x80],
    ["both, the global one preferred", discovery("6020"), 0x00],
    ["a preference for one that is not allowed", discovery("4020"), 0x80],
    ["no discovery object", "6a82", 0x80],
  ])("%s", async (_, answer, reference) => {
    const { driver, transport } = await answering(answer, "63c3", "9000");
    expect(await driver.readPinState()).toMatchObject({ triesLeft: 3 });
    await driver.verifyPin(digits(cardPin));
    expect(transport.commands.slice(2).map(command => command[3])).toEqual([reference, reference]);
  });

  test("a discovery object that makes no sense stops before anything is asked", async () => {
    const { driver, transport } = await answering("7e05 4f09aa 9000");
    await expect(driver.readPinState()).rejects.toMatchObject({ code: "card-answer-malformed" });
    expect(transport.commands).toHaveLength(2);
  });
});

describe("odd objects", () => {
  test("an absent or empty certificate is none", async () => {
    expect(await (await answering("6a82")).driver.readCertificate("authentication")).toBeUndefined();
    expect(await (await answering("5300 9000")).driver.readCertificate("authentication")).toBeUndefined();
  });

  test("a compressed certificate is unpacked", async () => {
    const packed = toHex(gzipSync(Uint8Array.of(1, 2, 3)));
    const size = (packed.length / 2).toString(16).padStart(2, "0");
    const object = `70${size}${packed}710101fe00`;
    const { driver } = await answering(`53${(object.length / 2).toString(16).padStart(2, "0")}${object}9000`);
    expect(await driver.readCertificate("authentication")).toEqual(Buffer.from([1, 2, 3]));
  });

  test.each([
    ["that is none", Uint8Array.of(0xaa, 0xbb, 0xcc)],
    ["that swells beyond any certificate", gzipSync(new Uint8Array(20_000))],
  ])("a compressed certificate %s is malformed", async (_, packed) => {
    const object = writeDataObject(0x53, writeDataObject(0x70, packed), writeDataObject(0x71, Uint8Array.of(1)));
    const { driver } = await answering(`${toHex(object)}9000`);
    await expect(driver.readCertificate("authentication")).rejects.toMatchObject({ code: "card-answer-malformed" });
  });

  test("the certificates that are there are listed by their keys", async () => {
    const { driver } = await insert();
    const shown = await driver.listCertificates();
    expect(shown.map(({ label }) => label)).toEqual(["9A PIV Authentication", "9E Card Authentication"]);
    expect(shown[0]?.certificate).toEqual(cardCertificate);
  });

  test.each(["9000", "7001aa 9000", "530a 70 9000"])("an object that is %j is malformed", async answer => {
    const { driver } = await answering(answer);
    await expect(driver.readCertificate("authentication")).rejects.toMatchObject({ code: "card-answer-malformed" });
  });

  test("a refused reading is a refusal, not an absence", async () => {
    const { driver } = await answering("6982");
    await expect(driver.readCertificate("authentication")).rejects.toMatchObject({ code: "card-refused-command" });
  });

  test("without GUID the FASC-N is the card's number; without both there is none", async () => {
    const zeros = "00".repeat(16);
    expect(await (await answering(`5316 3002aabb 3410${zeros} 9000`)).driver.readCardId()).toBe("piv:aabb");
    expect(await (await answering("5302 3e00 9000")).driver.readCardId()).toBeUndefined();
    expect(await (await answering("6a82")).driver.readCardId()).toBeUndefined();
  });

  test.each([
    ["T=1", "T=1"],
    ["T=0", "T=0"],
  ] as const)("the issuer's signature in the unique identifier is left on the card, %s", async (_, protocol) => {
    const guid = "000102030405060708090a0b0c0d0e0f";
    const signed = `53820c00 3019${"d4".repeat(25)} 3410${guid} 35083230333031323331 3e820bbb ${"ee".repeat(3003)}`;
    const object = Buffer.from(signed.replaceAll(" ", ""), "hex");
    const atr = Uint8Array.of(0x3b, 0x00);
    const transport = new RecordingCard(
      command => {
        const [, instruction, , , length = 0, ...rest] = command;
        if (instruction === 0xa4) return Buffer.from("61009000", "hex");
        if (instruction === 0xcb && protocol === "T=0") return Buffer.from("6100", "hex");
        const wanted = instruction === 0xcb ? rest.at(-1) : length;
        return Buffer.concat([object.subarray(0, wanted), Buffer.from("6100", "hex")]);
      },
      atr,
      protocol,
    );
    const driver = await PivDriver.select(transport, noMemory);
    const before = transport.commands.length;
    expect(await driver?.readCardId()).toBe(`piv:${guid}`);
    expect(transport.commands.slice(before).length).toBe(protocol === "T=1" ? 1 : 2);
  });

  test.each([
    ["no template", "9000"],
    ["an empty template", "7c00 9000"],
    ["something else in it", "7c03 8101aa 9000"],
    ["a signature of another length", "7c03 8201aa 9000"],
  ])("a signature answer with %s is malformed", async (_, answer) => {
    // The padded block comes in two links.
    const { driver } = await answering("9000", answer);
    await expect(driver.sign("presence", "rsa-2048", digest)).rejects.toMatchObject({ code: "card-answer-malformed" });
  });

  test("an ECDSA answer that is no DER is malformed", async () => {
    const { driver } = await answering("7c05 8203 3001aa 9000");
    await expect(driver.sign("presence", "p-256", digest)).rejects.toMatchObject({ code: "card-answer-malformed" });
  });

  test("the certificate comes whole, whatever its length", async () => {
    for (const length of [1, 100, 240, 256, 1_000, 3_000]) {
      const certificate = new Uint8Array(length).fill(0x5a);
      const card = makePivCard({ authentication: { key: cardKeys.rsa, certificate } });
      for (const atr of [defaultAtr, withoutExtended]) {
        const { driver } = await insert(atr, card);
        expect(await driver.readCertificate("authentication")).toEqual(concatBytes(certificate));
      }
    }
  });
});
