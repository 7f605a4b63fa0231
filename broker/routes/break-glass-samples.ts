import type { BreakGlassConfiguration } from "../break-glass/break-glass-configuration.ts";
import { glassCounts } from "../store/break-glass-table.ts";
import type { Db } from "../store/store.ts";
import { metric } from "./metric.ts";

const dayMs = 24 * 3_600_000;

/** Emergency accesses for a monitor: how many are open, and how many wait for a review. */
export async function breakGlassSamples(
  db: Db,
  configuration: BreakGlassConfiguration | undefined,
  now: number,
): Promise<readonly string[]> {
  if (configuration === undefined) return [];
  const counts = await glassCounts(db, now - configuration.reviewDays * dayMs);
  return [
    metric(
      "wardkey_break_glass",
      "Emergency accesses that are open, wait for a review (due), or have waited too long (overdue).",
      Object.entries(counts).map(([state, value]) => ({ labels: { state }, value })),
    ),
  ];
}
