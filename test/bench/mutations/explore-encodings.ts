import { clock, type Exploration, isHopeless, newExploration, reach } from "./exploration.ts";
import { mutate } from "./mutate.ts";
import { processorMs } from "./processor-time.ts";
import { Random } from "./random.ts";
import { outcomeOf, readers } from "./readers.ts";

/** Has every reader read `inputs` changed seeds in all; each input has a seed number of its own. */
export async function exploreEncodings(
  seeds: Readonly<Record<string, readonly Uint8Array[]>>,
  inputs: number,
  firstSeed: number,
): Promise<Exploration> {
  const result = newExploration();
  const names = Object.keys(readers);
  for (let seed = firstSeed; result.mutated < inputs && !isHopeless(result); seed += 1) {
    const random = new Random(seed);
    const name = random.pick(names);
    const read = readers[name] ?? (() => false);
    const input = mutate(random.pick(seeds[name] ?? []), random);
    const time = (): number => {
      const started = processorMs();
      try {
        reach(result, name, outcomeOf(read, input), seed);
      } catch (thrown) {
        result.violations.push(`${name}, seed ${seed}: ${thrown}`);
      }
      return processorMs() - started;
    };
    await clock(result, `${name}, seed ${seed}`, time(), time);
    result.mutated += 1;
  }
  return result;
}
