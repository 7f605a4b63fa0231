import type { Card, Reader } from "pcsc-mini";
import { controlCode } from "pcsc-mini";
import { describe, expect, test } from "vitest";
import { fromHex, toHex } from "../../../../core/bytes/hex.ts";
import type { PinPadCommand } from "../../../../core/card/pin/pin-pad.ts";
import { pinPadOf } from "../../../../native-bindings/pcsc/pin-pad.ts";

const command: PinPadCommand = {
  cla: 0,
  ins: 0x20,
  p1: 0,
  p2: 1,
  format: { encoding: "ascii", minimumLength: 4, maximumLength: 8, storedLength: 8, padding: 0xff },
};
/** CM_IOCTL_GET_FEATURE_REQUEST announces FEATURE_VERIFY_PIN_DIRECT (06) at a control code of its own, big-endian. */
const announced = "0604 42330006";

/** A reader that answers control codes; hexadecimal, or thrown. */
function reader(answers: Readonly<Record<number, string | Error>>, asked: string[] = []): Card {
  const control = async (code: number, data = new Uint8Array()) => {
    asked.push(`${code} ${toHex(data)}`);
    const answer = answers[code];
    if (answer === undefined) throw Object.assign(new Error("unsupported"), { code: "UnsupportedFeature" });
    if (answer instanceof Error) throw answer;
    return fromHex(answer) ?? new Uint8Array();
  };
  return { control } as unknown as Card;
}

/** What a reader says of itself is remembered by the reader. */
const newReader = () => ({}) as Reader;

const features = controlCode(3400);
const verifyDirect = 0x42330006;

describe("a reader with keys", () => {
  test("gets PIN_VERIFY_STRUCTURE at the code that it announced, and its answer is the card's status", async () => {
    const asked: string[] = [];
    const pad = await pinPadOf(newReader(), reader({ [features]: announced, [verifyDirect]: "9000" }, asked));
    expect(await pad?.verify(command)).toBe(0x9000);
    // The command to fill stands last: VERIFY of eight bytes, all filling.
    expect(asked[1]).toMatch(new RegExp(`^${verifyDirect} .*0020000108ffffffffffffffff$`));
  });

  test.each(["63c2", "6400", "6401", "6403"])("%s is handed on as it is", async status => {
    const pad = await pinPadOf(newReader(), reader({ [features]: announced, [verifyDirect]: status }));
    expect(await pad?.verify(command)).toBe(Number.parseInt(status, 16));
  });

  test("an answer without a status word is malformed; what PC/SC throws becomes a failure", async () => {
    const silent = await pinPadOf(newReader(), reader({ [features]: announced, [verifyDirect]: "" }));
    await expect(silent?.verify(command)).rejects.toMatchObject({ code: "card-answer-malformed" });
    const gone = Object.assign(new Error("gone"), { code: "RemovedCard" });
    const pulled = await pinPadOf(newReader(), reader({ [features]: announced, [verifyDirect]: gone }));
    await expect(pulled?.verify(command)).rejects.toMatchObject({ code: "card-removed" });
  });
});

test.each([
  ["that knows no features", {}],
  ["that announces none", { [features]: "" }],
  ["that can only change PINs", { [features]: "0704 42330007" }],
  ["whose announcement is cut short", { [features]: "0604 4233" }],
])("a reader %s has no keys", async (_, answers) => {
  expect(await pinPadOf(newReader(), reader(answers))).toBeUndefined();
});
