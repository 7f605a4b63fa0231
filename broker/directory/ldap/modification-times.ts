/** Ticks of this process; both in milliseconds. */
export interface Times {
  /** Since 1970. */
  now(): number;
  /** Since some moment, never going back. */
  elapsed(): number;
}

export const processTimes: Times = { now: () => Date.now(), elapsed: () => performance.now() };

/**
 * From where changes are to be read by the times that a server writes to its entries, by its own clock, which nobody shows us. What is
 * kept is a moment that this clock had certainly reached when a look began: the latest time seen among the entries, less what the
 * look took; and later ones by as much as has passed here since.
 */
export class ModificationTimes {
  readonly #times: Times;
  #reached: { readonly server: string; readonly ms: number; readonly elapsed: number } | undefined;

  constructor(times: Times) {
    this.#times = times;
  }

  /** `ms`: what the last look left, `undefined` where this one reads everything. */
  begin(server: string, ms: number | undefined): LookTimes {
    const began = this.#times.elapsed();
    const held = this.#reached;
    const passed = held !== undefined && held.server === server && held.ms === ms ? began - held.elapsed : 0;
    let latest: number | undefined;
    return {
      saw: modified => {
        // A time that is still to come here is an entry's mistake, or another clock's: too early a moment does no harm.
        if (modified <= this.#times.now() && (latest === undefined || modified > latest)) latest = modified;
      },
      reached: () => {
        const took = this.#times.elapsed() - began;
        const bySeen = latest === undefined ? undefined : latest - took;
        const byPassing = ms === undefined ? undefined : ms + passed;
        const known = [bySeen, byPassing].filter(one => one !== undefined);
        if (known.length === 0) return undefined;
        const reached = Math.floor(Math.max(...known));
        this.#reached = { server, ms: reached, elapsed: began };
        return reached;
      },
    };
  }
}

export interface LookTimes {
  saw(modified: number): void;
  /** What the next look begins with, to be asked once everything was seen; `undefined` where no entry showed its time. */
  reached(): number | undefined;
}
