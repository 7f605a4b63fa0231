import { z } from "zod";
import { breakGlassStates, glassEnds, glassFindings, glassIdentities } from "../../../core/break-glass/break-glass.ts";
import { reason } from "./reason.ts";

const person = z.object({ id: z.string(), displayName: z.string() });
const identifier = z.string().min(1).max(100);

/** One that is open now, for the banner on every page. Times are milliseconds since 1970, by the broker's clock. */
const openGlassView = z.object({
  id: z.string(),
  holder: person,
  identity: z.enum(glassIdentities),
  placeName: z.string(),
  until: z.number(),
});
export type OpenGlassView = z.output<typeof openGlassView>;

export const openGlassesView = z.object({ now: z.number(), open: z.array(openGlassView) });

export const glassEntry = z.object({
  id: z.string(),
  holder: person,
  identity: z.enum(glassIdentities),
  state: z.enum(breakGlassStates),
  /** The kind, by language, and his own words. */
  reason: z.object({ kind: z.record(z.string(), z.string()), words: z.string() }),
  workstationName: z.string(),
  placeName: z.string(),
  openedAt: z.number(),
  /** When it ends by itself; absent: it has ended. */
  until: z.number().optional(),
  endedAt: z.number().optional(),
  end: z.enum(glassEnds).optional(),
  /** What was opened by it. */
  launches: z.array(z.object({ application: z.string(), name: z.string(), at: z.number() })),
  review: z.object({ by: person, at: z.number(), finding: z.enum(glassFindings), words: z.string() }).optional(),
  /** When its review is, or was, due. */
  dueAt: z.number().optional(),
  /** What who asks may do with it. */
  may: z.object({ revoke: z.boolean(), review: z.boolean() }),
});
export type GlassEntry = z.output<typeof glassEntry>;

/** At most so many are listed. */
export const mostGlasses = 200;

export const breakGlassView = z.object({
  now: z.number(),
  /** False: the hospital has no emergency access. */
  offered: z.boolean(),
  /** Those that are open or wait for a review, and those reviewed within the last 30 days; the newest first. */
  glasses: z.array(glassEntry).max(mostGlasses),
});
export type BreakGlassView = z.output<typeof breakGlassView>;

export const glassRevocation = z.strictObject({ id: identifier, reason });
export const glassReviewOrder = z.strictObject({ id: identifier, finding: z.enum(glassFindings), words: reason });
