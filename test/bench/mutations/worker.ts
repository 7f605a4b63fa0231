import { setImmediate as immediate } from "node:timers/promises";
import type { Conversation } from "./conversation.ts";
import type { Exploration } from "./exploration.ts";
import { exploreAnswers } from "./explore-answers.ts";
import { exploreEncodings } from "./explore-encodings.ts";
import { seedsOf } from "./seeds.ts";

/** What one of the bench's processes is to do. */
export interface Share {
  readonly conversations: Readonly<Record<string, Conversation>>;
  readonly answers: number;
  readonly inputs: number;
  readonly firstSeed: number;
}

/** What it tells after each portion. `heldBytes`: what is still held after a garbage collection. */
export interface Portion {
  readonly kind: "answers" | "inputs";
  readonly found: Exploration;
  readonly heldBytes: number;
}

const portions = 50;
const collections = 4;

/** Native objects, as keys and certificates are, hold one another and go one after another: measured, three collections. */
async function heldBytes(): Promise<number> {
  for (let times = 0; times < collections; times += 1) {
    if (globalThis.gc === undefined) throw new Error("run with --expose-gc");
    globalThis.gc();
    await immediate();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function work({ conversations, answers, inputs, firstSeed }: Share): Promise<void> {
  const tell = (portion: Portion) =>
    new Promise<void>(resolve => void process.send?.(portion, undefined, undefined, () => resolve()));
  const seeds = seedsOf(Object.values(conversations));
  for (let portion = 0; portion < portions; portion += 1) {
    const seed = firstSeed + portion * 10_000_000;
    const ofAnswers = await exploreAnswers(conversations, Math.ceil(answers / portions), seed);
    await tell({ kind: "answers", found: ofAnswers, heldBytes: await heldBytes() });
    const ofInputs = await exploreEncodings(seeds, Math.ceil(inputs / portions), seed);
    await tell({ kind: "inputs", found: ofInputs, heldBytes: await heldBytes() });
  }
}

// Most flows end in a failure; where it was made is told by its seed.
Error.stackTraceLimit = 0;
process.once("message", (share: Share) => void work(share).then(() => process.exit(0)));
