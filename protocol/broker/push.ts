import { z } from "zod";

/** First message of the agent on `GET /agent/v1/push` (WebSocket): which seat it believes to have. */
export const pushHello = z.object({ type: z.literal("hello"), seat: z.string().nullable() });
export type PushHello = z.infer<typeof pushHello>;

/**
 * What the broker tells a workstation unasked. `welcome` answers `hello`; a seat that the agent believes in and the
 * broker does not know is told at once by `seat-lost`.
 */
export const pushMessage = z.discriminatedUnion("type", [
  z.object({ type: z.literal("welcome"), now: z.number() }),
  z.object({
    type: z.literal("seat-lost"),
    seat: z.string(),
    reason: z.enum(["moved", "ended", "expired", "withdrawn", "other-holder", "replaced"]),
    at: z.number(),
    /** Where the session went, when it moved. */
    workstationName: z.string().optional(),
  }),
  /** An application asks for the PIN again: by a challenge and a proof of their own. */
  z.object({ type: z.literal("step-up-wanted"), stepUp: z.string(), seat: z.string(), application: z.string() }),
  /** Nobody waits for this one any longer. */
  z.object({ type: z.literal("step-up-over"), stepUp: z.string() }),
]);
export type PushMessage = z.infer<typeof pushMessage>;
