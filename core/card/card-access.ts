import type { CardDriver } from "./card-driver.ts";

/** Work on the card of one insertion, one piece at a time, by whatever speaks with it. Rejections are `Failure`s. */
export interface CardAccess {
  /** Work that may be repeated: reading, and signing without PIN. */
  repeatable<Result>(work: (driver: CardDriver) => Promise<Result>): Promise<Result>;
  /** Work that carries a PIN: done once; afterwards nobody can use what the PIN allowed. */
  once<Result>(work: (driver: CardDriver) => Promise<Result>): Promise<Result>;
  /** True where the reader of a card that has been worked on has keys of its own, which are to be used. */
  readonly hasPinPad: boolean;
  /** The card is gone: what is under way fails, what comes later is refused. */
  end(): Promise<void>;
}
