/** No parse of what a card or a certificate says may take longer. */
const longestMs = 50;
const mostViolations = 20;
const repeats = 3;

/** What came of many changed inputs. */
export interface Exploration {
  /** Inputs that were changed. */
  mutated: number;
  /** Of the processor's time, in milliseconds. */
  slowestMs: number;
  /** What was reached, by name and outcome: the seed that did first. */
  readonly reached: Map<string, number>;
  readonly violations: string[];
}

export function newExploration(): Exploration {
  return { mutated: 0, slowestMs: 0, reached: new Map(), violations: [] };
}

/** True where there is no point in going on. */
export function isHopeless({ violations }: Exploration): boolean {
  return violations.length > mostViolations;
}

export function reach(exploration: Exploration, name: string, outcome: string, seed: number): void {
  const key = `${name} ${outcome}`;
  if (!exploration.reached.has(key)) exploration.reached.set(key, seed);
}

/** Takes note of a time. Code that has never run is slow, too: slow is what is slow each time that it is done again, by `again`. */
export async function clock(
  exploration: Exploration,
  what: string,
  ms: number,
  again: () => Promise<number> | number,
): Promise<void> {
  let least = ms;
  for (let times = 0; least > longestMs / 2 && times < repeats; times += 1) least = Math.min(least, await again());
  exploration.slowestMs = Math.max(exploration.slowestMs, least);
  if (least > longestMs) exploration.violations.push(`${what}: ${least.toFixed(0)} ms`);
}
