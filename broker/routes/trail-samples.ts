import type { ContinuousExport } from "../audit/continuous-export.ts";
import type { TrailCheckpoints } from "../audit/trail-checkpoints.ts";
import type { Store } from "../store/store.ts";
import { exportedUpTo } from "../store/trail-export-table.ts";
import { trailEnd } from "../store/trail-table.ts";
import { lastCheckpoint } from "../store/trail-tree-table.ts";
import { metric, type Sample } from "./metric.ts";

interface TrailSamplesParts {
  readonly store: Store;
  readonly checkpoints: TrailCheckpoints;
  readonly exports: readonly ContinuousExport[];
}

/** How far the trail has come: recorded, sealed, exported. */
export async function trailSamples({ store, checkpoints, exports }: TrailSamplesParts): Promise<string[]> {
  const end = await trailEnd(store.db);
  const sealed = (await lastCheckpoint(store.db))?.size ?? 0;
  const behind: Sample[] = [];
  for (const { name } of exports)
    behind.push({ labels: { export: name }, value: end - (await exportedUpTo(store.db, name)) });
  return [
    metric("wardkey_trail_records", "Records in the trail.", [{ value: end }]),
    metric("wardkey_trail_records_sealed", "Records that a signed checkpoint covers.", [{ value: sealed }]),
    metric(
      "wardkey_trail_contradictions_total",
      "Kept checkpoints that contradict the trail, since the broker started.",
      [{ value: checkpoints.contradictions }],
      "counter",
    ),
    metric("wardkey_trail_export_behind", "Records that a receiver has not got yet.", behind),
    metric(
      "wardkey_trail_export_failures",
      "How many times in a row a receiver has failed.",
      exports.map(({ name, failures }) => ({ labels: { export: name }, value: failures })),
    ),
  ];
}
