import { timeBounds } from "../../core/statistics/time-histogram.ts";
import type { StageTotal } from "../services/sign-in-statistics.ts";

/** How long stages took, as a histogram in the text form of Prometheus (version 0.0.4), seconds. */
export function stageHistogram(name: string, help: string, totals: readonly StageTotal[]): string {
  const lines = totals.flatMap(({ stage, counts, sumMs }) => {
    let below = 0;
    const buckets = timeBounds.map((bound, number) => {
      below += counts.get(number) ?? 0;
      return `${name}_bucket{stage="${stage}",le="${bound / 1000}"} ${below}`;
    });
    const all = below + (counts.get(timeBounds.length) ?? 0);
    return [
      ...buckets,
      `${name}_bucket{stage="${stage}",le="+Inf"} ${all}`,
      `${name}_sum{stage="${stage}"} ${sumMs / 1000}`,
      `${name}_count{stage="${stage}"} ${all}`,
    ];
  });
  return [`# HELP ${name} ${help}`, `# TYPE ${name} histogram`, ...lines].join("\n");
}
