import { z } from "zod";
import { reason } from "./reason.ts";

/** `expiring`: within 90 days. `lost`: its holder's cards were reported lost while it was valid, so it is refused. */
export const cardStandings = ["good", "expiring", "expired", "lost"] as const;
export type CardStanding = (typeof cardStandings)[number];

/** A part of a name, identifier or serial number; absent: all. */
export const cardsQuestion = z.object({
  standing: z.enum(cardStandings).optional(),
  search: z.string().max(60).optional(),
});

/** At most so many are listed. */
export const mostCards = 200;

/** A card that has signed its holder in. Times are milliseconds since 1970. */
export const cardView = z.object({
  holder: z.object({ id: z.string(), displayName: z.string() }),
  /** Its family, where its rules say one, e.g. CPS. */
  family: z.string().optional(),
  /** For people to read. */
  issuer: z.string(),
  /** Of its certificate, hex. */
  serial: z.string(),
  expiresAt: z.number(),
  firstSeenAt: z.number(),
  lastSeenAt: z.number(),
  standing: z.enum(cardStandings),
});
export type CardView = z.output<typeof cardView>;

export const cardsView = z.object({
  now: z.number(),
  /** Of all cards, by how they stand. */
  counts: z.record(z.enum(cardStandings), z.number()),
  /** Of those that fit the question. */
  count: z.number(),
  /** The first to expire first. */
  cards: z.array(cardView).max(mostCards),
});
export type CardsView = z.output<typeof cardsView>;

/** `holder`: PS_IdNat. */
export const lossReport = z.strictObject({ holder: z.string().min(1).max(130), reason });
