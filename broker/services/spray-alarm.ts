import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import { alarmDetail } from "../../core/trail/trail-alarm.ts";
import type { TrailAct } from "../../core/trail/trail-record.ts";
import type { Store, Writing } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import type { Workstation } from "./enrolments.ts";
import type { SignInCounts } from "./sign-in-counts.ts";
import { SprayWatch, sprayMinutes } from "./spray-watch.ts";

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly counts: SignInCounts;
}

interface SprayedWay {
  /** So many names refused at one workstation are an alarm. */
  readonly mostNames: number;
  readonly act: TrailAct;
  /** For log and monitor. */
  readonly kind: "fallback-sprayed" | "break-glass-sprayed";
  /** What is written with the record. */
  readonly tell?: (tx: Writing, at: number, where: Workstation, names: number) => Promise<void>;
}

/** Raises the alarm where somebody tries many names out in one way in: in the trail, the log, and the monitor. */
export class SprayAlarm {
  readonly #parts: Parts;
  readonly #way: SprayedWay;
  readonly #watch: SprayWatch;

  constructor(parts: Parts, way: SprayedWay) {
    this.#parts = parts;
    this.#way = way;
    this.#watch = new SprayWatch(parts.clock, way.mostNames);
  }

  /** A name was refused here. */
  async refused(where: Workstation, name: string): Promise<void> {
    const names = this.#watch.refused(where.id, name);
    if (names === undefined) return;
    const { store, clock, log, counts } = this.#parts;
    const { act, kind, tell } = this.#way;
    const { id: workstation, place } = where;
    const at = clock.now();
    const detail = alarmDetail({ alarm: "sprayed", names, minutes: sprayMinutes });
    await store.write(async tx => {
      await appendTrail(tx, { at, act, workstation, place, detail });
      await tell?.(tx, at, where, names);
    });
    log.warn(kind, { workstation, names });
    counts.alarm(kind);
  }
}
