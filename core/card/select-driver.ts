import { Failure } from "../errors/failure.ts";
import type { CardDriver } from "./card-driver.ts";
import type { CardTransport } from "./card-transport.ts";
import { PivDriver } from "./piv/piv-driver.ts";

/** The driver for this card, by what the card answers. Rejects with `card-unknown`. */
export async function selectDriver(transport: CardTransport): Promise<CardDriver> {
  const driver = await PivDriver.select(transport);
  if (driver === undefined) throw new Failure("card-unknown");
  return driver;
}
