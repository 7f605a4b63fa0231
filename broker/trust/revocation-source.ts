import { asFailure } from "../../core/errors/failure.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { FetchLimits, Validators } from "./fetch-limits.ts";
import { fetchSource } from "./fetch-source.ts";
import type { KeptFiles } from "./kept-files.ts";
import { nextFetchAfterAnswer, nextFetchAfterFailure } from "./next-fetch.ts";
import { prepareList } from "./prepare-list.ts";
import type { Authority, PreparedList } from "./read-list.ts";
import type { SourceState } from "./source-state.ts";

export interface SourceParts {
  readonly files: KeptFiles;
  readonly clock: Clock;
  readonly limits: FetchLimits;
  /** 0 to below 1. */
  readonly random: () => number;
}

/** What a refreshing came to. */
export type Refreshed = "changed" | "unchanged" | "failed";

/** One address of revocation lists: its last good list, and how it fares. A list that is not better than the one at hand changes nothing. */
export class RevocationSource {
  readonly address: string;
  readonly origin: SourceState["origin"];
  domains: readonly string[] = [];
  authorities: readonly Authority[] = [];
  readonly #parts: SourceParts;
  #list: PreparedList | undefined;
  #validators: Validators = {};
  #answeredAt: number | undefined;
  #nextFetchAt = 0;
  #trouble: SourceState["trouble"];
  #running: Promise<Refreshed> | undefined;

  constructor(address: string, origin: SourceState["origin"], parts: SourceParts) {
    this.address = address;
    this.origin = origin;
    this.#parts = parts;
  }

  get list(): PreparedList | undefined {
    return this.#list;
  }

  get isFile(): boolean {
    return this.address.startsWith("file:");
  }

  isDue(now: number): boolean {
    return now >= this.#nextFetchAt;
  }

  get state(): SourceState {
    const { address, domains, origin } = this;
    const list = this.#list;
    return {
      address,
      domains: [...domains],
      origin,
      nextFetchAt: this.#nextFetchAt,
      ...(this.#answeredAt === undefined ? {} : { answeredAt: this.#answeredAt }),
      ...(list === undefined
        ? {}
        : {
            data: {
              thisUpdate: list.thisUpdate,
              nextUpdate: list.nextUpdate,
              isDelta: list.isDelta,
              bytes: list.der.length,
            },
          }),
      ...(this.#trouble === undefined ? {} : { trouble: this.#trouble }),
    };
  }

  /** Takes what an earlier run kept on disk, where it is still good for anything. */
  async restore(): Promise<void> {
    const kept = this.isFile ? undefined : this.#parts.files.load(this.address);
    if (kept === undefined) return;
    try {
      this.#list = await prepareList(kept.bytes, this.authorities);
    } catch {
      return;
    }
    const { fetchedAt, entityTag, lastModified } = kept.notes;
    this.#validators = { entityTag, lastModified };
    this.#answeredAt = fetchedAt;
    this.#planNext(fetchedAt);
  }

  /** Asks the source now; whoever asks while it is being asked waits for the same answer. */
  refresh(): Promise<Refreshed> {
    this.#running ??= this.#refresh().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #refresh(): Promise<Refreshed> {
    const { clock, limits, random } = this.#parts;
    try {
      const answer = await fetchSource(this.address, this.#validators, limits);
      const changed = answer.kind === "changed" && (await this.#take(Uint8Array.from(answer.bytes), answer.validators));
      this.#answeredAt = clock.now();
      this.#trouble = undefined;
      this.#planNext(clock.now());
      return changed ? "changed" : "unchanged";
    } catch (thrown) {
      const { code, detail = "" } = asFailure(thrown);
      if (code !== "revocation-source-unreachable" && code !== "revocation-data-unreadable") throw thrown;
      const failures = (this.#trouble?.failures ?? 0) + 1;
      this.#trouble = { code, detail, since: this.#trouble?.since ?? clock.now(), failures };
      this.#nextFetchAt = nextFetchAfterFailure(clock.now(), failures, random());
      return "failed";
    }
  }

  /** An older list than the one at hand is an authority's slow mirror, or somebody who wants a revocation forgotten. */
  async #take(bytes: Uint8Array<ArrayBuffer>, validators: Validators): Promise<boolean> {
    const list = await prepareList(bytes, this.authorities);
    this.#validators = validators;
    const present = this.#list;
    if (present !== undefined && present.issuer === list.issuer && list.thisUpdate < present.thisUpdate) return false;
    this.#list = list;
    const { files, clock } = this.#parts;
    if (!this.isFile) {
      const notes = { source: this.address, fetchedAt: clock.now(), ...definedOf(validators) };
      files.save({ bytes: list.der, notes });
    }
    return true;
  }

  #planNext(now: number): void {
    const list = this.#list;
    this.#nextFetchAt =
      list === undefined
        ? now
        : nextFetchAfterAnswer({
            now,
            thisUpdate: list.thisUpdate,
            nextUpdate: list.nextUpdate,
            isDelta: list.isDelta,
            random: this.#parts.random(),
          });
  }
}

function definedOf({ entityTag, lastModified }: Validators) {
  return {
    ...(entityTag === undefined ? {} : { entityTag }),
    ...(lastModified === undefined ? {} : { lastModified }),
  };
}
