import { z } from "zod";

/** A signed checkpoint of the trail (C2SP tlog-checkpoint). */
const checkpoint = z.string().max(1_000);

/**
 * First message of the agent on `GET /agent/v1/push` (WebSocket): which seat it believes to have, and the last checkpoint of the
 * trail that it was told.
 */
export const pushHello = z.object({
  type: z.literal("hello"),
  seat: z.string().nullable(),
  checkpoint: checkpoint.nullable().default(null),
});
export type PushHello = z.infer<typeof pushHello>;

/** What a workstation says of itself: once it was welcomed, and whenever it changes. */
export const workstationState = z.object({
  type: z.literal("state"),
  /** Of the agent and its card host, which are released together. */
  version: z.string().max(40),
  /** What shows the window: `kiosk`, `desktop`, or `none`. */
  host: z.string().max(20),
  readers: z.array(z.string().max(120)).max(8),
  /** Why there are no readers: a code of the catalogue. */
  trouble: z.string().max(60).optional(),
  /** Words to the broker that wait for it. */
  waiting: z.number().int().min(0).max(100_000),
});
export type WorkstationState = z.infer<typeof workstationState>;

/**
 * What the broker tells a workstation unasked. `welcome` answers `hello`; a seat that the agent believes in and the
 * broker does not know is told at once by `seat-lost`.
 */
export const pushMessage = z.discriminatedUnion("type", [
  z.object({ type: z.literal("welcome"), now: z.number() }),
  /** To be kept, and said again at the next hello. */
  z.object({ type: z.literal("trail-checkpoint"), note: checkpoint }),
  z.object({
    type: z.literal("seat-lost"),
    seat: z.string(),
    reason: z.enum(["moved", "ended", "expired", "withdrawn", "other-holder", "replaced"]),
    at: z.number(),
    /** Where the session went, when it moved. */
    workstationName: z.string().optional(),
  }),
  /** The session of this seat is to be described anew: what it may open has changed. */
  z.object({ type: z.literal("session-changed"), seat: z.string() }),
  /** An application asks for the PIN again: by a challenge and a proof of their own. */
  z.object({ type: z.literal("step-up-wanted"), stepUp: z.string(), seat: z.string(), application: z.string() }),
  /** Nobody waits for this one any longer. */
  z.object({ type: z.literal("step-up-over"), stepUp: z.string() }),
]);
export type PushMessage = z.infer<typeof pushMessage>;
