import { z } from "zod";
import { allMeans } from "../../../core/session/means.ts";
import { reason } from "./reason.ts";

/** Part of a holder's name or identifier, or of a workstation's name. */
export const liveQuestion = z.object({ search: z.string().max(60).optional() });

/** At most so many of each are told; `…Count` says how many there are. */
export const mostListed = 200;

export const liveSession = z.object({
  id: z.string(),
  holder: z.object({ id: z.string(), displayName: z.string(), profession: z.string() }),
  means: z.enum(allMeans),
  openedAt: z.number(),
  expiresAt: z.number(),
  /** Absent: the session waits without a seat. */
  seat: z.object({ workstationName: z.string(), state: z.enum(["open", "covered"]) }).optional(),
  absentSince: z.number().optional(),
  /** A glass is broken in it, until then. */
  breakGlassUntil: z.number().optional(),
});
export type LiveSession = z.output<typeof liveSession>;

/** `holder`: PS_IdNat; whatever opened it, it ends. */
export const sessionEnd = z.strictObject({ holder: z.string().min(1).max(130), reason });

export const liveWorkstation = z.object({
  id: z.string(),
  name: z.string(),
  placeName: z.string(),
  enrolledAt: z.number(),
  connected: z.boolean(),
  /** Since the broker started. */
  seenAt: z.number().optional(),
});
export type LiveWorkstation = z.output<typeof liveWorkstation>;

export const liveView = z.object({
  now: z.number(),
  startedAt: z.number(),
  sessionCount: z.number(),
  sessions: z.array(liveSession).max(mostListed),
  workstationCount: z.number(),
  connectedCount: z.number(),
  workstations: z.array(liveWorkstation).max(mostListed),
});
export type LiveView = z.output<typeof liveView>;
