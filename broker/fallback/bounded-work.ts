import { Failure } from "../../core/errors/failure.ts";

/** Lets so much work run at once and so much wait for it; more is refused, so that it cannot be used to exhaust the broker. */
export class BoundedWork {
  readonly #most: number;
  readonly #mostWaiting: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(most: number, mostWaiting: number) {
    this.#most = most;
    this.#mostWaiting = mostWaiting;
  }

  /** Does it when its turn has come. Rejects with `sign-in-throttled` where too much waits already. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#running >= this.#most) {
      if (this.#waiting.length >= this.#mostWaiting)
        throw new Failure("sign-in-throttled", { detail: "too many at once" });
      await new Promise<void>(resolve => this.#waiting.push(resolve));
    } else this.#running += 1;
    try {
      return await work();
    } finally {
      // Its place goes to the one that has waited longest.
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}
