import { isWatchedStage, type WatchedStage, watchedStages } from "../../core/session/watched-stages.ts";
import { countOf, quantile, type TimeCounts } from "../../core/statistics/time-histogram.ts";
import type { StopwatchView, TimesView } from "../../protocol/broker/console/stopwatch.ts";
import {
  signInsByHour,
  stageTotals,
  stageTotalsBy,
  workstationDays,
  workstationTotals,
} from "../store/sign-in-count-table.ts";
import type { Db } from "../store/store.ts";
import { namedWorkstations } from "../store/workstation-table.ts";
import { type House, placeOf } from "./house.ts";
import { placesWithin } from "./places-within.ts";

interface Parts {
  readonly db: Db;
  readonly house: Pick<House, "places">;
  readonly now: number;
  readonly limitMs: number;
  readonly keepDays: number;
  /** The day so many days ago. */
  dayBefore(days: number): string;
}

interface Question {
  readonly days: number;
  readonly stage: WatchedStage;
  readonly place?: string | undefined;
}

/** A person's wait, from end to end: what the limit is about. */
const wholeStages: readonly WatchedStage[] = ["insertion-to-portal", "insertion-to-resumed"];
/** Fewer say nothing of a place, or of a workstation. */
const fewestOfPlace = 20;
const fewestOfWorkstation = 5;
const mostSlowest = 20;

/** How long sign-ins take: by stage, place, day and workstation; and how many there are over the day. */
export async function stopwatchOverview(parts: Parts, { days, stage, place }: Question): Promise<StopwatchView> {
  const { db, house, now, limitMs, keepDays, dayBefore } = parts;
  const where = {
    since: dayBefore(days - 1),
    ...(place === undefined ? {} : { places: placesWithin(house, place) }),
  };
  const nameOf = (id: string) => placeOf(house, id)?.name ?? id;
  const isWhole = wholeStages.includes(stage);
  const stages = timesByKey(await stageTotals(db, where));
  const byHour = new Map((await signInsByHour(db, where)).map(({ hour, count }) => [hour, count]));
  const byPlace = timesByKey(await stageTotalsBy(db, stage, "place", where));
  const byDay = timesByKey(await stageTotalsBy(db, stage, "day", where));
  return {
    now,
    limitMs,
    keepDays,
    workstationDays,
    places: house.places.map(({ id, name }) => ({ id, name })),
    stages: watchedStages.flatMap(name => {
      const times = stages.get(name);
      return times === undefined || !isWatchedStage(name) ? [] : [{ stage: name, ...times }];
    }),
    byPlace: [...byPlace]
      .map(([id, times]) => ({
        place: id,
        name: nameOf(id),
        ...times,
        alarm: isWhole && times.count >= fewestOfPlace && times.p95 > limitMs,
      }))
      .sort((a, b) => b.p95 - a.p95),
    byDay: [...byDay].map(([day, times]) => ({ day, ...times })).sort((a, b) => (a.day < b.day ? -1 : 1)),
    byHour: Array.from({ length: 24 }, (_, hour) => byHour.get(hour) ?? 0),
    slowest: await slowest(parts, { days, places: where.places }),
  };
}

async function slowest(
  { db, house, limitMs, dayBefore }: Parts,
  { days, places }: { readonly days: number; readonly places: readonly string[] | undefined },
): Promise<StopwatchView["slowest"]> {
  const since = dayBefore(Math.min(days, workstationDays) - 1);
  const times = timesByKey(await workstationTotals(db, { since, places }));
  const found = [...times]
    .filter(([, { count }]) => count >= fewestOfWorkstation)
    .sort(([, a], [, b]) => b.p95 - a.p95)
    .slice(0, mostSlowest);
  const names = await namedWorkstations(
    db,
    found.map(([id]) => id),
  );
  return found.map(([id, its]) => {
    const { name = id, place = "" } = names.get(id) ?? {};
    return { id, name, placeName: placeOf(house, place)?.name ?? place, ...its, alarm: its.p95 > limitMs };
  });
}

function timesByKey(
  rows: readonly { readonly key: string; readonly class: number; readonly count: number }[],
): ReadonlyMap<string, TimesView> {
  const counts = new Map<string, Map<number, number>>();
  for (const { key, class: number, count } of rows) counts.set(key, (counts.get(key) ?? new Map()).set(number, count));
  return new Map([...counts].map(([key, its]) => [key, timesOf(its)]));
}

function timesOf(counts: TimeCounts): TimesView {
  const at = (part: number) => Math.round(quantile(counts, part) ?? 0);
  return { count: countOf(counts), p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
