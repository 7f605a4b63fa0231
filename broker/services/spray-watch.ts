import type { Clock } from "../../core/ports/clock.ts";

/** Names count together that were refused within so long. */
export const sprayMinutes = 10;
const windowMs = sprayMinutes * 60_000;
const everywhere = "";
const anywhereFactor = 3;

interface Watched {
  /** When each name was refused last. */
  readonly names: Map<string, number>;
  alarmedAt: number | undefined;
}

/**
 * Sees somebody try many names out: that none of them is tried often enough to be throttled is the point of it. Counts names that
 * were refused within ten minutes, at each workstation and everywhere; one alarm each in that time.
 */
export class SprayWatch {
  readonly #clock: Clock;
  readonly #mostNames: number;
  readonly #watched = new Map<string, Watched>();

  constructor(clock: Clock, mostNames: number) {
    this.#clock = clock;
    this.#mostNames = mostNames;
  }

  /** A name was refused here: how many were, where that is an alarm; `undefined` otherwise. */
  refused(workstation: string, name: string): number | undefined {
    const here = this.#count(workstation, name, this.#mostNames);
    const all = this.#count(everywhere, name, this.#mostNames * anywhereFactor);
    return here ?? all;
  }

  #count(key: string, name: string, most: number): number | undefined {
    const now = this.#clock.now();
    const watched = this.#watched.get(key) ?? { names: new Map<string, number>(), alarmedAt: undefined };
    this.#watched.set(key, watched);
    for (const [known, at] of watched.names) if (at <= now - windowMs) watched.names.delete(known);
    watched.names.delete(name);
    // More than an alarm asks for is not counted: memory stays small, whatever is typed.
    if (watched.names.size <= most) watched.names.set(name, now);
    const isQuiet = watched.alarmedAt === undefined || watched.alarmedAt <= now - windowMs;
    if (watched.names.size < most || !isQuiet) return undefined;
    watched.alarmedAt = now;
    return watched.names.size;
  }
}
