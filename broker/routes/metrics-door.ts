import { createServer } from "node:http";
import type { Clock } from "../../core/ports/clock.ts";
import type { ContinuousExport } from "../audit/continuous-export.ts";
import type { TrailCheckpoints } from "../audit/trail-checkpoints.ts";
import type { BreakGlassConfiguration } from "../break-glass/break-glass-configuration.ts";
import type { DirectoryConfiguration } from "../directory/directory-configuration.ts";
import type { NoticeDelivery } from "../notices/notice-delivery.ts";
import { directoryOverview } from "../services/directory-overview.ts";
import { nodeTimers } from "../services/node-timers.ts";
import type { SignInCounts } from "../services/sign-in-counts.ts";
import type { SignInStatistics } from "../services/sign-in-statistics.ts";
import { livingFallbacks } from "../store/fallback-table.ts";
import type { Store } from "../store/store.ts";
import { healthOf, type SourceState } from "../trust/source-state.ts";
import { breakGlassSamples } from "./break-glass-samples.ts";
import { directorySamples } from "./directory-samples.ts";
import { stageHistogram } from "./histogram-metric.ts";
import { Listener } from "./listener.ts";
import { metric, type Sample } from "./metric.ts";
import { noticeSamples } from "./notice-samples.ts";
import { trailSamples } from "./trail-samples.ts";

export interface MetricsParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly counts: SignInCounts;
  readonly statistics: SignInStatistics;
  readonly checkpoints: TrailCheckpoints;
  readonly exports: readonly ContinuousExport[];
  readonly directory: DirectoryConfiguration;
  /** Where emergency access is configured. */
  readonly breakGlass: BreakGlassConfiguration | undefined;
  readonly notices: NoticeDelivery | undefined;
  /** Of every source of revocation data. */
  sources(): readonly SourceState[];
}

/**
 * The door for a monitor: `GET /metrics` in the text form of Prometheus (version 0.0.4). On a listener of its own, so that neither
 * workstations nor browsers reach it; it names sources and counts, never a person.
 */
export async function openMetricsDoor(parts: MetricsParts, address: { host: string; port: number }): Promise<Listener> {
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
  return Listener.open(door, address, nodeTimers);
}

function countByState(states: readonly string[]): readonly { readonly state: string; readonly count: number }[] {
  return [...new Set(states)].map(state => ({ state, count: states.filter(one => one === state).length }));
}

async function metricsText(parts: MetricsParts): Promise<string> {
  const { store, clock, counts, statistics, directory, sources } = parts;
  const now = clock.now();
  const states = sources();
  const seats = await store.db
    .selectFrom("session")
    .select(["seat_state", row => row.fn.countAll<number>().as("count")])
    .groupBy("seat_state")
    .execute();
  const fallbacks = countByState((await livingFallbacks(store.db)).map(({ fallback }) => fallback.state));
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
    ...directorySamples(await directoryOverview(store.db, directory, now)),
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
    stageHistogram(
      "wardkey_stage_seconds",
      "How long stages of sign-ins took, since the broker started.",
      statistics.totals(),
    ),
    ...(await trailSamples(parts)),
    ...(await noticeSamples(parts)),
    metric(
      "wardkey_fallbacks",
      "Temporary accesses that have not ended, by state.",
      fallbacks.map(({ state, count }) => ({ labels: { state }, value: count })),
    ),
    ...(await breakGlassSamples(store.db, parts.breakGlass, now)),
    metric(
      "wardkey_sign_in_alarms_total",
      "Alarms about sign-ins since the broker started, by kind.",
      counts.alarms().map(({ kind, count }) => ({ labels: { kind }, value: count })),
      "counter",
    ),
    "",
  ].join("\n");
}
