import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fromHex } from "../../../core/bytes/hex.ts";
import type { Conversation } from "../../bench/mutations/conversation.ts";
import { exploreAnswers } from "../../bench/mutations/explore-answers.ts";
import { exploreEncodings } from "../../bench/mutations/explore-encodings.ts";
import { type KnownCase, replay } from "../../bench/mutations/known-case.ts";
import { outcomeOf, readers } from "../../bench/mutations/readers.ts";
import { seedsOf } from "../../bench/mutations/seeds.ts";

// The short run of `npm run bench -- mutations`, and what its long runs have found worth keeping (keep-corpus.ts).

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../fixtures/corpus/${name}`, import.meta.url), "utf8"));
const conversations: Readonly<Record<string, Conversation>> = read("conversations.json");
const cases: readonly KnownCase[] = read("answers.json");
const inputs: readonly { reader: string; outcome: string; input: string }[] = read("inputs.json");

describe("conversations kept", () => {
  test.each(Object.entries(conversations))("%s goes to its end as it was recorded", async (_, conversation) => {
    const hasPin = !conversation.exchanges.every(([command]) => !/^..20/.test(command));
    expect(await replay(conversation, [])).toBe(hasPin ? "done" : "card-without-certificate");
  });

  test.each(cases)("$card, changed, ends in $outcome", async ({ card, outcome, changed }) => {
    const conversation = conversations[card];
    if (conversation === undefined) throw new Error(card);
    expect(await replay(conversation, changed)).toBe(outcome);
  });

  test("every failure that a card alone can cause is among them", () => {
    expect([...new Set(cases.map(({ outcome }) => outcome))]).toEqual(
      expect.arrayContaining([
        "card-unknown",
        "card-answer-malformed",
        "card-refused-command",
        "card-signature-wrong",
        "pin-blocked",
      ]),
    );
  });
});

test.each(inputs)("$reader: kept input is $outcome", ({ reader, outcome, input }) => {
  expect(outcomeOf(readers[reader] ?? (() => false), fromHex(input) ?? new Uint8Array())).toBe(outcome);
});

describe("changes that nobody has seen before", () => {
  test("to answers end in a signature that verifies or in a failure of the catalogue", async () => {
    const { violations, reached, mutated } = await exploreAnswers(conversations, 12_000, Date.now() % 1_000_000);
    expect(violations.filter(isNoTime)).toEqual([]);
    expect(mutated).toBeGreaterThanOrEqual(12_000);
    expect(reached.size).toBeGreaterThan(Object.keys(conversations).length);
  });

  test("to what single readers read are read or refused", async () => {
    const { violations } = await exploreEncodings(
      seedsOf(Object.values(conversations)),
      20_000,
      Date.now() % 1_000_000,
    );
    expect(violations.filter(isNoTime)).toEqual([]);
  });

  test("an exception that is nobody's own is not taken for a refusal", async () => {
    const broken = () => {
      throw new TypeError("a defect");
    };
    expect(() => outcomeOf(broken, new Uint8Array())).toThrow("a defect");
  });
});

/** Times are the bench's to judge. */
function isNoTime(violation: string): boolean {
  return !/: \d+ ms$/.test(violation);
}
