import { createServer, type Server } from "node:http";
import type { Clock } from "../../core/ports/clock.ts";
import type { ContinuousExport } from "../audit/continuous-export.ts";
import type { TrailCheckpoints } from "../audit/trail-checkpoints.ts";
import type { SignInCounts } from "../services/sign-in-counts.ts";
import type { Store } from "../store/store.ts";
import { exportedUpTo } from "../store/trail-export-table.ts";
import { trailEnd } from "../store/trail-table.ts";
import { lastCheckpoint } from "../store/trail-tree-table.ts";
import { healthOf, type SourceState } from "../trust/source-state.ts";

export interface MetricsParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly counts: SignInCounts;
  readonly checkpoints: TrailCheckpoints;
  readonly exports: readonly ContinuousExport[];
  /** Of every source of revocation data. */
  sources(): readonly SourceState[];
}

interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/**
 * The door for a monitor: `GET /metrics` in the text form of Prometheus (version 0.0.4). On a listener of its own, so that neither
 * workstations nor browsers reach it; it names sources and counts, never a person.
 */
export async function openMetricsDoor(parts: MetricsParts, address: { host: string; port: number }): Promise<Server> {
  const door = createServer((request, response) => {
    if (request.method !== "GET" || request.url !== "/metrics") {
      response.writeHead(404).end();
      return;
    }
    metricsText(parts).then(
      text => response.writeHead(200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" }).end(text),
      () => response.writeHead(503).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    door.once("error", reject);
    door.listen(address.port, address.host, resolve);
  });
  return door;
}

async function metricsText(parts: MetricsParts): Promise<string> {
  const { store, clock, counts, sources } = parts;
  const now = clock.now();
  const states = sources();
  const seats = await store.db
    .selectFrom("session")
    .select(["seat_state", row => row.fn.countAll<number>().as("count")])
    .groupBy("seat_state")
    .execute();
  const ofSources = (value: (state: SourceState) => number | undefined): Sample[] =>
    states.flatMap(state => {
      const found = value(state);
      return found === undefined ? [] : [{ labels: { source: state.address }, value: found }];
    });
  const seconds = (milliseconds: number) => milliseconds / 1000;
  return [
    metric(
      "wardkey_revocation_data_age_seconds",
      "Time since the authority made the data at hand.",
      ofSources(({ data }) => data && seconds(now - data.thisUpdate)),
    ),
    metric(
      "wardkey_revocation_data_left_seconds",
      "Time to the nextUpdate of the data at hand; negative: past it.",
      ofSources(({ data }) => data && seconds(data.nextUpdate - now)),
    ),
    metric(
      "wardkey_revocation_entries",
      "Certificates that the data at hand revoke.",
      ofSources(({ data }) => data?.entries),
    ),
    metric(
      "wardkey_revocation_source_failures",
      "How many times in a row the source has failed.",
      ofSources(({ trouble }) => trouble?.failures ?? 0),
    ),
    metric(
      "wardkey_revocation_source_health",
      "1 for the state that the source is in.",
      states.map(state => ({ labels: { source: state.address, health: healthOf(state, now) }, value: 1 })),
    ),
    metric(
      "wardkey_sessions",
      "Living sessions by the state of their seat; none: nobody sits anywhere.",
      seats.map(({ seat_state, count }) => ({ labels: { seat: seat_state ?? "none" }, value: Number(count) })),
    ),
    metric(
      "wardkey_sign_ins_total",
      "Sign-ins since the broker started, by how they came out.",
      counts.all().map(({ came, count }) => ({ labels: { ...came }, value: count })),
      "counter",
    ),
    ...(await trailMetrics(parts)),
    "",
  ].join("\n");
}

async function trailMetrics({ store, checkpoints, exports }: MetricsParts): Promise<string[]> {
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

function metric(name: string, help: string, samples: readonly Sample[], type: "gauge" | "counter" = "gauge"): string {
  const lines = samples.map(({ labels = {}, value }) => {
    const named = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
    return `${name}{${named.join(",")}} ${value}`;
  });
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines].join("\n");
}

function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
