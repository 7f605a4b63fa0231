import { verify, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Failure } from "../../core/errors/failure.ts";
import type { WardCard } from "../../demo/ward/ward-card.ts";
import { cardHostProcess } from "./support/card-host-process.ts";
import { CardHouse, describedCard } from "./support/card-house.ts";
import { readerPorts } from "./support/pcscd.ts";
import type { ToldReaders } from "./support/told-readers.ts";

// A card that does what a byte string says (`wardkey demo-card --help`), on the real pcscd, against the card host: each misbehaviour
// ends in a named failure, nothing comes out as a signature that the certificate shown does not verify, the process lives on,
// and the next good card works.

const message = new TextEncoder().encode("what the card signs");
/** Resident memory, which a process also keeps of what it has given back to itself. */
const mostGrowth = 16 * 1024 * 1024;

let house: CardHouse;
let told: ToldReaders;
let card: WardCard | undefined;
let insertion = "";

beforeAll(() => {
  house = new CardHouse();
});

beforeEach(async () => {
  await house.startPcscd();
  told = house.openReaders();
  insertion = "";
});

afterEach(() => house.clear());

afterAll(() => house.removeFiles());

/** A sign-in with this card as far as it goes: `signed`, where the certificate shown verifies the signature, or the failure's code. */
async function signIn(id: string, rules?: string): Promise<string> {
  await card?.stop();
  // vpcd looks every 400 ms: a card that follows another within that time is never seen to have come.
  if (insertion !== "") await told.removal(insertion);
  card = await house.makeCard(id, ...(rules === undefined ? [] : ["--hostile", rules]));
  await card.insert(readerPorts[0]);
  const { client } = told;
  insertion = await told.insertion();
  const pin = new TextEncoder().encode(describedCard(id).pin);
  try {
    const { certificate } = await client.identify(insertion);
    await client.pinState(insertion);
    const signature = await client.signWithPin(insertion, pin, message);
    await resetDone();
    const key = { key: new X509Certificate(certificate).publicKey, dsaEncoding: "ieee-p1363" } as const;
    return verify("sha256", message, key, signature) ? "signed" : "signed by another key";
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    if (failure.code !== "card-too-slow") await resetDone();
    return failure.code;
  }
}

/**
 * The reset that takes a PIN back is over: the next work waits for it. pcscd 1.9 loses sight of a card that comes within 400 ms of
 * one that was pulled in the middle of a reset: its own thread for the reader never saw the reader empty.
 */
async function resetDone(): Promise<void> {
  await told.client.pinState(insertion).catch(() => {});
}

function residentBytes(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) * 1024;
}

const malformed = "card-answer-malformed";
/** What it does, the rule, and what comes of it with a PIV card and with a French one, which speaks T=0 and describes itself. */
const misbehaviours = [
  ["signs by another key", "68", "card-signature-wrong", "card-signature-wrong"],
  ["promises more for ever", "01", malformed, malformed],
  ["promises more for ever, and brings nothing", "02", malformed, malformed],
  ["promises more for ever when it is read", "31", malformed, malformed],
  ["answers with 65 KB", "03", malformed, malformed],
  ["answers garbage", "04", malformed, malformed],
  ["answers garbage for a signature", "64", malformed, malformed],
  ["lies about lengths", "05", malformed, malformed],
  ["lies about lengths of what is read", "35", malformed, malformed],
  ["cuts its answers short", "06", malformed, malformed],
  ["answers one byte", "0d", malformed, malformed],
  ["answers objects in objects in objects", "3e", malformed, malformed],
  ["says yes to everything", "07", "card-unknown", malformed],
  ["says yes for a signature", "67", malformed, malformed],
  ["says blocked to everything", "0f", "card-unknown", "card-unknown"],
  ["says blocked to a PIN", "4f", "pin-blocked", "pin-blocked"],
  ["signs slowly, which it may", "69", "signed", "signed"],
] as const;

test.each([
  ["nurse", 2],
  ["cps3", 3],
] as const)(
  "%s: each misbehaviour ends in its failure; the same process takes the next good card",
  async (id, column) => {
    expect(await signIn(id)).toBe("signed");
    const host = cardHostProcess();
    const before = residentBytes(host);
    const outcomes: Record<string, string> = {};
    const expected: Record<string, string> = {};
    for (const misbehaviour of misbehaviours) {
      const [what, rules] = misbehaviour;
      expected[what] = misbehaviour[column];
      outcomes[what] = await signIn(id, rules);
    }
    expect(outcomes).toEqual(expected);
    expect(await signIn(id)).toBe("signed");
    expect(cardHostProcess()).toBe(host);
    expect(residentBytes(host) - before).toBeLessThan(mostGrowth);
  },
);

test.each([
  ["nurse", "38"],
  ["cps3", "28"],
])("%s with the certificate of another card signs nothing, and what was kept of it is forgotten", async (id, rules) => {
  expect(await signIn(id, rules)).toBe("card-signature-wrong");
  expect(await signIn(id)).toBe("signed");
});

test.each([
  ["nothing that a reader takes for a card", "73", "card-mute"],
  ["one that ends within its first bytes", "75", "card-mute"],
  ["one that announces more than it has, on a card that answers otherwise as it should", "71", "signed"],
])("an answer to reset that is %s", async (_, rules, outcome) => {
  expect(await signIn("nurse", rules)).toBe(outcome);
  expect(await signIn("nurse")).toBe("signed");
});

describe("a card that stops answering", () => {
  test.each([
    ["from the start", "nurse", "0b"],
    ["when it is to sign", "cps3", "6b"],
  ])("%s is too slow, for good; once it is out, the same process takes the next good card", async (_, id, rules) => {
    const host = cardHostProcess();
    expect(await signIn(id, rules)).toBe("card-too-slow");
    await expect(told.client.pinState(insertion)).rejects.toMatchObject({ code: "card-too-slow" });
    expect(await signIn(id)).toBe("signed");
    expect(cardHostProcess()).toBe(host);
  });

  test("slow answers add up: the work ends all the same", async () => {
    expect(await signIn("cps3", "0a")).toBe("card-too-slow");
    expect(await signIn("cps3")).toBe("signed");
  });
});
