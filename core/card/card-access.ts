import type { CardDriver } from "./card-driver.ts";
import type { CardTransport } from "./card-transport.ts";

/** Work on the card of one insertion, one piece at a time, by whatever speaks with it. Rejections are `Failure`s. */
export interface CardAccess {
  /** Work that may be repeated: reading, and signing without PIN. Repeated once after a reset or a foreign SELECT. */
  repeatable<Result>(work: (driver: CardDriver) => Promise<Result>): Promise<Result>;
  /**
   * Work that carries a PIN: done once, on an application selected in the same transaction, so that the PIN cannot reach another
   * application. Before any other program can have the card, what the PIN allowed is taken back; a card that cannot do that is
   * reset, which other programs on this machine may notice.
   */
  once<Result>(work: (driver: CardDriver) => Promise<Result>): Promise<Result>;
  /** True where the reader of a card that has been worked on has keys of its own, which are to be used. */
  readonly hasPinPad: boolean;
  /** How a card that has been worked on presents itself, even where no driver knows it; a module does not tell. */
  readonly presented: Pick<CardTransport, "atr" | "protocol"> | undefined;
  /**
   * Commands sent so far; GET RESPONSE, which only fetches what a command has asked for, is not counted, nor is what a module
   * sends.
   */
  readonly commands: number;
  /** The card is gone: what is under way fails, what comes later is refused. */
  end(): Promise<void>;
}
