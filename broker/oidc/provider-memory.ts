import type { Adapter, AdapterPayload } from "oidc-provider";
import type { Clock } from "../../core/ports/clock.ts";

interface Kept {
  readonly payload: AdapterPayload;
  readonly until: number;
}

/** Writes between two sweeps, at the least; with much to keep, half as many as there are things: a sweep costs each write the same. */
const sweepEvery = 1_000;

/**
 * What the provider keeps, in memory and until its time: codes and tokens live minutes, sessions no longer than a seat. After a
 * restart of the broker an open application signs in again by itself, through its seat's browser. Times are the broker's clock's.
 */
export class ProviderMemory {
  readonly #clock: Clock;
  readonly #kept = new Map<string, Kept>();
  readonly #byUid = new Map<string, string>();
  readonly #byGrant = new Map<string, Set<string>>();
  #writes = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** For oidc-provider's `adapter`: one view per kind of thing. */
  adapter(kind: string): Adapter {
    const nameOf = (id: string) => `${kind}:${id}`;
    return {
      upsert: async (id, payload, lifetimeSeconds) => this.#write(nameOf(id), payload, lifetimeSeconds ?? 0),
      find: async id => this.#read(nameOf(id)),
      findByUid: async uid => this.#read(this.#byUid.get(`${kind}:${uid}`) ?? ""),
      // Device codes are not offered.
      findByUserCode: async () => undefined,
      consume: async id => {
        const kept = this.#kept.get(nameOf(id));
        if (kept !== undefined) kept.payload.consumed = Math.floor(this.#clock.now() / 1000);
      },
      destroy: async id => {
        this.#kept.delete(nameOf(id));
      },
      revokeByGrantId: async grant => {
        for (const name of this.#byGrant.get(grant) ?? []) this.#kept.delete(name);
        this.#byGrant.delete(grant);
      },
    };
  }

  #write(name: string, payload: AdapterPayload, lifetimeSeconds: number): void {
    this.#writes += 1;
    if (this.#writes >= Math.max(sweepEvery, this.#kept.size / 2)) this.#sweep();
    this.#kept.set(name, { payload, until: this.#clock.now() + lifetimeSeconds * 1000 });
    const kind = name.slice(0, name.indexOf(":"));
    if (payload.uid !== undefined) this.#byUid.set(`${kind}:${payload.uid}`, name);
    if (payload.grantId === undefined) return;
    const names = this.#byGrant.get(payload.grantId) ?? new Set<string>();
    names.add(name);
    this.#byGrant.set(payload.grantId, names);
  }

  #read(name: string): AdapterPayload | undefined {
    const kept = this.#kept.get(name);
    return kept !== undefined && kept.until > this.#clock.now() ? kept.payload : undefined;
  }

  #sweep(): void {
    this.#writes = 0;
    const now = this.#clock.now();
    for (const [name, { until }] of this.#kept) if (until <= now) this.#kept.delete(name);
    for (const [uid, name] of this.#byUid) if (!this.#kept.has(name)) this.#byUid.delete(uid);
    for (const [grant, names] of this.#byGrant)
      if (![...names].some(name => this.#kept.has(name))) this.#byGrant.delete(grant);
  }
}
