import { X509Certificate } from "node:crypto";
import { parseArgs } from "node:util";
import { asFailure } from "../../core/errors/failure.ts";
import type { Insertion, ReaderCondition } from "../../core/ports/card-readers.ts";
import type { CardHostClient } from "../../electron/main/card-host/card-host-client.ts";
import { withSeenReaders } from "../card/seen-readers.ts";

const help = `wardkey readers [--json]

Lists the readers; for each card in one: its family, the subject of its certificate, until when it is good, PIN tries left.
No try is spent. Leaves with 1 where the PC/SC service does not answer.`;

interface CardFacts {
  readonly reader: string;
  readonly family?: string;
  readonly subject?: string;
  readonly validUntil?: string;
  readonly triesLeft?: number;
  readonly code?: string;
}

/** `wardkey readers`. */
export async function readers(words: string[]): Promise<number> {
  const { values } = parseArgs({
    args: words,
    options: { json: { type: "boolean", default: false }, help: { type: "boolean", default: false } },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const { condition, cards } = await withSeenReaders({}, async ({ host, condition, cards }) => ({
    condition,
    cards: await Promise.all(cards.map(({ insertion, reader }) => factsOf(host, insertion, reader))),
  }));
  const names = namesIn(condition);
  if (values.json) console.log(JSON.stringify({ condition, cards }));
  else print(condition, names, cards);
  return isTrouble(condition) ? 1 : 0;
}

function namesIn(condition: ReaderCondition): readonly string[] {
  return condition.kind === "ready" ? condition.readers : [];
}

function isTrouble(condition: ReaderCondition): boolean {
  return condition.kind === "trouble";
}

async function factsOf(host: CardHostClient, insertion: Insertion, reader: string): Promise<CardFacts> {
  try {
    const { family, certificate } = await host.identify(insertion);
    const { subject, validTo } = new X509Certificate(certificate);
    const facts = {
      reader,
      family,
      subject: subject.replaceAll("\n", ", "),
      validUntil: new Date(validTo).toISOString(),
    };
    const tries = await host.pinState(insertion).catch(asFailure);
    return "triesLeft" in tries && typeof tries.triesLeft === "number"
      ? { ...facts, triesLeft: tries.triesLeft }
      : facts;
  } catch (thrown) {
    return { reader, code: asFailure(thrown).code };
  }
}

function print(condition: ReaderCondition, names: readonly string[], cards: readonly CardFacts[]): void {
  if (condition.kind === "trouble") console.log(`the readers cannot be used: ${condition.code}`);
  if (condition.kind !== "trouble" && names.length === 0) console.log("no reader");
  for (const name of names) {
    console.log(name);
    for (const card of cards.filter(known => known.reader === name)) {
      if (card.code !== undefined) console.log(`  ${card.code}`);
      else
        console.log(
          `  ${card.family}: ${card.subject}\n  good until ${card.validUntil}, ${card.triesLeft} PIN tries left`,
        );
    }
  }
}
