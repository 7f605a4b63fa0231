import { fromHex } from "../../core/bytes/hex.ts";
import type { DemonstrationKeys } from "./authority/demonstration-authority.ts";
import type { CardKind, DemonstrationCard } from "./authority/demonstration-cards.ts";
import { cps3Atr, cps3ContactlessAtr, makeCps3, makeCps3Contactless } from "./card/cps3-card.ts";
import { cps4Atr, makeCps4 } from "./card/cps4-card.ts";
import { defaultAtr } from "./card/default-atr.ts";
import { HostileCard } from "./card/hostile-card.ts";
import { PivCard } from "./card/piv-card.ts";
import { cnsAtr, generalAtr, hbaAtr, makeCns, makeGeneral, makeHba } from "./card/pkcs15-cards.ts";
import type { SimulatedCard } from "./card/simulated-card.ts";

/** A chip and what it answers to a reset. */
export interface MadeCard {
  readonly card: SimulatedCard;
  readonly atr: Uint8Array;
}

type Maker = (description: DemonstrationCard, keys: DemonstrationKeys) => MadeCard;

const makers: Readonly<Record<CardKind, Maker>> = {
  piv: ({ chip, pin, unblockingCode, variant = {} }, keys) => ({
    card: new PivCard({ ...keys, guid: fromHex(chip) ?? new Uint8Array(16), pin, unblockingCode, variant }),
    atr: defaultAtr,
  }),
  cps4: (description, keys) => ({ card: makeCps4(description, keys), atr: cps4Atr }),
  hba: (description, keys) => ({ card: makeHba(description, keys), atr: hbaAtr }),
  cns: (description, keys) => ({ card: makeCns(description, keys), atr: cnsAtr }),
  pkcs15: (description, keys) => ({ card: makeGeneral(description, keys), atr: generalAtr }),
  cps3: (description, keys) => ({ card: makeCps3(description, keys), atr: cps3Atr }),
  "cps3-contactless": (description, keys) => ({
    card: makeCps3Contactless(description, keys),
    atr: cps3ContactlessAtr,
  }),
};

/** The chip of a demonstration card, of the kind that its description says. */
export function makeCard(description: DemonstrationCard, keys: DemonstrationKeys): MadeCard {
  return makers[description.kind](description, keys);
}

/**
 * A demonstration card that misbehaves as the bytes say (`HostileCard`). `strangers`: the keys of another card, of the same kind,
 * whose certificate it can show and whose signatures it can give.
 */
export function makeHostile(
  description: DemonstrationCard,
  keys: DemonstrationKeys,
  strangers: DemonstrationKeys,
  rules: Uint8Array,
): MadeCard {
  const { card, atr } = makeCard(description, keys);
  const hostile = new HostileCard(card, makeCard(description, strangers).card, rules);
  return { card: hostile, atr: hostile.atr ?? atr };
}
