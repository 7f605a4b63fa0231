import { asFailure } from "../../core/errors/failure.ts";

type Errand = () => Promise<void>;

const most = 1_000;

/**
 * Words to the broker that must arrive, in order: a cover, an end, a refusal. What the broker cannot be reached for is kept
 * and said again when it is back; what it refuses is done with.
 */
export class Outbox {
  readonly #errands: Errand[] = [];
  #working = false;

  post(errand: Errand): void {
    if (this.#errands.length >= most) this.#errands.shift();
    this.#errands.push(errand);
    void this.deliver();
  }

  /** Tries what waits; called when the broker is back. */
  async deliver(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    for (let errand = this.#errands[0]; errand !== undefined; errand = this.#errands[0]) {
      try {
        await errand();
      } catch (thrown) {
        if (asFailure(thrown).code === "broker-unreachable") break;
      }
      this.#errands.shift();
    }
    this.#working = false;
  }
}
