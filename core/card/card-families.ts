import type { CardFamily } from "./card-family.ts";
import { PivDriver } from "./piv/piv-driver.ts";

/** Every family that there is a driver for. Families with any ATR are asked in this order. */
export const cardFamilies: readonly CardFamily[] = [
  { name: "piv", recognises: () => false, hasAnyAtr: true, select: PivDriver.select },
];
