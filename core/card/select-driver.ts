import { toHex } from "../bytes/hex.ts";
import { Failure } from "../errors/failure.ts";
import type { CardDriver } from "./card-driver.ts";
import { cardFamilies } from "./card-families.ts";
import type { CardFamily } from "./card-family.ts";
import type { CardTransport } from "./card-transport.ts";
import type { DriverServices } from "./driver-services.ts";

const latestFamily = "latest-family";

/**
 * The driver for this card: first of the families that know its ATR as theirs, then of those whose cards come with any, beginning
 * with the one that took the card with this ATR that was seen last; the card's own answer decides. Rejects with `card-unknown`.
 */
export async function selectDriver(
  transport: CardTransport,
  services: DriverServices,
  families: readonly CardFamily[] = cardFamilies,
): Promise<CardDriver> {
  const own = families.filter(family => family.recognises(transport.atr));
  const general = families.filter(family => family.hasAnyAtr && !own.includes(family));
  const kind = `atr:${toHex(transport.atr)}`;
  const latest = new TextDecoder().decode(services.objects.recall(kind, latestFamily));
  const latestFirst = general.toSorted((one, other) => Number(other.name === latest) - Number(one.name === latest));
  for (const family of [...own, ...latestFirst]) {
    const driver = await family.select(transport, services);
    if (driver === undefined) continue;
    if (general.includes(family)) services.objects.keep(kind, latestFamily, new TextEncoder().encode(family.name));
    return driver;
  }
  throw new Failure("card-unknown");
}
