import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromHex, toHex } from "../../../../core/bytes/hex.ts";
import { encodeCommand } from "../../../../core/card/command-apdu.ts";
import { parseCommand } from "../../../../native-bindings/simulator/card/parse-command.ts";

const byte = fc.integer({ min: 0, max: 255 });
const header = fc.record({ cla: byte, ins: byte, p1: byte, p2: byte });
const hex = (text: string) => fromHex(text) ?? new Uint8Array();
const select = { cla: 0, ins: 0xa4, p1: 4, p2: 0 };

describe("the seven forms of a command", () => {
  test.each([
    ["1: header alone", {}, false, "00a40400"],
    ["2S: short Le", { expected: 16 }, false, "00a4040010"],
    ["2S: all of a short answer", { expected: 256 }, false, "00a4040000"],
    ["2E: extended Le", { expected: 0x1234 }, true, "00a40400001234"],
    ["2E: all of an extended answer", { expected: 65_536 }, true, "00a40400000000"],
    ["3S: short data", { data: Uint8Array.of(1, 2) }, false, "00a40400020102"],
    ["3E: extended data", { data: Uint8Array.of(1, 2) }, true, "00a404000000020102"],
    ["4S: short data and Le", { data: Uint8Array.of(1), expected: 256 }, false, "00a40400010100"],
    ["4E: extended data and Le", { data: Uint8Array.of(1), expected: 65_536 }, true, "00a40400000001010000"],
  ])("%s", (_, body, extended, wanted) => {
    expect(toHex(encodeCommand({ ...select, ...body }, extended))).toBe(wanted);
  });

  test("the simulated card reads back what the driver writes, short", () => {
    const data = fc.uint8Array({ maxLength: 255 });
    const expected = fc.option(fc.integer({ min: 1, max: 256 }), { nil: undefined });
    fc.assert(
      fc.property(header, data, expected, (head, sent, wanted) => {
        const written = { ...head, data: sent, ...(wanted === undefined ? {} : { expected: wanted }) };
        expect(parseCommand(encodeCommand(written, false))).toEqual({ ...head, data: sent, expected: wanted });
      }),
    );
  });

  test("the simulated card reads back what the driver writes, extended", () => {
    const data = fc.uint8Array({ maxLength: 700 });
    const expected = fc.option(fc.integer({ min: 1, max: 65_536 }), { nil: undefined });
    fc.assert(
      fc.property(header, data, expected, (head, sent, wanted) => {
        const written = { ...head, data: sent, ...(wanted === undefined ? {} : { expected: wanted }) };
        // Without data and Le there is but the header.
        expect(parseCommand(encodeCommand(written, true))).toEqual({ ...head, data: sent, expected: wanted });
      }),
    );
  });

  test.each([
    ["fewer than four bytes", "00a404"],
    ["less data than Lc says", "00a40400050102"],
    ["more than Le after the data", "00a4040001010203"],
    ["extended data cut short", "00a404000000050102"],
    ["one byte of extended Le", "00a40400000001aa00"],
    ["an extended length cut short", "00a404000001"],
  ])("%s is refused by the simulated card", (_, text) => {
    expect(parseCommand(hex(text))).toBeUndefined();
  });

  test("the simulated card takes any garbage without throwing", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), bytes => {
        const parsed = parseCommand(bytes);
        if (parsed !== undefined) expect(parsed.data.length).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 3_000 },
    );
  });
});
