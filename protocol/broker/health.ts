import { z } from "zod";

/** `GET /agent/v1/health`: what a workstation's support needs to know of the broker. */
export const brokerHealth = z.object({
  version: z.string(),
  /** The broker's clock, milliseconds since 1970. */
  now: z.number(),
  trust: z.object({
    /** Of the trust document in force. */
    version: z.number(),
    /** How many sources of revocation data are in which state; docs/operations.md describes the states. */
    sources: z.object({ good: z.number(), late: z.number(), aged: z.number(), none: z.number() }),
  }),
});
export type BrokerHealth = z.infer<typeof brokerHealth>;
