import { describe, expect, test } from "vitest";
import { fromHex, toHex } from "../../../../../core/bytes/hex.ts";
import { HostileCard } from "../../../../../native-bindings/simulator/card/hostile-card.ts";
import { cardGuid, makePivCard } from "../../../../fixtures/card-content.ts";

const bytes = (hex: string) => fromHex(hex) ?? new Uint8Array();
const select = "00a4040009a0000003080000100000";
const chuid = "00cb3fff055c035fc10200";
const tries = "00200080";
const hostile = (rules: string) =>
  new HostileCard(makePivCard(), makePivCard({ guid: new Uint8Array(16).fill(0xee) }), bytes(rules));
const send = (card: HostileCard, command: string) => toHex(card.answer(bytes(command)));

describe("rules", () => {
  test("none: the honest card answers", () => {
    const card = hostile("");
    expect(send(card, select)).toMatch(/^61.*9000$/);
    expect(send(card, chuid)).toContain(toHex(cardGuid));
    expect(card.delayBefore(bytes(select))).toBe(0);
    expect(card.atr).toBeUndefined();
  });

  test("one for an instruction leaves the others alone", () => {
    const card = hostile("37");
    expect(send(card, select)).toMatch(/^61.*9000$/);
    expect(send(card, chuid)).toBe("9000");
    expect(send(card, tries)).toBe("63c3");
  });

  test("the first that fits decides", () => {
    expect(send(hostile("3d07"), chuid)).toBe("90");
    expect(send(hostile("073d"), chuid)).toBe("9000");
  });

  test("the stranger hears every command and answers where it is to", () => {
    const card = hostile("38");
    send(card, select);
    expect(send(card, chuid)).toContain("ee".repeat(16));
    expect(send(card, chuid)).not.toContain(toHex(cardGuid));
  });

  test("GET RESPONSE goes on as the command before it", () => {
    const card = hostile("31");
    send(card, select);
    expect(send(card, chuid)).toMatch(/6100$/);
    expect(send(card, "00c0000000")).toMatch(/6100$/);
    expect(send(card, tries)).toBe("63c3");
  });

  test("slow is bounded, mute is not", () => {
    expect(hostile("19").delayBefore(bytes(select))).toBeGreaterThan(0);
    expect(hostile("1a").delayBefore(bytes(select))).toBeLessThan(10_000);
    expect(hostile("1b").delayBefore(bytes(select))).toBe(Number.POSITIVE_INFINITY);
    expect(hostile("4b").delayBefore(bytes(select))).toBe(0);
  });

  test("an answer to reset of its own", () => {
    expect(toHex(hostile("70").atr ?? new Uint8Array())).toBe("3b00");
    expect(hostile("71").atr?.length).toBe(32);
  });

  test("any byte string is a card", () => {
    for (let rule = 0; rule < 256; rule += 1) {
      const card = hostile(toHex(Uint8Array.of(rule)));
      for (const command of [select, chuid, tries, "00b0000000", "", "00"])
        expect(typeof send(card, command)).toBe("string");
    }
  });
});
