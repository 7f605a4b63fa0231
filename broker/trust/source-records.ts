import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import { deleteSource, saveSource, sourceRows } from "../store/source-table.ts";
import type { Db, Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import { alarmOf } from "./source-alarm.ts";
import { type SourceState, sourceState } from "./source-state.ts";

/** Writes how sources fare where the command line finds it, and their alarms into the trail and the log. */
export class SourceRecords {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #log: Log;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(store: Store, clock: Clock, log: Log) {
    this.#store = store;
    this.#clock = clock;
    this.#log = log;
  }

  /** A source was asked. Does not wait: a verdict never depends on this being written. */
  asked(state: SourceState, before: SourceState): void {
    const { address, trouble } = state;
    const act = alarmOf(before, state);
    if (trouble !== undefined) this.#log.warn(trouble.code, { address, failures: trouble.failures });
    const written = this.#store.write(async tx => {
      await saveSource(tx, { address, json: JSON.stringify(state) });
      if (act === undefined) return;
      await appendTrail(tx, { at: this.#clock.now(), act, code: trouble?.code, detail: trouble?.detail ?? address });
    });
    this.#writing = Promise.allSettled([this.#writing, written]);
    written.catch(problem => this.#log.warn("source-state-unwritten", { address, detail: String(problem) }));
  }

  /** These are the sources now: which domains use them may be new, others are no more. */
  async replace(states: readonly SourceState[]): Promise<void> {
    const rows = states.map(state => ({ address: state.address, json: JSON.stringify(state) }));
    const known = await sourceRows(this.#store.db);
    const gone = known.filter(({ address }) => !rows.some(row => row.address === address));
    const changed = rows.filter(
      row => !known.some(({ address, json }) => row.address === address && row.json === json),
    );
    if (gone.length + changed.length === 0) return;
    await this.#store.write(async tx => {
      for (const { address } of gone) await deleteSource(tx, address);
      for (const row of changed) await saveSource(tx, row);
    });
  }

  async settle(): Promise<void> {
    await this.#writing;
  }
}

/** What was written of each source; rows of another version's form are left out. */
export async function recordedSources(db: Db): Promise<readonly SourceState[]> {
  const rows = await sourceRows(db);
  return rows.flatMap(({ json }) => sourceState.safeParse(JSON.parse(json)).data ?? []);
}
