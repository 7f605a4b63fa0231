import { Failure } from "../../../core/errors/failure.ts";
import { type Conversation, converse, MutatingCard } from "./conversation.ts";

export interface Exploration {
  /** Answers that were changed. */
  mutated: number;
  flows: number;
  slowestMs: number;
  /** What was reached, by family and failure: the first seed that did. */
  readonly reached: Map<string, number>;
  readonly violations: string[];
}

/** A flow of more answers may take longer: the bound is for one answer's parsing, and a flow has up to a hundred. */
const slowMs = 50;

/** What one flow with this seed ends in: `done`, or the code of a failure. Anything else is thrown on. */
export async function outcomeOf(card: MutatingCard, pin: string, seed: number): Promise<string> {
  card.begin(seed);
  try {
    await converse(card, pin);
    return "done";
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.code === "internal") throw thrown;
    return thrown.code;
  }
}

/** Runs flows over every conversation until `answers` were changed; each flow has a seed of its own. */
export async function explore(
  conversations: Readonly<Record<string, Conversation>>,
  answers: number,
  firstSeed: number,
): Promise<Exploration> {
  const result: Exploration = { mutated: 0, flows: 0, slowestMs: 0, reached: new Map(), violations: [] };
  const cards = Object.entries(conversations).map(
    ([name, conversation]) => [name, conversation.pin, new MutatingCard(conversation)] as const,
  );
  for (let seed = firstSeed; result.mutated < answers; seed += 1) {
    for (const [name, pin, card] of cards) {
      const before = card.mutated;
      const started = performance.now();
      try {
        const outcome = `${name} ${await outcomeOf(card, pin, seed)}`;
        if (!result.reached.has(outcome)) result.reached.set(outcome, seed);
      } catch (thrown) {
        result.violations.push(`${name}, seed ${seed}: ${thrown}`);
        if (result.violations.length > 20) return result;
      }
      const ms = performance.now() - started;
      if (ms > result.slowestMs) result.slowestMs = ms;
      if (ms > slowMs) result.violations.push(`${name}, seed ${seed}: ${ms.toFixed(0)} ms`);
      result.mutated += card.mutated - before;
      result.flows += 1;
    }
  }
  return result;
}
