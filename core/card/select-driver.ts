import { Failure } from "../errors/failure.ts";
import type { CardDriver } from "./card-driver.ts";
import { cardFamilies } from "./card-families.ts";
import type { CardFamily } from "./card-family.ts";
import type { CardTransport } from "./card-transport.ts";
import type { DriverServices } from "./driver-services.ts";

/**
 * The driver for this card: first of the families that know its ATR as theirs, then of those whose cards come with any; the
 * card's own answer decides. Rejects with `card-unknown`.
 */
export async function selectDriver(
  transport: CardTransport,
  services: DriverServices,
  families: readonly CardFamily[] = cardFamilies,
): Promise<CardDriver> {
  const own = families.filter(family => family.recognises(transport.atr));
  const general = families.filter(family => family.hasAnyAtr && !own.includes(family));
  for (const family of [...own, ...general]) {
    const driver = await family.select(transport, services);
    if (driver !== undefined) return driver;
  }
  throw new Failure("card-unknown");
}
