import type { Clock } from "../../core/ports/clock.ts";
import type { Means } from "../../core/session/means.ts";
import { isWatchedStage, type StageTimes, type WatchedStage } from "../../core/session/watched-stages.ts";
import { timeClassOf } from "../../core/statistics/time-histogram.ts";
import {
  addSignInCount,
  addStageCount,
  addWorkstationStageCount,
  forgetOldCounts,
  type SignInCount,
  type StageCount,
  type WorkstationStageCount,
  workstationDays,
} from "../store/sign-in-count-table.ts";
import type { Store } from "../store/store.ts";
import type { Workstation } from "./enrolments.ts";

const dayMs = 24 * 3_600_000;

/** What was measured of a stage since this broker started. */
export interface StageTotal {
  readonly stage: WatchedStage;
  readonly counts: ReadonlyMap<number, number>;
  readonly sumMs: number;
}

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  /** IANA name of the hospital's zone. */
  readonly timeZone: string | undefined;
  /** How long days are kept. */
  readonly keepDays: number;
}

type Counted<Row> = Omit<Row, "count">;

/**
 * How long sign-ins take and how many there are, counted in classes: no person is in it. Counts gather in memory and are written
 * with the broker's sweep, so that nobody who signs in waits for them; a crash loses the last seconds of them.
 */
export class SignInStatistics {
  readonly #parts: Parts;
  readonly #format: Intl.DateTimeFormat;
  readonly #totals = new Map<WatchedStage, { counts: Map<number, number>; sumMs: number }>();
  #stages = new Map<string, StageCount>();
  #workstations = new Map<string, WorkstationStageCount>();
  #signIns = new Map<string, SignInCount>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#format = new Intl.DateTimeFormat("en-CA", {
      ...(parts.timeZone === undefined ? {} : { timeZone: parts.timeZone }),
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      hourCycle: "h23",
    });
  }

  /** The day so many days ago, `YYYY-MM-DD`. */
  dayBefore(days: number): string {
    return this.#localTime(this.#parts.clock.now() - days * dayMs).day;
  }

  /** Somebody has signed in, or come back. */
  signedIn({ place }: Workstation, means: Means): void {
    const { day, hour } = this.#localTime(this.#parts.clock.now());
    add(this.#signIns, { day, hour, place, means });
  }

  /** What a workstation measured; names that are not watched are left out. */
  measured({ id, place }: Workstation, times: StageTimes | Readonly<Record<string, number>>): void {
    const { day } = this.#localTime(this.#parts.clock.now());
    for (const [stage, ms] of Object.entries(times)) {
      if (!isWatchedStage(stage) || ms === undefined || !Number.isFinite(ms)) continue;
      const number = timeClassOf(ms);
      add(this.#stages, { day, place, stage, class: number });
      if (stage === "insertion-to-portal") add(this.#workstations, { day, workstation: id, class: number });
      this.#total(stage, number, ms);
    }
  }

  /** Since this broker started. */
  totals(): readonly StageTotal[] {
    return [...this.#totals].map(([stage, total]) => ({ stage, ...total }));
  }

  /** Writes what has gathered, and forgets days that are over. What cannot be written is tried again. */
  async flush(): Promise<void> {
    const [stages, workstations, signIns] = [this.#stages, this.#workstations, this.#signIns];
    this.#stages = new Map();
    this.#workstations = new Map();
    this.#signIns = new Map();
    try {
      await this.#parts.store.write(async tx => {
        for (const row of stages.values()) await addStageCount(tx, row);
        for (const row of workstations.values()) await addWorkstationStageCount(tx, row);
        for (const row of signIns.values()) await addSignInCount(tx, row);
        await forgetOldCounts(tx, this.dayBefore(this.#parts.keepDays), this.dayBefore(workstationDays));
      });
    } catch (problem) {
      for (const row of stages.values()) add(this.#stages, row, row.count);
      for (const row of workstations.values()) add(this.#workstations, row, row.count);
      for (const row of signIns.values()) add(this.#signIns, row, row.count);
      throw problem;
    }
  }

  #total(stage: WatchedStage, number: number, ms: number): void {
    const total = this.#totals.get(stage) ?? { counts: new Map<number, number>(), sumMs: 0 };
    total.counts.set(number, (total.counts.get(number) ?? 0) + 1);
    total.sumMs += ms;
    this.#totals.set(stage, total);
  }

  #localTime(at: number): { readonly day: string; readonly hour: number } {
    const parts = new Map(this.#format.formatToParts(at).map(({ type, value }) => [type, value]));
    return {
      day: `${parts.get("year")}-${parts.get("month")}-${parts.get("day")}`,
      hour: Number(parts.get("hour")),
    };
  }
}

function add<Row extends { readonly count: number }>(rows: Map<string, Row>, what: Counted<Row>, more = 1): void {
  const { count: _, ...same } = what as Row;
  const key = JSON.stringify(same);
  rows.set(key, { ...same, count: (rows.get(key)?.count ?? 0) + more } as Row);
}
