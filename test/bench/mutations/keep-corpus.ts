import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toHex } from "../../../core/bytes/hex.ts";
import { converse } from "./conversation.ts";
import { type KnownCase, replay, shrink } from "./known-case.ts";
import { mutate } from "./mutate.ts";
import { MutatingCard } from "./mutating-card.ts";
import { Random } from "./random.ts";
import { outcomeOf, readers } from "./readers.ts";
import { recordConversations } from "./record-conversations.ts";
import { seedsOf } from "./seeds.ts";

/**
 * `node test/bench/mutations/keep-corpus.ts`: writes test/fixtures/corpus anew. One conversation of each form, and for each outcome
 * that changed answers can reach in it, the fewest changes that do; for each reader the shortest input of each outcome.
 */
const forms = ["nurse", "piv-global-pin", "cps3", "cps3-contactless", "cps4", "hba", "pkcs15"];
const seeds = 6_000;
const folder = new URL("../../fixtures/corpus/", import.meta.url);

async function keep(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "wardkey-corpus-"));
  const recorded = await recordConversations(join(directory, "pki"));
  rmSync(directory, { recursive: true, force: true });
  const conversations = Object.fromEntries(Object.entries(recorded).filter(([name]) => forms.includes(name)));
  const cases: KnownCase[] = [];
  for (const [name, conversation] of Object.entries(conversations)) {
    const card = new MutatingCard(conversation);
    const seen = new Set<string>();
    for (let seed = 1; seed <= seeds; seed += 1) {
      card.begin(seed);
      const outcome = await converse(card, conversation.pin);
      const { changed } = card;
      if (seen.has(outcome) || (await replay(conversation, changed)) !== outcome) continue;
      seen.add(outcome);
      const known = { card: name, outcome, changed };
      cases.push({ ...known, changed: await shrink(conversation, known) });
    }
  }
  const starts = seedsOf(Object.values(conversations));
  const inputs = Object.entries(readers).flatMap(([reader, read]) => {
    const shortest = new Map<string, string>();
    for (let seed = 1; seed <= seeds; seed += 1) {
      const random = new Random(seed);
      const input = mutate(random.pick(starts[reader] ?? []), random);
      const outcome = outcomeOf(read, input);
      const known = shortest.get(outcome);
      if (known === undefined || known.length > input.length * 2) shortest.set(outcome, toHex(input));
    }
    return [...shortest].map(([outcome, input]) => ({ reader, outcome, input }));
  });
  const write = (name: string, content: unknown) =>
    writeFileSync(new URL(name, folder), `${JSON.stringify(content, undefined, 1)}\n`);
  write("conversations.json", conversations);
  write("answers.json", cases);
  write("inputs.json", inputs);
}

await keep();
