import { newSecret } from "../services/identifiers.ts";

/**
 * The topic of each seat: what FHIRcast calls a session is what is open together at one workstation (section 2.1). It cannot be
 * guessed, and is forgotten with its seat.
 */
export class Topics {
  readonly #bySeat = new Map<string, string>();

  of(seat: string): string {
    const topic = this.#bySeat.get(seat) ?? newSecret(256);
    this.#bySeat.set(seat, topic);
    return topic;
  }

  forget(seat: string): void {
    this.#bySeat.delete(seat);
  }
}
