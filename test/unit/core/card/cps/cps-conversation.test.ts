import { createHash, verify, X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { fromHex, toHex } from "../../../../../core/bytes/hex.ts";
import { cps3Contact, cps3Contactless } from "../../../../../core/card/cps/cps3-profiles.ts";
import { cps4 } from "../../../../../core/card/cps/cps4-profile.ts";
import { pkcs1SignatureBlock } from "../../../../../core/card/pkcs1-padding.ts";
import type { CardProfile } from "../../../../../core/card/pkcs15/card-profile.ts";
import { Pkcs15Driver } from "../../../../../core/card/pkcs15/pkcs15-driver.ts";
import type { PublicObjects } from "../../../../../core/card/public-objects.ts";
import { KeptObjects } from "../../../../../electron/card-host/kept-objects.ts";
import { openDemonstrationAuthority } from "../../../../../native-bindings/simulator/authority/demonstration-authority.ts";
import { demonstrationCards } from "../../../../../native-bindings/simulator/authority/demonstration-cards.ts";
import { makeCard } from "../../../../../native-bindings/simulator/make-card.ts";
import { noMemory } from "../../../../fakes/no-memory.ts";
import { RecordingCard } from "../../../../fakes/scripted-card.ts";

// What goes to French health professionals' cards, byte for byte (sources: ANS Cryptolib, OpenSC card-iasecc.c), and what must
// come back: a signature that node:crypto verifies.

const directory = mkdtempSync(join(tmpdir(), "wardkey-cps-"));
const authority = openDemonstrationAuthority(join(directory, "pki"), Date.now());
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const message = Buffer.from("a challenge of the broker");
const digest = createHash("sha256").update(message).digest();
const digits = (text: string) => new TextEncoder().encode(text);
const bytes = (hex: string) => fromHex(hex) ?? new Uint8Array();

/** GET RESPONSE only fetches what a command has asked for. */
const isCounted = (command: string) => !command.startsWith("00c0");

type Answer = (command: string, honest: Uint8Array) => Uint8Array;

/** A driver on a virtual card, which notes commands; `lie` answers in the card's place. */
async function meet(
  profile: CardProfile,
  id: string,
  lie: Answer = (_, honest) => honest,
  objects: PublicObjects = noMemory.objects,
) {
  const description = demonstrationCards.find(card => card.id === id);
  if (description === undefined) throw new Error(id);
  const keys = authority.keysOf(description);
  const { card, atr } = makeCard(description, keys);
  const protocol = profile === cps3Contact ? "T=0" : "T=1";
  const transport = new RecordingCard(command => lie(toHex(command), card.answer(command)), atr, protocol);
  const driver = await Pkcs15Driver.select(profile, transport, objects);
  if (driver === undefined) throw new Error("not selected");
  const sent = () => transport.commands.map(command => toHex(command));
  /** What was sent by this work alone. */
  const during = async (work: () => Promise<unknown>) => {
    const before = sent().length;
    await work();
    return sent().slice(before);
  };
  const isSigned = (signature: Uint8Array, text = message) =>
    verify("sha256", text, new X509Certificate(keys.authentication.certificate).publicKey, signature);
  return { driver, description, card, keys, sent, during, isSigned };
}

describe("CPS3, contact, T=0", () => {
  test("says who it is before its application is selected: EF.SN.ICC by a path that keeps 3F00, then the AID", async () => {
    const { driver, sent, during } = await meet(cps3Contact, "cps3");
    expect(sent()[0]).toBe("00a40904043f00d003");
    expect(sent()[1]).toMatch(/^00c00000..$/);
    expect(sent()[2]).toBe("00b000000c");
    expect(sent()[3]).toBe("00a404040de828bd080f8025000001ff0010");
    expect(sent()[4]).toMatch(/^00c00000..$/);
    // The number comes without the half byte that fills it, and is not read again.
    const more = await during(async () => expect(await driver.readCardId()).toBe("cps3:8025000001992138450"));
    expect(more).toEqual([]);
  });

  test("one that refuses to say who it is is selected by its AID all the same", async () => {
    const { sent } = await meet(cps3Contact, "cps3", (command, honest) =>
      command === "00a40904043f00d003" ? bytes("6982") : honest,
    );
    expect(sent().slice(0, 2)).toEqual(["00a40904043f00d003", "00a404040de828bd080f8025000001ff0010"]);
  });

  test("a chip seen before is known by its number alone, and signs in its own application: five commands", async () => {
    const objects = new KeptObjects({ now: () => 0 });
    const first = await meet(cps3Contactless, "cps3-contactless", undefined, objects);
    await first.driver.readCertificate("presence");
    const { driver, keys, sent } = await meet(cps3Contactless, "cps3-contactless", undefined, objects);
    expect(await driver.readCertificate("presence")).toEqual(new Uint8Array(keys.presence.certificate));
    const signature = await driver.sign("presence", "rsa-2048", digest);
    expect(sent().filter(isCounted)).toEqual([
      "00a40904043f00d00300",
      "00b000000c",
      "00a404040de828bd080f8025000001ff002000",
      "002241a406800102840183",
      `00880000333031300d060960864801650304020105000420${digest.toString("hex")}00`,
    ]);
    expect(verify("sha256", message, new X509Certificate(keys.presence.certificate).publicKey, signature)).toBe(true);
  });

  test("what was kept of one chip does not stand for another", async () => {
    const objects = new KeptObjects({ now: () => 0 });
    const first = await meet(cps3Contact, "cps3", undefined, objects);
    await first.driver.readCertificate("authentication");
    const another = (command: string, honest: Uint8Array) =>
      command === "00b000000c" ? bytes("5a0a8025000001992138467f9000") : honest;
    const { sent } = await meet(cps3Contact, "cps3", another, objects);
    expect(sent()).toContain("00a404040de828bd080f8025000001ff0010");
  });

  test("the certificate comes from where the directory says, at most E7 bytes at a time", async () => {
    const { driver, keys, during } = await meet(cps3Contact, "cps3");
    const sent = await during(async () =>
      expect(await driver.readCertificate("authentication")).toEqual(new Uint8Array(keys.authentication.certificate)),
    );
    const reads = sent
      .filter(command => command.startsWith("00b0"))
      .map(command => Number.parseInt(command.slice(8), 16));
    expect(Math.max(...reads)).toBe(0xe7);
    expect(sent).toContain("00a40904063f0000017010");
  });

  test("the tries are read in the PIN's security data object, at the master file", async () => {
    const { driver, during } = await meet(cps3Contact, "cps3");
    await driver.readCertificate("authentication");
    const sent = await during(async () =>
      expect(await driver.readPinState()).toEqual({
        triesLeft: 3,
        minimumLength: 4,
        maximumLength: 4,
        canUnblock: true,
      }),
    );
    expect(sent.filter(command => /^00(a40904023f00|cb)/.test(command))).toEqual([
      "00a40904023f00",
      "00cb3fff0a4d087006bf810102a080",
    ]);
  });

  test("VERIFY, MSE SET (AT), INTERNAL AUTHENTICATE of the DigestInfo; the signature is fetched", async () => {
    const { driver, description, during, isSigned } = await meet(cps3Contact, "cps3");
    await driver.readCertificate("authentication");
    await driver.readPinState();
    await driver.reselect();
    let signature = new Uint8Array();
    const sent = await during(async () => {
      await driver.verifyPin(digits(description.pin));
      signature = new Uint8Array(await driver.sign("authentication", "rsa-2048", digest));
    });
    expect(sent).toEqual([
      "002000010434303731",
      "002241a406800102840182",
      `00880000333031300d060960864801650304020105000420${digest.toString("hex")}`,
      "00c0000000",
    ]);
    expect(isSigned(signature)).toBe(true);
    expect(isSigned(signature, Buffer.from("another challenge"))).toBe(false);
  });

  test.each([
    ["without a signature", "9000", "card-answer-malformed"],
    ["with a short one", `${"11".repeat(128)}9000`, "card-answer-malformed"],
    ["not verified", "6982", "card-refused-command"],
  ])("a signature answered %s is a failure", async (_, answer, code) => {
    const { driver, description } = await meet(cps3Contact, "cps3", (command, honest) =>
      command.startsWith("0088") ? bytes(answer) : honest,
    );
    await driver.readCertificate("authentication");
    await driver.verifyPin(digits(description.pin));
    await expect(driver.sign("authentication", "rsa-2048", digest)).rejects.toMatchObject({ code });
  });

  test.each([
    ["two tries", "7016bf810112a0109a01039b0102a1088c06f3000013ff00", 2],
    ["no uses left", "7019bf810115a0139a01039b01039d0100a1088c06f3000013ff00", 0],
    ["uses left in two bytes", "701abf810116a0149a01039b01039d020010a1088c06f3000013ff00", 3],
  ])("counters: %s", async (_, object, triesLeft) => {
    const { driver } = await meet(cps3Contact, "cps3", (command, honest) =>
      command.startsWith("00cb") ? bytes(`${object}9000`) : honest,
    );
    expect((await driver.readPinState()).triesLeft).toBe(triesLeft);
  });

  test("counters without tries are refused", async () => {
    const { driver } = await meet(cps3Contact, "cps3", (command, honest) =>
      command.startsWith("00cb") ? bytes("7008bf810104a0029a009000") : honest,
    );
    await expect(driver.readPinState()).rejects.toMatchObject({ code: expect.stringMatching(/^card-/) });
  });

  test("CHANGE is old and new, UNBLOCK is code and new; neither is sent twice", async () => {
    const { driver, description, during } = await meet(cps3Contact, "cps3");
    await driver.readCertificate("authentication");
    await driver.readPinState();
    await driver.reselect();
    const sent = await during(async () => {
      await driver.changePin(digits(description.pin), digits("2468"));
      await driver.unblockPin(digits(description.unblockingCode), digits("1357"));
    });
    expect(sent.filter(command => command.startsWith("0024"))).toEqual(["00240001083430373132343638"]);
    expect(sent.filter(command => command.startsWith("002c"))).toEqual(["002c00010c353931303237333631333537"]);
  });
});

describe("CPS4, contact, logical channel 1", () => {
  test("the channel is opened, and the application selected on it; both again after a reset", async () => {
    const { sent, driver, card, during } = await meet(cps4, "cps4");
    expect(sent()).toEqual(["00700001", "01a4040c088025000001ff0100"]);
    expect(await during(() => driver.reselect())).toEqual(["01a4040c088025000001ff0100"]);
    card.reset();
    const again = ["01a4040c088025000001ff0100", "00700001", "01a4040c088025000001ff0100"];
    expect(await during(() => driver.reselect())).toEqual(again);
  });

  test("VERIFY without a body, VERIFY, MSE SET (CT), PSO DECIPHER of a whole block in two links", async () => {
    const { driver, description, during, isSigned } = await meet(cps4, "cps4");
    await driver.readCertificate("authentication");
    await driver.readPinState();
    await driver.reselect();
    let signature = new Uint8Array();
    const sent = await during(async () => {
      expect((await driver.readPinState()).triesLeft).toBe(3);
      await driver.verifyPin(digits(description.pin));
      signature = new Uint8Array(await driver.sign("authentication", "rsa-2048", digest));
    });
    const block = toHex(pkcs1SignatureBlock(digest, 256));
    expect(sent).toEqual([
      "01200001",
      "012000010435373732",
      "012241b803830120",
      `112a8086ff${block.slice(0, 510)}`,
      `012a808601${block.slice(510)}00`,
    ]);
    expect(isSigned(signature)).toBe(true);
    expect(isSigned(signature, Buffer.from("another challenge"))).toBe(false);
  });

  test("CHANGE is VERIFY, then the new PIN alone with P1 = 01; a wrong one changes nothing", async () => {
    const { driver, description, during } = await meet(cps4, "cps4");
    await driver.readPinState();
    await driver.reselect();
    const wrong = await during(() =>
      expect(driver.changePin(digits("0000"), digits("2468"))).rejects.toMatchObject({
        code: "pin-wrong",
        triesLeft: 2,
      }),
    );
    expect(wrong).toEqual(["012000010430303030"]);
    const sent = await during(() => driver.changePin(digits(description.pin), digits("2468")));
    expect(sent).toEqual(["012000010435373732", "012401010432343638"]);
  });
});

describe("recognition, by the exact ATRs", () => {
  test.each([
    ["3bac00402a001225006480000310009000", true],
    // Only the bytes that OpenSC's mask leaves open differ.
    ["3bac010203041225006480aabbcc009000", true],
    ["3bac00402a001225006481000310009000", false],
    ["3b9b188001001225006480040100009044", false],
  ])("CPS3 %s: %s", (atr, isOwn) => {
    expect(cps3Contact.recognises(bytes(atr))).toBe(isOwn);
  });

  test.each([
    ["3b9b188001001225006480040100009044", true],
    ["3b9b188001001225006480000401009044", true],
    ["3bdc18ff00001225006480000401009000", true],
    ["3bac00402a001225006480000310009000", false],
  ])("CPS4 %s: %s", (atr, isOwn) => {
    expect(cps4.recognises(bytes(atr))).toBe(isOwn);
  });
});
