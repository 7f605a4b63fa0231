import type { Clock } from "../../core/ports/clock.ts";
import { pseudonymsIn, replacePseudonyms } from "../../core/trail/trail-pseudonym.ts";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import { knownIdentifiers } from "../store/known-identifiers.ts";
import type { Store } from "../store/store.ts";

/** Whoever is not known is not looked for again sooner. */
const refreshMs = 60_000;

/** Tells who stands behind the trail's pseudonyms, as far as the store knows the person and the key is there. */
export class KnownPersons {
  readonly #store: Store;
  readonly #clock: Clock;
  /** Identifiers that the store does not name: of the administrators. */
  readonly #others: readonly string[];
  #byPseudonym: ReadonlyMap<string, string> = new Map();
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(store: Store, clock: Clock, others: readonly string[]) {
    this.#store = store;
    this.#clock = clock;
    this.#others = others;
  }

  /** The records with clear identifiers; a pseudonym of nobody stays. */
  async clear(records: readonly TrailRecord[]): Promise<TrailRecord[]> {
    await this.#refresh(records);
    return records.map(record => {
      const members = Object.entries(record).map(([member, value]) => [
        member,
        typeof value === "string" ? this.#clearText(value) : value,
      ]);
      return Object.fromEntries(members) as TrailRecord;
    });
  }

  #clearText(text: string): string {
    return replacePseudonyms(text, pseudonym => this.#byPseudonym.get(pseudonym) ?? pseudonym);
  }

  #hasUnknown(value: unknown): boolean {
    return typeof value === "string" && pseudonymsIn(value).some(pseudonym => !this.#byPseudonym.has(pseudonym));
  }

  async #refresh(records: readonly TrailRecord[]): Promise<void> {
    const now = this.#clock.now();
    if (now - this.#readAt < refreshMs) return;
    if (!records.some(record => Object.values(record).some(value => this.#hasUnknown(value)))) return;
    const identifiers = new Set([...(await knownIdentifiers(this.#store.db)), ...this.#others]);
    this.#byPseudonym = new Map(
      [...identifiers].flatMap(identifier =>
        this.#store.identifiers.allOf(identifier).map(pseudonym => [pseudonym, identifier] as const),
      ),
    );
    this.#readAt = now;
  }
}
