import { type CardStanding, type CardsView, type CardView, mostCards } from "../../protocol/broker/console/cards.ts";
import { cardCounts, findCards, type KnownCard } from "../store/known-card-table.ts";
import type { Db } from "../store/store.ts";

interface Question {
  readonly standing?: CardStanding | undefined;
  readonly search?: string | undefined;
}

/** Cards that have signed somebody in: whose they are, how long they are good, and which are lost. */
export async function cardsOverview(db: Db, now: number, { standing, search }: Question): Promise<CardsView> {
  const { count, cards } = await findCards(db, { now, most: mostCards, standing, search: search?.trim() });
  return { now, counts: await cardCounts(db, now), count, cards: cards.map(cardViewOf) };
}

export function cardViewOf(card: KnownCard): CardView {
  const { holder, holderName, family, issuer, serial, notAfter, firstSeen, lastSeen, standing } = card;
  return {
    holder: { id: holder, displayName: holderName },
    ...(family === undefined ? {} : { family }),
    issuer,
    serial,
    expiresAt: notAfter,
    firstSeenAt: firstSeen,
    lastSeenAt: lastSeen,
    standing,
  };
}
