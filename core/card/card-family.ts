import type { CardDriver } from "./card-driver.ts";
import type { CardTransport } from "./card-transport.ts";
import type { DriverServices } from "./driver-services.ts";

/** One family of cards: how it is recognised, and the driver that speaks with it. */
export interface CardFamily {
  readonly name: string;
  /** True for an ATR of this family alone. Such a family is asked first, whatever its place. */
  recognises(atr: Uint8Array): boolean;
  /** True where the family's cards come with any ATR: asked in the list's order when no other took the card. */
  readonly hasAnyAtr: boolean;
  /** Selects the family's application; `undefined` where the card has none. */
  select(transport: CardTransport, services: DriverServices): Promise<CardDriver | undefined>;
}
