/** Upper bounds of the classes into which durations are counted, milliseconds; the last class has none. */
export const timeBounds = [
  10, 20, 30, 50, 75, 100, 150, 200, 300, 400, 500, 750, 1_000, 1_500, 2_000, 3_000, 4_000, 5_000, 6_500, 8_000, 10_000,
  12_500, 15_000, 20_000, 30_000, 60_000,
] as const;

/** How many durations are in each class, by its number. */
export type TimeCounts = ReadonlyMap<number, number>;

/** The number of the class that a duration belongs to: 0 for the first; `timeBounds.length` where it is above all bounds. */
export function timeClassOf(ms: number): number {
  const found = timeBounds.findIndex(bound => ms <= bound);
  return found < 0 ? timeBounds.length : found;
}

export function countOf(counts: TimeCounts): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/**
 * The duration below which this part (0 to 1) of all lies, milliseconds, as if each class were evenly filled; for the last class
 * its lower bound. `undefined`: nothing was counted.
 */
export function quantile(counts: TimeCounts, part: number): number | undefined {
  const all = countOf(counts);
  if (all === 0) return undefined;
  const wanted = part * all;
  let below = 0;
  for (let number = 0; number < timeBounds.length; number += 1) {
    const here = counts.get(number) ?? 0;
    const lower = timeBounds[number - 1] ?? 0;
    const upper = timeBounds[number] ?? lower;
    if (here > 0 && below + here >= wanted) return lower + ((upper - lower) * (wanted - below)) / here;
    below += here;
  }
  return timeBounds[timeBounds.length - 1];
}
