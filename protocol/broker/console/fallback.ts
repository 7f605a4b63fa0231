import { z } from "zod";
import { fallbackStates } from "../../../core/fallback/fallback.ts";
import { reason } from "./reason.ts";

const identifier = z.string().min(1).max(100);
const person = z.object({ id: z.string(), displayName: z.string() });

const profileView = z.object({
  id: z.string(),
  name: z.string(),
  minutes: z.number(),
  signIns: z.number(),
  /** Names of the places where it counts; absent: everywhere. */
  places: z.array(z.string()).optional(),
  secondPerson: z.boolean(),
});
export type FallbackProfileView = z.output<typeof profileView>;

const checkView = z.object({
  id: z.string(),
  /** By language. */
  text: z.record(z.string(), z.string()),
  required: z.boolean(),
});
export type FallbackCheckView = z.output<typeof checkView>;

/** A temporary access. Times are milliseconds since 1970, by the broker's clock. */
export const fallbackEntry = z.object({
  id: z.string(),
  holder: person,
  profile: z.string(),
  state: z.enum(fallbackStates),
  reason: z.string(),
  requestedBy: person,
  requestedAt: z.number(),
  approvedBy: person.optional(),
  /** When it ends by itself; absent: it has ended. */
  until: z.number().optional(),
  endedAt: z.number().optional(),
  /** Sign-ins left, once it is issued. */
  left: z.number().optional(),
  /** What who asks may do with it. */
  may: z.object({ approve: z.boolean(), issue: z.boolean(), revoke: z.boolean() }),
});
export type FallbackEntry = z.output<typeof fallbackEntry>;

export const lostCardView = z.object({
  holder: person,
  reportedAt: z.number(),
  by: person,
  reason: z.string(),
});
export type LostCardView = z.output<typeof lostCardView>;

/** At most so many are listed. */
export const mostFallbacks = 200;

export const fallbackView = z.object({
  now: z.number(),
  /** Absent: the hospital gives no temporary access. */
  offer: z.object({ profiles: z.array(profileView), checklist: z.array(checkView) }).optional(),
  /** The living ones, and those of the last day; the newest first. */
  fallbacks: z.array(fallbackEntry).max(mostFallbacks),
  lostCards: z.array(lostCardView),
});
export type FallbackView = z.output<typeof fallbackView>;

export const fallbackOrder = z.strictObject({
  /** PS_IdNat. */
  holder: z.string().min(1).max(130),
  profile: identifier,
  reason,
  /** Ids of the points of the checklist that were made sure of. */
  checked: z.array(identifier).max(50),
  /** The card is refused from now on. */
  cardLost: z.boolean(),
});
export type FallbackOrder = z.output<typeof fallbackOrder>;

/** Told once: nobody can be told again. */
const issued = {
  /** Without spaces. */
  password: z.string(),
  until: z.number(),
  signIns: z.number(),
};
export const issuedFallback = z.object(issued);
export type IssuedFallback = z.output<typeof issuedFallback>;

export const fallbackAnswer = z.discriminatedUnion("state", [
  z.object({ state: z.literal("waiting"), id: z.string() }),
  z.object({ state: z.literal("issued"), ...issued }),
]);
export type FallbackAnswer = z.output<typeof fallbackAnswer>;

export const fallbackPick = z.strictObject({ id: identifier });
export const fallbackRevocation = z.strictObject({ id: identifier, reason });
export const lossWithdrawal = z.strictObject({ holder: z.string().min(1).max(130), reason });
