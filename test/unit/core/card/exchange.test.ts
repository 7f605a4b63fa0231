import { describe, expect, test } from "vitest";
import { toHex } from "../../../../core/bytes/hex.ts";
import { exchange } from "../../../../core/card/exchange.ts";
import { refusal, triesLeftIn } from "../../../../core/card/status-word.ts";
import { RecordingCard, ScriptedCard } from "../../../fakes/scripted-card.ts";

const getData = { cla: 0, ins: 0xcb, p1: 0x3f, p2: 0xff, data: Uint8Array.of(0x5c, 0), expected: 256 };
const malformed = { code: "card-answer-malformed" };

describe("one answer", () => {
  test("is data and status", async () => {
    const card = new RecordingCard(() => Uint8Array.of(1, 2, 0x90, 0));
    expect(await exchange(card, getData, false)).toEqual({ data: Uint8Array.of(1, 2), status: 0x9000 });
    expect(card.commands.length).toBe(1);
  });

  test("a refusal is answered as it is, and nothing is sent again", async () => {
    const card = new RecordingCard(() => Uint8Array.of(0x69, 0x82));
    expect((await exchange(card, getData, false)).status).toBe(0x6982);
    expect(card.commands.length).toBe(1);
  });

  test.each([[[]], [[0x90]]])("of %j is malformed", async bytes => {
    await expect(exchange(new RecordingCard(() => Uint8Array.from(bytes)), getData, false)).rejects.toMatchObject(
      malformed,
    );
  });
});

describe("an answer in pieces", () => {
  test("61xx is followed by GET RESPONSE until the end", async () => {
    const card = new ScriptedCard([
      { what: "GET DATA", command: "00cb3fff 02 5c00 00", answer: "0102 6102" },
      { what: "GET RESPONSE for two", command: "00c00000 02", answer: "0304 6100" },
      { what: "GET RESPONSE for the rest", command: "00c00000 00", answer: "05 9000" },
    ]);
    const answer = await exchange(card, getData, false);
    expect(toHex(answer.data)).toBe("0102030405");
    expect(answer.status).toBe(0x9000);
    expect(card.isOver).toBe(true);
  });

  test("what is more than enough stays on the card, and is a success", async () => {
    const card = new ScriptedCard([
      { what: "GET DATA", command: "00cb3fff 02 5c00 00", answer: "0102 6100" },
      { what: "GET RESPONSE for two more", command: "00c00000 02", answer: "0304 6100" },
    ]);
    const answer = await exchange(card, getData, false, 4);
    expect({ data: toHex(answer.data), status: answer.status }).toEqual({ data: "01020304", status: 0x9000 });
    expect(card.isOver).toBe(true);
  });

  test("a refusal after the first piece is a refusal, however much is enough", async () => {
    const card = new ScriptedCard([
      { what: "GET DATA", command: "00cb3fff 02 5c00 00", answer: "0102 6102" },
      { what: "GET RESPONSE", command: "00c00000 02", answer: "6982" },
    ]);
    expect((await exchange(card, getData, false, 4)).status).toBe(0x6982);
  });

  test("6Cxx is asked again once with the right length", async () => {
    const card = new ScriptedCard([
      { what: "GET DATA", command: "00cb3fff 02 5c00 00", answer: "6c03" },
      { what: "again, three bytes", command: "00cb3fff 02 5c00 03", answer: "010203 9000" },
    ]);
    expect(toHex((await exchange(card, getData, false)).data)).toBe("010203");
  });

  test("a second 6Cxx is the answer: it is not asked for ever", async () => {
    const card = new RecordingCard(() => Uint8Array.of(0x6c, 3));
    expect((await exchange(card, getData, false)).status).toBe(0x6c03);
    expect(card.commands.length).toBe(2);
  });

  test("an endless 61xx with data is bounded", async () => {
    const piece = new Uint8Array(258);
    piece.set([0x61, 0], 256);
    const card = new RecordingCard(() => piece);
    await expect(exchange(card, getData, false)).rejects.toMatchObject(malformed);
    expect(card.commands.length).toBeLessThanOrEqual(300);
  });

  test("an endless 61xx with one byte each is bounded", async () => {
    const card = new RecordingCard(() => Uint8Array.of(1, 0x61, 1));
    await expect(exchange(card, getData, false)).rejects.toMatchObject(malformed);
    expect(card.commands.length).toBeLessThanOrEqual(301);
  });

  test("a 61xx that brings nothing is malformed at once", async () => {
    const card = new RecordingCard(() => Uint8Array.of(0x61, 5));
    await expect(exchange(card, getData, false)).rejects.toMatchObject(malformed);
    expect(card.commands.length).toBe(2);
  });
});

describe("a command in pieces", () => {
  const data = Uint8Array.from({ length: 600 }, (_, index) => index & 0xff);
  const sign = { cla: 0, ins: 0x87, p1: 7, p2: 0x9a, data, expected: 256 };

  test("short: chained, with Le in the last one alone", async () => {
    const card = new RecordingCard(() => Uint8Array.of(0x90, 0));
    await exchange(card, sign, false);
    expect(card.commands.map(command => [command[0], command[4], command.length])).toEqual([
      [0x10, 255, 260],
      [0x10, 255, 260],
      [0x00, 90, 96],
    ]);
    const sent = card.commands.flatMap(command => [...command.subarray(5, 5 + (command[4] ?? 0))]);
    expect(sent).toEqual([...data]);
  });

  test("extended: one command", async () => {
    const card = new RecordingCard(() => Uint8Array.of(0x90, 0));
    await exchange(card, sign, true);
    expect(card.commands.length).toBe(1);
    expect([...(card.commands[0]?.subarray(4, 7) ?? [])]).toEqual([0, 2, 88]);
  });

  test("a link that is refused ends the chain", async () => {
    const card = new RecordingCard(() => Uint8Array.of(0x68, 0x84));
    expect((await exchange(card, sign, false)).status).toBe(0x6884);
    expect(card.commands.length).toBe(1);
  });
});

describe("status words", () => {
  test("63Cx tells the tries, nothing else does", () => {
    expect([0x63c3, 0x63c0, 0x6300, 0x6983, 0x9000].map(triesLeftIn)).toEqual([3, 0, undefined, undefined, undefined]);
  });

  test("a refusal names the command and the status", () => {
    expect(refusal(0x6982, "GET DATA")).toMatchObject({
      code: "card-refused-command",
      detail: "GET DATA: status 6982",
    });
  });
});
