import { type Conversation, converse } from "./conversation.ts";
import { clock, type Exploration, isHopeless, newExploration, reach } from "./exploration.ts";
import { MutatingCard } from "./mutating-card.ts";

/** Runs flows over every conversation until `answers` were changed; each flow has a seed of its own. */
export async function exploreAnswers(
  conversations: Readonly<Record<string, Conversation>>,
  answers: number,
  firstSeed: number,
): Promise<Exploration> {
  const result = newExploration();
  const cards = Object.entries(conversations).map(
    ([name, conversation]) => [name, conversation.pin, new MutatingCard(conversation)] as const,
  );
  for (let seed = firstSeed; result.mutated < answers; seed += 1) {
    for (const [name, pin, card] of cards) {
      const before = card.mutated;
      const flow = async () => {
        card.begin(seed);
        const outcome = await converse(card, pin);
        card.end();
        return outcome;
      };
      try {
        reach(result, name, await flow(), seed);
      } catch (thrown) {
        result.violations.push(`${name}, seed ${seed}: ${thrown}`);
      }
      result.mutated += card.mutated - before;
      await clock(result, `${name}, seed ${seed}`, card.slowestMs, async () => {
        await flow().catch(() => {});
        return card.slowestMs;
      });
    }
    if (isHopeless(result)) break;
  }
  return result;
}
