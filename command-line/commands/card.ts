import { parseArgs } from "node:util";
import { failureCatalogue } from "../../core/errors/catalogue.ts";
import { asFailure } from "../../core/errors/failure.ts";
import { type CardFacts, cardFacts } from "../card/card-facts.ts";
import { cardPage } from "../card/card-page.ts";
import { type SeenReaders, withSeenReaders } from "../card/seen-readers.ts";

const help = `wardkey card [--json] [--reader NAME]

Everything that the card in each reader, or in the reader NAME, shows without a PIN: ATR, driver, holder, certificates, PIN tries
left, and the APDUs and milliseconds of each step. No try is spent.
Leaves with 0 where every card could be read and can sign in, with 1 otherwise, and where there is no card.`;

/** `wardkey card`. */
export async function card(words: string[]): Promise<number> {
  const { values } = parseArgs({
    args: words,
    options: {
      json: { type: "boolean", default: false },
      reader: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const { reader } = values;
  const { condition, cards } = await withSeenReaders({}, async seen => ({
    condition: seen.condition,
    cards: await cardsIn(seen, reader),
  }));
  if (values.json) console.log(JSON.stringify({ condition, cards }));
  else if (condition.kind === "trouble") {
    const { meaning, remedy } = failureCatalogue[condition.code];
    console.log(`${meaning} (${condition.code})\n  ${remedy}`);
  } else console.log(cards.length === 0 ? nothingIn(reader) : cards.map(cardPage).join("\n\n"));
  return cards.length > 0 && cards.every(({ problems }) => problems.length === 0) ? 0 : 1;
}

/** What the cards show, one after the other. */
async function cardsIn({ host, cards }: SeenReaders, reader: string | undefined): Promise<CardFacts[]> {
  const found: CardFacts[] = [];
  for (const seen of cards) {
    if (reader !== undefined && seen.reader !== reader) continue;
    const inspection = await host.inspect(seen.insertion).catch((thrown: unknown) => {
      const step = { step: "select" as const, commands: 0, milliseconds: 0, code: asFailure(thrown).code };
      return { certificates: [], steps: [step] };
    });
    found.push(cardFacts(seen.reader, inspection, Date.now()));
  }
  return found;
}

function nothingIn(reader: string | undefined): string {
  return reader === undefined ? "no card in any reader" : `no card in “${reader}”`;
}
