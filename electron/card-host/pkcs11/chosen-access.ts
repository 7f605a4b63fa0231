import type { CardAccess } from "../../../core/card/card-access.ts";
import type { CardDriver } from "../../../core/card/card-driver.ts";
import { asFailure, Failure } from "../../../core/errors/failure.ts";

type MakeAccess = () => CardAccess;

/** Who may have a card, in this order; the two lists are modules. */
export interface Offers {
  readonly before: readonly MakeAccess[];
  readonly own: MakeAccess;
  readonly after: readonly MakeAccess[];
}

/**
 * One card that several can show: the first in order that shows a certificate for signing in keeps the card for this
 * insertion, so that it is one card whoever else could show it. Our own driver keeps every card that it knows. Of those that
 * are not chosen nothing stays connected to the card.
 */
export class ChosenAccess implements CardAccess {
  readonly #offers: () => Promise<Offers>;
  #tried: CardAccess | undefined;
  #choice: Promise<CardAccess> | undefined;
  #chosen: CardAccess | undefined;
  #ended = false;

  constructor(offers: () => Promise<Offers>) {
    this.#offers = offers;
  }

  async repeatable<Result>(work: (driver: CardDriver) => Promise<Result>): Promise<Result> {
    return (await this.#choose()).repeatable(work);
  }

  async once<Result>(work: (driver: CardDriver) => Promise<Result>): Promise<Result> {
    return (await this.#choose()).once(work);
  }

  get hasPinPad(): boolean {
    return this.#chosen?.hasPinPad === true;
  }

  get presented(): CardAccess["presented"] {
    return this.#chosen?.presented;
  }

  get commands(): number {
    return this.#chosen?.commands ?? 0;
  }

  async end(): Promise<void> {
    this.#ended = true;
    await this.#tried?.end();
  }

  /** A card that nobody took is offered anew to the next work: a module may have been lost. */
  #choose(): Promise<CardAccess> {
    this.#choice ??= this.#offer().catch((thrown: unknown) => {
      this.#choice = undefined;
      throw thrown;
    });
    return this.#choice;
  }

  /** Rejects with what was wrong with the first module that had trouble; with `card-unknown` where none had. */
  async #offer(): Promise<CardAccess> {
    const problems: Failure[] = [];
    const { before, own, after } = await this.#offers();
    for (const make of [...before, own, ...after]) {
      if (this.#ended) throw new Failure("card-removed");
      const access = make();
      this.#tried = access;
      try {
        if (await (make === own ? knowsCard(access) : showsCertificate(access))) {
          this.#chosen = access;
          return access;
        }
      } catch (thrown) {
        const failure = asFailure(thrown);
        // A card in use or on its way out is nobody's to take: only one that our own driver does not know is offered on.
        if (make === own && failure.code !== "card-unknown") {
          await access.end();
          throw failure;
        }
        if (failure.code !== "card-unknown") problems.push(failure);
      }
      await access.end();
    }
    throw problems[0] ?? new Failure("card-unknown");
  }
}

async function showsCertificate(access: CardAccess): Promise<boolean> {
  return access.repeatable(async driver => (await driver.readCertificate("authentication")) !== undefined);
}

async function knowsCard(access: CardAccess): Promise<boolean> {
  return access.repeatable(async () => true);
}
