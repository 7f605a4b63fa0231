import type { SignatureMemory } from "../../core/certificate/path/signature-memory.ts";
import { asFailure, Failure } from "../../core/errors/failure.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { FetchLimits, Validators } from "./fetch-limits.ts";
import { fetchSource } from "./fetch-source.ts";
import type { KeptFiles } from "./kept-files.ts";
import { nextFetchAfterAnswer, nextFetchAfterFailure } from "./next-fetch.ts";
import { type PreparedList, prepareList } from "./prepare-list.ts";
import type { Authority } from "./read-list.ts";
import { replacementProblem } from "./replacement-problem.ts";
import type { SourceState } from "./source-state.ts";

export interface SourceParts {
  readonly files: Pick<KeptFiles, "load" | "save">;
  readonly clock: Clock;
  /** What is known of the lists' signatures. */
  readonly signatures: SignatureMemory;
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
    const prepared = this.#list;
    return {
      address,
      domains: [...domains],
      origin,
      nextFetchAt: this.#nextFetchAt,
      ...(this.#answeredAt === undefined ? {} : { answeredAt: this.#answeredAt }),
      ...(prepared === undefined ? {} : { data: describe(prepared) }),
      ...(this.#trouble === undefined ? {} : { trouble: this.#trouble }),
    };
  }

  /** Takes what an earlier run kept on disk, where it is still good for anything. */
  async restore(): Promise<void> {
    const kept = this.isFile ? undefined : await this.#parts.files.load(this.address);
    if (kept === undefined) return;
    try {
      this.#list = await this.#prepare(kept.bytes);
    } catch (problem) {
      if (problem instanceof Failure) return;
      throw problem;
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
      const changed = answer.kind === "changed" && (await this.#take(answer.bytes, answer.validators));
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
    const { files, clock } = this.#parts;
    const prepared = await this.#prepare(bytes);
    const problem = replacementProblem(prepared, this.#list, clock.now());
    if (problem !== undefined)
      throw new Failure("revocation-data-unreadable", { detail: `${this.address}: ${problem}` });
    this.#validators = validators;
    if (this.#list !== undefined && prepared.list.thisUpdate < this.#list.list.thisUpdate) return false;
    this.#list = prepared;
    if (!this.isFile) {
      const notes = { source: this.address, fetchedAt: clock.now(), ...definedOf(validators) };
      await files.save({ bytes: prepared.der, notes });
    }
    return true;
  }

  #prepare(bytes: Uint8Array<ArrayBuffer>): Promise<PreparedList> {
    return prepareList({ bytes, authorities: this.authorities }, this.#parts.signatures);
  }

  #planNext(now: number): void {
    const prepared = this.#list;
    this.#nextFetchAt =
      prepared === undefined ? now : nextFetchAfterAnswer({ now, ...describe(prepared), random: this.#parts.random() });
  }
}

function describe({ list, der, nextUpdate }: PreparedList): NonNullable<SourceState["data"]> {
  const { thisUpdate, deltaBase, entries } = list;
  return { thisUpdate, nextUpdate, isDelta: deltaBase !== undefined, bytes: der.length, entries: entries.count };
}

function definedOf({ entityTag, lastModified }: Validators) {
  return {
    ...(entityTag === undefined ? {} : { entityTag }),
    ...(lastModified === undefined ? {} : { lastModified }),
  };
}
