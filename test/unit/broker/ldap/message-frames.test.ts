import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MessageFrames } from "../../../../broker/ldap/message-frames.ts";
import { foundEntry, searchDone } from "../../../integration/support/hostile-ldap.ts";

const largest = 32 * 1024 * 1024;
const first = foundEntry(2, "uid=camille,ou=people", { cn: "x".repeat(300), mail: "camille@hopital.test" });
const messages = [first, searchDone(2), foundEntry(3, "uid=marc,ou=people", { cn: "Marc" })];

function taken(pieces: readonly Buffer[]): readonly Buffer[] {
  const frames = new MessageFrames(largest);
  return pieces.flatMap(piece => [...frames.take(piece)].map(message => Buffer.from(message)));
}

function nested(depth: number): Buffer {
  let bytes = Buffer.from([0x04, 0x00]);
  for (let level = 0; level < depth; level += 1) bytes = Buffer.concat([Buffer.from([0x30, bytes.length]), bytes]);
  return bytes;
}

describe("messages", () => {
  test("come whole, however they were cut", () => {
    const all = Buffer.concat(messages);
    fc.assert(
      fc.property(fc.array(fc.nat(all.length), { maxLength: 20 }), cuts => {
        const places = [0, ...cuts.toSorted((a, b) => a - b), all.length];
        const pieces = places.slice(1).map((end, index) => all.subarray(places[index], end));
        expect(taken(pieces)).toEqual(messages);
      }),
    );
  });

  test("of which a part has come are held", () => {
    const frames = new MessageFrames(largest);
    expect([...frames.take(first.subarray(0, 10))]).toEqual([]);
    expect(frames.held).toBe(10);
  });

  test.each([
    ["another protocol", Buffer.from("HTTP/1.1 200 OK\r\n"), "no LDAP message"],
    ["an indefinite length", Buffer.from([0x30, 0x80, 0, 0]), "does not allow"],
    ["a length of five octets", Buffer.from([0x30, 0x85, 0, 0, 0, 0, 1]), "does not allow"],
    ["a length of two gigabytes", Buffer.from([0x30, 0x84, 0x7f, 0xff, 0xff, 0xff]), "bytes"],
    ["a part longer than the whole", Buffer.from([0x30, 0x04, 0x64, 0x7f, 0x04, 0x00]), "reaches out"],
    ["a part cut in its length", Buffer.from([0x30, 0x03, 0x02, 0x82, 0x01]), "reaches out"],
    ["nesting without end", nested(40), "nested too deeply"],
  ])("are refused: %s", (_, bytes, words) => {
    expect(() => taken([bytes])).toThrow(words);
  });

  test("of which any one byte was changed are refused or taken, and none reaches out of itself", () => {
    fc.assert(
      fc.property(fc.nat(first.length - 1), fc.nat(255), (at, value) => {
        const changed = Buffer.from(first);
        changed[at] = value;
        try {
          for (const message of taken([changed])) expect(message.length).toBeLessThanOrEqual(first.length);
        } catch (problem) {
          expect(problem).toBeInstanceOf(Error);
        }
      }),
    );
  });
});
