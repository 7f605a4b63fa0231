import { describe, expect, test } from "vitest";
import { fromHex } from "../../../../../core/bytes/hex.ts";
import type { PinFormat } from "../../../../../core/card/pin/pin-format.ts";
import type { PinPadCommand } from "../../../../../core/card/pin/pin-pad.ts";
import { changePin, type PinReference, unblockPin, verifyPin } from "../../../../../core/card/pin/present-pin.ts";
import { RecordingCard, ScriptedCard } from "../../../../fakes/scripted-card.ts";

const digits = (text: string) => new TextEncoder().encode(text);
const format: PinFormat = { encoding: "ascii", minimumLength: 4, maximumLength: 8, storedLength: 8, padding: 0xff };
const codeFormat: PinFormat = { ...format, minimumLength: 8 };
const pin: PinReference = { cla: 0, reference: 1, format };
const answering = (status: string) => new RecordingCard(() => fromHex(status) ?? new Uint8Array());

const refusals = [
  ["63c2", { code: "pin-wrong", triesLeft: 2 }],
  ["63c0", { code: "pin-blocked", triesLeft: 0 }],
  ["6983", { code: "pin-blocked", triesLeft: 0 }],
  ["6984", { code: "pin-blocked", triesLeft: 0 }],
  ["6982", { code: "card-refused-command" }],
] as const;

test("each command carries what ISO 7816-4 says, once", async () => {
  const card = new ScriptedCard([
    { what: "VERIFY", command: "00200001 08 31323334ffffffff", answer: "9000" },
    { what: "CHANGE", command: "00240001 10 31323334ffffffff 35363738ffffffff", answer: "9000" },
    { what: "RESET RETRY COUNTER", command: "002c0001 10 3938373635343332 35363738ffffffff", answer: "9000" },
  ]);
  await verifyPin(card, pin, digits("1234"));
  await changePin(card, pin, digits("1234"), digits("5678"));
  await unblockPin(card, pin, [codeFormat, digits("98765432")], digits("5678"));
  expect(card.isOver).toBe(true);
});

test.each(refusals)("%s to VERIFY and to CHANGE", async (status, failure) => {
  const card = answering(status);
  await expect(verifyPin(card, pin, digits("1234"))).rejects.toMatchObject(failure);
  await expect(changePin(card, pin, digits("1234"), digits("5678"))).rejects.toMatchObject(failure);
  expect(card.commands).toHaveLength(2);
});

test.each([
  ["63c7", { code: "unblocking-code-wrong", triesLeft: 7 }],
  ["6983", { code: "unblocking-code-blocked", triesLeft: 0 }],
  ["6a80", { code: "card-refused-command" }],
])("%s to RESET RETRY COUNTER speaks of the unblocking code", async (status, failure) => {
  const refused = unblockPin(answering(status), pin, [codeFormat, digits("98765432")], digits("5678"));
  await expect(refused).rejects.toMatchObject(failure);
});

test("a new PIN that cannot be one leaves the card unasked", async () => {
  const card = answering("9000");
  await expect(changePin(card, pin, digits("1234"), digits("12"))).rejects.toMatchObject({ code: "pin-malformed" });
  await expect(unblockPin(card, pin, [codeFormat, digits("1234")], digits("5678"))).rejects.toMatchObject({
    code: "pin-malformed",
  });
  expect(card.commands).toEqual([]);
});

describe("a PIN pad", () => {
  const withPad = (status: number, seen: PinPadCommand[] = []) =>
    Object.assign(answering("9000"), {
      pinPad: {
        verify: async (command: PinPadCommand) => {
          seen.push(command);
          return status;
        },
      },
    });

  test("gets the command to fill, and the card nothing from here", async () => {
    const seen: PinPadCommand[] = [];
    const card = withPad(0x9000, seen);
    await verifyPin(card, pin, "on-reader");
    expect(seen).toEqual([{ cla: 0, ins: 0x20, p1: 0, p2: 1, format }]);
    expect(card.commands).toEqual([]);
  });

  test.each([
    [0x6400, "pin-entry-timed-out"],
    [0x6401, "pin-entry-cancelled"],
    [0x6403, "pin-malformed"],
    [0x63c1, "pin-wrong"],
    [0x6983, "pin-blocked"],
  ])("%i is told as %s", async (status, code) => {
    await expect(verifyPin(withPad(status), pin, "on-reader")).rejects.toMatchObject({ code });
  });

  test("that is not there is not asked", async () => {
    const card = answering("9000");
    await expect(verifyPin(card, pin, "on-reader")).rejects.toMatchObject({ code: "reader-without-pin-pad" });
    expect(card.commands).toEqual([]);
  });
});
