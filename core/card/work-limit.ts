import { Failure } from "../errors/failure.ts";
import type { Timers } from "../ports/timers.ts";
import type { CardTransport } from "./card-transport.ts";

/** Reading everything of the longest card of ours takes a few hundred commands; a card that wants more is faulty or hostile. */
const mostCommands = 1_000;
/** A first look at 9,600 baud takes six seconds. Below the patience of the agent, which ends a host that does not answer. */
const longestMs = 10_000;

/**
 * How many commands and how much time one piece of work on a card may take. Past either, each of its calls rejects, also one
 * that the card has not answered, so that no card keeps the work waiting for ever.
 */
export class WorkLimit {
  readonly #timers: Timers;
  readonly #refusals = new Set<(failure: Failure) => void>();
  #commandsLeft = mostCommands;
  #isOver = false;
  #cancel: () => void;

  constructor(timers: Timers) {
    this.#timers = timers;
    this.#cancel = this.#timers.after(longestMs, () => this.#end());
  }

  /** The work is done: nothing is timed any more. */
  close(): void {
    this.#cancel();
  }

  /** Answers as the call does, where it does so in time; otherwise rejects with `card-too-slow`. */
  async within<Result>(call: () => Promise<Result>): Promise<Result> {
    if (this.#isOver) throw tooSlow();
    const late = Promise.withResolvers<never>();
    this.#refusals.add(late.reject);
    try {
      return await Promise.race([call(), late.promise]);
    } finally {
      this.#refusals.delete(late.reject);
    }
  }

  /** One more command; rejects with `card-answer-malformed` where it is one too many. */
  async command(send: () => Promise<Uint8Array>): Promise<Uint8Array> {
    if (this.#commandsLeft === 0)
      throw new Failure("card-answer-malformed", { detail: `not done after ${mostCommands} commands` });
    this.#commandsLeft -= 1;
    return this.within(send);
  }

  /** A person types on the reader's keys, which have a time limit of their own: the clock starts anew afterwards. */
  async untimed<Result>(call: () => Promise<Result>): Promise<Result> {
    if (this.#isOver) throw tooSlow();
    this.#cancel();
    try {
      return await call();
    } finally {
      this.#cancel = this.#timers.after(longestMs, () => this.#end());
    }
  }

  #end(): void {
    this.#isOver = true;
    for (const refuse of [...this.#refusals]) refuse(tooSlow());
  }
}

function tooSlow(): Failure {
  return new Failure("card-too-slow", { detail: `not done after ${longestMs} ms` });
}

/** A card under the limit of the work that is being done; `limitNow` answers with it. */
export function limited(transport: CardTransport, limitNow: () => WorkLimit): CardTransport {
  const { atr, protocol, pinPad } = transport;
  return {
    atr,
    protocol,
    ...(pinPad === undefined
      ? {}
      : { pinPad: { verify: command => limitNow().untimed(() => pinPad.verify(command)) } }),
    transmit: command => limitNow().command(() => transport.transmit(command)),
  };
}
